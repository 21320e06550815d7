package dev.parley.application.tool;

import dev.parley.application.port.Tools;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.message.JsonValue.Members;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.turn.Origin;
import java.util.Optional;

/** What a call of a group's tool is run with (agents-api 5.5). */
final class Arguments {

    private static final String SESSION_ID = "session_id";

    private Arguments() {}

    /**
     * The model's arguments, below those of the group, below those of the turn. A tool that has a parameter {@code session_id}
     * gets the session's where the model has given none; others would refuse what they do not know.
     *
     * @throws Tools.ToolFailed when the model's are no JSON object
     */
    static ToolArguments of(Tools.GroupCall call, Optional<JsonText> ofGroup, Origin origin) throws Tools.ToolFailed {
        if (!(call.call().arguments() instanceof ToolArguments.Json(String text))) {
            throw new Tools.ToolFailed("the arguments are not a JSON object");
        }
        Optional<JsonValue> session = session(call, origin);
        Optional<JsonText> ofTurn = call.form().args();
        if (session.isEmpty() && ofGroup.isEmpty() && ofTurn.isEmpty()) {
            return call.call().arguments();
        }
        Members arguments = session.map(id -> Members.NONE.with(SESSION_ID, id))
                .orElse(Members.NONE)
                .with(JsonValue.members(text)
                        .orElseThrow(() -> new Tools.ToolFailed("the arguments are not a JSON object")))
                .with(members(ofGroup))
                .with(members(ofTurn));
        return new ToolArguments.Json(arguments.json().text());
    }

    private static Members members(Optional<JsonText> object) {
        return object.flatMap(text -> JsonValue.members(text.text())).orElse(Members.NONE);
    }

    private static Optional<JsonValue> session(Tools.GroupCall call, Origin origin) {
        boolean asksForIt = call.offered().input() instanceof ToolInput.Schema(JsonText schema)
                && members(Optional.of(schema)).given("properties").orElse(Members.NONE) instanceof Members properties
                && properties.given(SESSION_ID).isPresent();
        return asksForIt && origin instanceof Origin.InSession(var id)
                ? Optional.of(new JsonValue.Text(id.value()))
                : Optional.empty();
    }
}
