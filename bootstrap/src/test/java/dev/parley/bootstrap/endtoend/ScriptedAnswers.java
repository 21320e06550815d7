package dev.parley.bootstrap.endtoend;

import dev.parley.inference.testing.ChatRequest;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ReplyScript;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the scripted model says, by words in the last message of the user.
 *
 * <table>
 * <caption>Words and answers; of several, the one that stands first here</caption>
 * <tr><td>{@code #busy}, {@code #down}, {@code #too-long}</td><td>429, 500, and 400 because of the context's length</td></tr>
 * <tr><td>{@code #think=FIELD}</td><td>reasoning in the field of that name, before whatever else is said</td></tr>
 * <tr><td>{@code #pause=NAME}</td><td>"Once ", and no more until the gate of that name is opened</td></tr>
 * <tr><td>{@code #pause-after-tool=NAME}</td><td>the same, once a tool has answered</td></tr>
 * <tr><td>{@code #tools-in-turn}</td><td>a call of {@code get_boiling_point}, after its answer another</td></tr>
 * <tr><td>{@code #call=NAME {…}}</td><td>a call of that name with these arguments, as often as it is said</td></tr>
 * <tr><td>{@code #two-tools}, {@code #tool}</td><td>calls of {@code get_boiling_point}</td></tr>
 * <tr><td>{@code #tools-at-index-zero}, {@code #tools-of-one-id}</td><td>two, numbered as some engines do</td></tr>
 * <tr><td>{@code #text-and-tool}, {@code #cut-tool}</td><td>one after a text, and one that breaks off at the limit of tokens</td></tr>
 * <tr><td>{@code #refuse}</td><td>a refusal</td></tr>
 * <tr><td>{@code #logprobs}</td><td>"Yes" with its probabilities</td></tr>
 * <tr><td>{@code #json}</td><td>{@code {"liquid":"water","degrees":100}} in pieces</td></tr>
 * <tr><td>{@code #short}, {@code #filter}</td><td>"Once upon", ended by the limit of tokens or by a filter</td></tr>
 * <tr><td>{@code #cut}</td><td>"Once ", and the connection is closed</td></tr>
 * <tr><td>anything else</td><td>the user's words again, or the tool's</td></tr>
 * </table>
 *
 * The model {@code no-such-model} is not there.
 */
final class ScriptedAnswers {

    private static final Pattern THINK = Pattern.compile("#think=(\\w+)");
    private static final Pattern PAUSE = Pattern.compile("#pause=(\\S+)");
    private static final Pattern PAUSE_AFTER_TOOL = Pattern.compile("#pause-after-tool=(\\S+)");
    private static final Pattern CALL = Pattern.compile("#call=([\\w-]+) (\\{(?:(?!#call=).)*})");
    /** Two vectors, whatever the texts. */
    static final Reply EMBEDDINGS = Reply.json(200, """
        {"object":"list","model":"scripted-model","data":[\
        {"object":"embedding","index":0,"embedding":[0.5,-0.25]},\
        {"object":"embedding","index":1,"embedding":[-0.25,0.5]}],\
        "usage":{"prompt_tokens":2,"total_tokens":2}}\
        """);

    private static final String TOOL = "get_boiling_point";
    private static final List<String> LIQUIDS = List.of("{\"liquid\":\"water\"}", "{\"liquid\":\"ethanol\"}");

    private final Gates gates;
    private final AtomicInteger calls = new AtomicInteger();

    ScriptedAnswers(Gates gates) {
        this.gates = gates;
    }

    Reply to(ChatRequest request) {
        String user = request.lastUserText().orElse("");
        Optional<Reply> refusal = refusal(request.model().orElse(""), user);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!request.stream()) {
            return atOnce("You said: " + user);
        }
        ReplyScript script = Reply.stream().opening();
        Matcher think = THINK.matcher(user);
        if (think.find()) {
            script.reasoning(think.group(1), "Let me ").reasoning(think.group(1), "think.");
        }
        List<ChatRequest.Message> toolsSaid = toolsSaid(request);
        Matcher pause = (toolsSaid.isEmpty() ? PAUSE : PAUSE_AFTER_TOOL).matcher(user);
        if (pause.find()) {
            gates.putInto(script.text("Once "), pause.group(1)).text("upon ", "a time");
            return ended(script, "stop");
        }
        if (user.contains("#tools-in-turn") && toolsSaid.size() < LIQUIDS.size()) {
            return ended(call(script, 0, TOOL, LIQUIDS.get(toolsSaid.size())), "tool_calls");
        }
        if (!toolsSaid.isEmpty()) {
            return ended(script.text("The tool says: ", toolsSaid.getLast().text()), "stop");
        }
        return withTools(script, user).orElseGet(() -> withoutTools(script, user));
    }

    private static Optional<Reply> refusal(String model, String user) {
        if (model.equals("no-such-model")) {
            return Optional.of(error(
                    404, "The model `no-such-model` does not exist.", "invalid_request_error", "model_not_found"));
        }
        if (user.contains("#busy")) {
            return Optional.of(error(429, "Slow down.", "rate_limit_error", "rate_limit_exceeded"));
        }
        if (user.contains("#down")) {
            return Optional.of(error(500, "The engine is down.", "server_error", "server_error"));
        }
        if (user.contains("#too-long")) {
            String message = "This model's maximum context length is 8 tokens. However, your messages resulted in 9.";
            return Optional.of(error(400, message, "invalid_request_error", "context_length_exceeded"));
        }
        return Optional.empty();
    }

    private Optional<Reply> withTools(ReplyScript script, String user) {
        List<MatchResult> wanted = CALL.matcher(user).results().toList();
        if (!wanted.isEmpty()) {
            for (int index = 0; index < wanted.size(); index++) {
                call(
                        script,
                        index,
                        wanted.get(index).group(1),
                        wanted.get(index).group(2));
            }
            return Optional.of(ended(script, "tool_calls"));
        }
        if (user.contains("#two-tools")) {
            return Optional.of(
                    ended(call(call(script, 0, TOOL, LIQUIDS.get(0)), 1, TOOL, LIQUIDS.get(1)), "tool_calls"));
        }
        if (user.contains("#tools-at-index-zero")) {
            return Optional.of(
                    ended(call(call(script, 0, TOOL, LIQUIDS.get(0)), 0, TOOL, LIQUIDS.get(1)), "tool_calls"));
        }
        if (user.contains("#tools-of-one-id")) {
            script.toolCall(0, "call_0", TOOL, LIQUIDS.get(0)).toolCall(1, "call_0", TOOL, LIQUIDS.get(1));
            return Optional.of(ended(script, "tool_calls"));
        }
        if (user.contains("#text-and-tool")) {
            return Optional.of(ended(call(script.text("Let me ", "look."), 0, TOOL, LIQUIDS.get(0)), "tool_calls"));
        }
        if (user.contains("#cut-tool")) {
            return Optional.of(ended(call(script, 0, TOOL, "{\"liquid\":"), "length"));
        }
        if (user.contains("#tool")) {
            call(script, 0, TOOL, "").toolArguments(0, "{\"liquid\":").toolArguments(0, "\"water\"}");
            return Optional.of(ended(script, "tool_calls"));
        }
        return Optional.empty();
    }

    private static Reply withoutTools(ReplyScript script, String user) {
        if (user.contains("#refuse")) {
            return ended(script.refusal("I will ").refusal("not."), "stop");
        }
        if (user.contains("#logprobs")) {
            return ended(script.events("""
                {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"scripted-model",\
                "choices":[{"index":0,"delta":{"content":"Yes"},"logprobs":{"content":[{"token":"Yes",\
                "logprob":-0.25,"bytes":[89,101,115],"top_logprobs":[{"token":"Yes","logprob":-0.25,\
                "bytes":[89,101,115]}]}],"refusal":null},"finish_reason":null}]}\
                """), "stop");
        }
        if (user.contains("#json")) {
            return ended(script.text("{\"liquid\":", "\"water\",", "\"degrees\":100}"), "stop");
        }
        if (user.contains("#short")) {
            return ended(script.text("Once ", "upon"), "length");
        }
        if (user.contains("#filter")) {
            return ended(script.text("Once ", "upon"), "content_filter");
        }
        if (user.contains("#cut")) {
            return script.text("Once ").closeAbruptly();
        }
        return ended(script.text("You ", "said: ", user), "stop");
    }

    /** What tools have said since the user's last message. */
    private static List<ChatRequest.Message> toolsSaid(ChatRequest request) {
        List<ChatRequest.Message> later = request.messages().reversed().stream()
                .takeWhile(message -> !message.role().equals("user"))
                .filter(message -> message.role().equals("tool"))
                .toList();
        return later.reversed();
    }

    private ReplyScript call(ReplyScript script, int index, String name, String arguments) {
        return script.toolCall(index, "call_" + calls.incrementAndGet(), name, arguments);
    }

    private static Reply ended(ReplyScript script, String reason) {
        return script.finish(reason).usage(12, 3).done().end();
    }

    /** What only those get who speak to the engine through the server: it always streams itself. */
    private static Reply atOnce(String text) {
        return Reply.json(200, """
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"scripted-model","choices":[{"index":0,\
            "message":{"role":"assistant","content":"%s","refusal":null},"logprobs":null,"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}\
            """.formatted(text));
    }

    private static Reply error(int status, String message, String type, String code) {
        return Reply.json(
                status,
                "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":\"%s\"}}"
                        .formatted(message, type, code));
    }
}
