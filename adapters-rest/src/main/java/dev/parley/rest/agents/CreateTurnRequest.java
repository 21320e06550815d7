package dev.parley.rest.agents;

import dev.parley.application.turn.CreateTurn;
import dev.parley.application.turn.GivenDocument;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.message.Message;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.rest.RequestKeys;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.WireJson;
import dev.parley.rest.json.WireRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client begins a turn with (agents-api A9). */
record CreateTurnRequest(
        List<Message.Input> messages,
        List<GivenDocument> documents,
        List<ToolGroup> toolGroups,
        Optional<ToolChoice> toolChoice,
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

    /**
     * What is asked for.
     *
     * @param key what the client called the request; null when it did not name it
     */
    CreateTurn.Command command(AgentId agent, SessionId session, @Nullable String key, WireJson json) {
        return new CreateTurn.Command(
                agent,
                session,
                messages,
                documents,
                toolGroups,
                toolChoice,
                RequestKeys.of(key, () -> json.bytes(meaning())));
    }

    /** What two requests have in common that ask for the same, whether they are streamed or not. */
    private Meaning meaning() {
        return new Meaning(
                messages.stream().map(MessageJson::of).toList(),
                documents.stream().map(DocumentJson::of).toList(),
                toolGroups.stream().map(ToolGroupJson::of).toList(),
                toolChoice.map(ToolConfigJson::word).orElse(null));
    }

    @WireRecord
    record Meaning(
            List<MessageJson> messages,
            List<DocumentJson> documents,
            List<Object> toolgroups,
            @Nullable String toolChoice) {}
}
