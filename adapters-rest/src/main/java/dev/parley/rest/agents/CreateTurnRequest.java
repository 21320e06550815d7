package dev.parley.rest.agents;

import dev.parley.application.port.RequestKey;
import dev.parley.application.turn.CreateTurn;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.message.Message;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.turn.Document;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.WireJson;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client begins a turn with (agents-api A9). */
@Schema(name = "CreateAgentTurnRequest")
record CreateTurnRequest(
        @ArraySchema(schema = @Schema(oneOf = {MessageJson.User.class, MessageJson.Tool.class}))
        List<Message.Input> messages,

        @ArraySchema(schema = @Schema(implementation = DocumentJson.class))
        List<Document> documents,

        @ArraySchema(schema = @Schema(description = "A name, or an object with name and args", type = "object"))
        List<ToolGroup> toolgroups,

        @Schema(implementation = ToolConfigJson.class) Optional<ToolChoice> toolConfig,
        boolean stream) {

    static CreateTurnRequest read(JsonField in) {
        return new CreateTurnRequest(
                in.at("messages").list(MessageJson::read),
                AgentConfigJson.listOf(in.at("documents"), DocumentJson::read),
                AgentConfigJson.listOf(in.at("toolgroups"), ToolGroupJson::read),
                in.at("tool_config").optional(CreateTurnRequest::choice).flatMap(choice -> choice),
                in.at("stream").optional(JsonField::bool).orElse(false));
    }

    /** Of a turn's own tool configuration only the choice has an effect; what it leaves out stays as the agent has it. */
    private static Optional<ToolChoice> choice(JsonField in) {
        ToolConfigJson.read(in);
        return in.at("tool_choice").optional(ToolConfigJson::readChoice);
    }

    /** @param key what the client called the request; null when it did not name it */
    CreateTurn.Command command(AgentId agent, SessionId session, @Nullable String key, WireJson json) {
        return new CreateTurn.Command(
                agent,
                session,
                messages,
                documents,
                toolgroups,
                toolConfig,
                Optional.ofNullable(key).map(name -> new RequestKey(name, fingerprint(json))));
    }

    /** Tells whether two requests ask for the same, however they were written and whether they are streamed or not. */
    private String fingerprint(WireJson json) {
        Meaning meaning = new Meaning(
                messages.stream().map(MessageJson::of).toList(),
                documents.stream().map(DocumentJson::of).toList(),
                toolgroups.stream().map(ToolGroupJson::of).toList(),
                toolConfig.map(ToolConfigJson::word).orElse(null));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json.bytes(meaning)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @WireRecord
    record Meaning(
            List<MessageJson> messages,
            List<DocumentJson> documents,
            List<Object> toolgroups,
            @Nullable String toolChoice) {}
}
