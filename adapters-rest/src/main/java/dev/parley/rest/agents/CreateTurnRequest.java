package dev.parley.rest.agents;

import dev.parley.application.port.RequestKey;
import dev.parley.application.turn.CreateTurn;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.message.Message;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.turn.Document;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.WireJson;
import dev.parley.rest.json.WireRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client begins a turn with (agents-api A9). */
record CreateTurnRequest(
        List<Message.Input> messages,
        List<Document> documents,
        List<ToolGroup> toolGroups,
        Optional<ToolChoice> toolChoice,
        boolean stream) {

    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

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
                toolGroups,
                toolChoice,
                Optional.ofNullable(key).map(name -> new RequestKey(checked(name), fingerprint(json))));
    }

    private static String checked(String key) {
        if (!KEY.matcher(key).matches()) {
            throw Refusal.invalid(
                    "Idempotency-Key",
                    "The header Idempotency-Key must have 1 to 255 characters, all of them visible ASCII");
        }
        return key;
    }

    /** Tells whether two requests ask for the same, however they were written and whether they are streamed or not. */
    private String fingerprint(WireJson json) {
        Meaning meaning = new Meaning(
                messages.stream().map(MessageJson::of).toList(),
                documents.stream().map(DocumentJson::of).toList(),
                toolGroups.stream().map(ToolGroupJson::of).toList(),
                toolChoice.map(ToolConfigJson::word).orElse(null));
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
