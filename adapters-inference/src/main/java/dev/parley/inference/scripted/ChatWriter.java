package dev.parley.inference.scripted;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.Inference;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes an answer as a chat completion, whole or in chunks. Its id and time are always the same, as the answer is. */
final class ChatWriter {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String model;
    private final boolean streamed;
    private final boolean counted;
    private int calls;

    /** @param counted whether a stream ends with a chunk that counts the tokens */
    ChatWriter(String model, boolean streamed, boolean counted) {
        this.model = model;
        this.streamed = streamed;
        this.counted = counted;
    }

    Inference.Progress progress(ChatProxy.Receiver receiver) {
        return new Inference.Progress() {
            @Override
            public void opened() {
                if (streamed) {
                    receiver.head(200, "text/event-stream");
                    send(receiver, chunk(JSON.createObjectNode().put("role", "assistant"), null));
                }
            }

            @Override
            public void delta(Delta delta) {
                if (streamed) {
                    tell(delta, receiver);
                }
            }

            @Override
            public void flush() {}
        };
    }

    void end(Inference.Answer answer, ChatProxy.Receiver receiver) {
        Message.Assistant message = answer.message();
        if (!streamed) {
            receiver.head(200, "application/json");
            ObjectNode completion = completion("chat.completion");
            ObjectNode choice = completion.putArray("choices").addObject().put("index", 0);
            choice.set("message", message(message));
            choice.put("finish_reason", finishReason(message));
            completion.set("usage", usage(answer.usage().orElse(Usage.NONE)));
            hand(receiver, completion.toString());
            return;
        }
        send(receiver, chunk(JSON.createObjectNode(), finishReason(message)));
        if (counted) {
            ObjectNode last = completion("chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage(answer.usage().orElse(Usage.NONE)));
            send(receiver, last);
        }
        hand(receiver, "data: [DONE]\n\n");
    }

    private void tell(Delta delta, ChatProxy.Receiver receiver) {
        ObjectNode told = JSON.createObjectNode();
        switch (delta) {
            case Delta.Text(String text) -> told.put("content", text);
            case Delta.ScoredText(String text, var _) -> told.put("content", text);
            case Delta.Refused(String text) -> told.put("refusal", text);
            case Delta.Reasoning(String text) -> told.put("reasoning", text);
            case Delta.CallOpened(String callId, String toolName) -> {
                ObjectNode call = told.putArray("tool_calls").addObject().put("index", calls);
                call.put("id", callId).put("type", "function");
                call.putObject("function").put("name", toolName).put("arguments", "");
            }
            case Delta.CallArguments(String fragment) ->
                told.putArray("tool_calls")
                        .addObject()
                        .put("index", calls)
                        .putObject("function")
                        .put("arguments", fragment);
            case Delta.CallClosed _ -> {
                calls++;
                return;
            }
            case Delta.CallRunning _, Delta.PartialImage _, Delta.Cited _ -> {
                return;
            }
        }
        send(receiver, chunk(told, null));
    }

    private static ObjectNode message(Message.Assistant answer) {
        ObjectNode message = JSON.createObjectNode()
                .put("role", "assistant")
                .putNull("content")
                .putNull("refusal");
        ArrayNode calls = JSON.createArrayNode();
        for (Passage passage : answer.passages()) {
            switch (passage) {
                case Passage.Thought(String text) -> message.put("reasoning", text);
                case Passage.Spoken(String text, var _, var _) -> message.put("content", text);
                case Passage.Refused(String text) -> message.put("refusal", text);
                case Passage.Called(ToolCall call) ->
                    calls.addObject()
                            .put("id", call.callId())
                            .put("type", "function")
                            .putObject("function")
                            .put("name", call.toolName())
                            .put("arguments", call.arguments().text());
            }
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        return message;
    }

    private static String finishReason(Message.Assistant message) {
        if (message.stopReason() == StopReason.OUT_OF_TOKENS) {
            return "length";
        }
        return message.toolCalls().isEmpty() ? "stop" : "tool_calls";
    }

    private static ObjectNode usage(Usage usage) {
        return JSON.createObjectNode()
                .put("prompt_tokens", usage.inputTokens())
                .put("completion_tokens", usage.outputTokens())
                .put("total_tokens", usage.inputTokens() + usage.outputTokens());
    }

    private ObjectNode chunk(ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = completion("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finishReason);
        return chunk;
    }

    private ObjectNode completion(String object) {
        return JSON.createObjectNode()
                .put("id", "chatcmpl-scripted")
                .put("object", object)
                .put("created", 0)
                .put("model", model);
    }

    private static void send(ChatProxy.Receiver receiver, ObjectNode chunk) {
        hand(receiver, "data: " + chunk + "\n\n");
    }

    private static void hand(ChatProxy.Receiver receiver, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        receiver.bytes(bytes, 0, bytes.length);
    }
}
