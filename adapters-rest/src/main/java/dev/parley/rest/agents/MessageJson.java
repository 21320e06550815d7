package dev.parley.rest.agents;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolCall;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message, told apart by {@code role} (agents-api 2.2). */
@Schema(
        name = "Message",
        oneOf = {MessageJson.User.class, MessageJson.Tool.class, MessageJson.Completion.class})
sealed interface MessageJson {

    /** A message that a turn may start with. */
    static Message.Input read(JsonField in) {
        JsonField role = in.at("role");
        return switch (role.string()) {
            case "user" ->
                new Message.User(
                        ContentJson.read(in.at("content")), in.at("context").optional(ContentJson::read));
            case "tool" -> new Message.Tool(in.at("call_id").string(), ContentJson.read(in.at("content")));
            case "system", "assistant" ->
                throw role.refuse(
                        "%s is '%s', but a turn takes only 'user' and 'tool' messages; instructions belong to the agent, and answers are remembered in the session"
                                .formatted(role.name(), role.string()));
            default ->
                throw role.refuse("%s is '%s', but must be 'user' or 'tool'".formatted(role.name(), role.string()));
        };
    }

    /** A message of any kind, for those who look at whole conversations. */
    static Message readAny(JsonField in) {
        JsonField role = in.at("role");
        return switch (role.string()) {
            case "user", "tool" -> read(in);
            case "system" ->
                new Message.System(ContentJson.read(in.at("content")).text());
            case "assistant" ->
                Message.Assistant.of(in.at("content")
                        .optional(ContentJson::read)
                        .orElse(Content.of(""))
                        .text());
            default ->
                throw role.refuse("%s is '%s', but must be 'user', 'system', 'tool' or 'assistant'"
                        .formatted(role.name(), role.string()));
        };
    }

    static MessageJson of(Message.Input message) {
        return switch (message) {
            case Message.User(Content content, Optional<Content> context) ->
                new User(
                        "user",
                        ContentJson.of(content),
                        context.map(ContentJson::of).orElse(null));
            case Message.Tool(String callId, Content content) -> new Tool("tool", callId, ContentJson.of(content));
        };
    }

    @WireRecord
    @Schema(name = "UserMessage")
    record User(
            String role,
            @Schema(description = "Interleaved content") Object content,

            @Schema(description = "Interleaved content that only this turn sees") @Nullable
            Object context)
            implements MessageJson {}

    @WireRecord
    @Schema(name = "ToolResponseMessage")
    record Tool(
            String role,
            String callId,
            @Schema(description = "Interleaved content") Object content) implements MessageJson {}

    /** What a model answered. */
    @WireRecord
    @Schema(name = "CompletionMessage")
    record Completion(String role, String content, String stopReason, List<ToolCallJson> toolCalls)
            implements MessageJson {

        /** Stands where a turn has no answer, or none yet: clients count on there being a message. */
        static final Completion NONE = of("", StopReason.END_OF_TURN, List.of());

        static Completion of(Message.Assistant answer) {
            return of(answer.text(), answer.stopReason(), answer.toolCalls());
        }

        private static Completion of(String text, StopReason stopReason, List<ToolCall> calls) {
            return new Completion(
                    "assistant",
                    text,
                    Words.of(stopReason),
                    calls.stream().map(ToolCallJson::of).toList());
        }
    }
}
