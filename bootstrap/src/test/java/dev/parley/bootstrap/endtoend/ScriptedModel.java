package dev.parley.bootstrap.endtoend;

import dev.parley.inference.testing.ChatRequest;
import dev.parley.inference.testing.RecordedRequest;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ReplyScript;
import dev.parley.inference.testing.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model whose answer is chosen by words in the last message of the user, so that tests in any language can choose it:
 *
 * <table>
 * <caption>Words and answers</caption>
 * <tr><td>{@code #tool}, {@code #two-tools}</td><td>calls of {@code get_boiling_point}</td></tr>
 * <tr><td>{@code #pause=NAME}</td><td>"Once ", and no more until the gate of that name is opened</td></tr>
 * <tr><td>{@code #pause-after-tool=NAME}</td><td>the same, once a tool has answered</td></tr>
 * <tr><td>{@code #cut}</td><td>"Once ", and the connection is closed</td></tr>
 * <tr><td>anything else</td><td>the user's words again, or the tool's</td></tr>
 * </table>
 *
 * The model {@code no-such-model} is not there.
 */
final class ScriptedModel implements AutoCloseable {

    private static final Pattern PAUSE = Pattern.compile("#pause=(\\S+)");
    private static final Pattern PAUSE_AFTER_TOOL = Pattern.compile("#pause-after-tool=(\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();

    private record Gate(CountDownLatch reached, CountDownLatch opened) {
        Gate() {
            this(new CountDownLatch(1), new CountDownLatch(1));
        }
    }

    ScriptedModel() {
        upstream.models("scripted-model").otherwise(request -> answer(request.chat()));
    }

    /** What a server is configured with. */
    URI baseUri() {
        return upstream.baseUri();
    }

    /**
     * Blocks until an answer has come to the gate.
     *
     * @throws AssertionError if none has within half a minute
     */
    void awaitReached(String gate) {
        try {
            if (!gate(gate).reached().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("no answer has come to the gate " + gate);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting at the gate " + gate, e);
        }
    }

    void open(String gate) {
        gate(gate).opened().countDown();
    }

    /** The requests so far whose last user message holds this text, oldest first. */
    List<RecordedRequest> requests(String text) {
        return upstream.requests().stream()
                .filter(request -> isAbout(request, text))
                .toList();
    }

    /**
     * Blocks until the answer to such a request was hung up on.
     *
     * @throws AssertionError if that has not happened in time
     */
    void awaitAbandoned(String text, Duration limit) {
        upstream.awaitClientGone(request -> isAbout(request, text), limit);
    }

    @Override
    public void close() {
        upstream.close();
    }

    private static boolean isAbout(RecordedRequest request, String text) {
        return request.chat().lastUserText().orElse("").contains(text);
    }

    private Reply answer(ChatRequest request) {
        if (request.model().equals(Optional.of("no-such-model"))) {
            return Reply.json(404, """
                {"error":{"message":"The model `no-such-model` does not exist.","type":"invalid_request_error",\
                "param":null,"code":"model_not_found"}}\
                """);
        }
        String user = request.lastUserText().orElse("");
        ChatRequest.Message last = request.messages().getLast();
        boolean toolSpoke = last.role().equals("tool");
        Matcher pause = (toolSpoke ? PAUSE_AFTER_TOOL : PAUSE).matcher(user);
        if (pause.find()) {
            return paused(gate(pause.group(1)));
        }
        if (toolSpoke) {
            return ended(Reply.stream().opening().text("The tool says: ", last.text()), "stop");
        }
        if (user.contains("#two-tools")) {
            return ended(
                    Reply.stream()
                            .opening()
                            .toolCall(0, nextCall(), "get_boiling_point", "{\"liquid\":\"water\"}")
                            .toolCall(1, nextCall(), "get_boiling_point", "{\"liquid\":\"ethanol\"}"),
                    "tool_calls");
        }
        if (user.contains("#tool")) {
            return ended(
                    Reply.stream()
                            .opening()
                            .toolCall(0, nextCall(), "get_boiling_point", "")
                            .toolArguments(0, "{\"liquid\":")
                            .toolArguments(0, "\"water\"}"),
                    "tool_calls");
        }
        if (user.contains("#cut")) {
            return Reply.stream().opening().text("Once ").closeAbruptly();
        }
        return ended(Reply.stream().opening().text("You ", "said: ", user), "stop");
    }

    private static Reply paused(Gate gate) {
        return ended(
                Reply.stream()
                        .opening()
                        .text("Once ")
                        .signal(gate.reached())
                        .awaitGate(gate.opened())
                        .text("upon ", "a time"),
                "stop");
    }

    private static Reply ended(ReplyScript script, String reason) {
        return script.finish(reason).usage(12, 3).done().end();
    }

    private String nextCall() {
        return "call_" + calls.incrementAndGet();
    }

    private Gate gate(String name) {
        return gates.computeIfAbsent(name, _ -> new Gate());
    }
}
