package dev.parley.inference.scripted;

import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolInput;
import dev.parley.inference.provider.ForwardedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A chat completion in the words of OpenAI, read as far as the script heeds it. */
final class ScriptedChat {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final InferenceRequest request;
    private final ChatWriter writer;

    private ScriptedChat(InferenceRequest request, ChatWriter writer) {
        this.request = request;
        this.writer = writer;
    }

    /** @throws Refusal when it has no messages */
    static ScriptedChat of(ForwardedRequest forwarded) {
        JsonNode body = read(forwarded.body());
        if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
            throw Refusal.invalid("messages", "Give at least one message");
        }
        InferenceRequest request = new InferenceRequest(
                forwarded.model(),
                messages(body.path("messages")),
                tools(body.path("tools")),
                choice(body.path("tool_choice")),
                Sampling.DEFAULT.withMaxTokens(Math.max(
                        0,
                        body.path("max_completion_tokens")
                                .asInt(body.path("max_tokens").asInt(0)))),
                format(body.path("response_format")));
        boolean streamed = body.path("stream").asBoolean(false);
        boolean counted = body.path("stream_options").path("include_usage").asBoolean(false);
        return new ScriptedChat(request, new ChatWriter(forwarded.model(), streamed, counted));
    }

    InferenceRequest request() {
        return request;
    }

    /** Tells the answer while it grows, if it is to be streamed. */
    Inference.Progress progress(ChatProxy.Receiver receiver) {
        return writer.progress(receiver);
    }

    /** Tells the answer, or what is left of it. */
    void end(Inference.Answer answer, ChatProxy.Receiver receiver) {
        writer.end(answer, receiver);
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException _) {
            throw Refusal.of(Refusal.Code.INVALID, "The body is not JSON that can be read");
        }
    }

    private static List<Message> messages(JsonNode given) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : given) {
            String text = text(message.path("content"));
            messages.add(
                    switch (message.path("role").asString("user")) {
                        case "system", "developer" -> new Message.System(text);
                        case "assistant" ->
                            new Message.Assistant(
                                    text, Optional.empty(), calls(message.path("tool_calls")), StopReason.END_OF_TURN);
                        case "tool" ->
                            new Message.Tool(message.path("tool_call_id").asString(""), Content.of(text));
                        default -> Message.User.of(text);
                    });
        }
        return messages;
    }

    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asString("");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.path("text").asString(""));
        }
        return text.toString();
    }

    private static List<ToolCall> calls(JsonNode given) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode call : given) {
            calls.add(new ToolCall(
                    call.path("id").asString(""),
                    call.path("function").path("name").asString(""),
                    new ToolArguments.Json(
                            call.path("function").path("arguments").asString("{}"))));
        }
        return calls;
    }

    private static List<ToolDefinition> tools(JsonNode given) {
        List<ToolDefinition> tools = new ArrayList<>();
        for (JsonNode tool : given) {
            JsonNode function = tool.path("function");
            JsonNode parameters = function.path("parameters");
            tools.add(new ToolDefinition(
                    function.path("name").asString(""),
                    function.path("description").asStringOpt(),
                    parameters.isObject()
                            ? new ToolInput.Schema(new JsonText(parameters.toString()))
                            : new ToolInput.Undeclared(),
                    Optional.empty()));
        }
        return tools;
    }

    private static ToolChoice choice(JsonNode given) {
        if (given.isObject()) {
            return new ToolChoice.Named(given.path("function").path("name").asString(""));
        }
        return switch (given.asString("auto")) {
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default -> new ToolChoice.Auto();
        };
    }

    private static Optional<ResponseFormat> format(JsonNode given) {
        JsonNode schema = given.path("json_schema").path("schema");
        return schema.isObject()
                ? Optional.of(ResponseFormat.JsonSchema.of(new JsonText(schema.toString())))
                : Optional.empty();
    }
}
