package dev.parley.application.tool;

import dev.parley.application.port.Tools;
import dev.parley.domain.message.JsonMembers;
import dev.parley.domain.message.JsonText;
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
        Optional<JsonText> session = session(call, origin);
        Optional<JsonText> ofTurn = call.form().args();
        if (session.isEmpty() && ofGroup.isEmpty() && ofTurn.isEmpty()) {
            return call.call().arguments();
        }
        JsonMembers arguments = JsonMembers.of(JsonText.EMPTY_OBJECT);
        if (session.isPresent()) {
            arguments = arguments.with(SESSION_ID, session.get());
        }
        arguments = arguments.with(JsonMembers.of(new JsonText(text)));
        arguments = arguments.with(JsonMembers.of(ofGroup.orElse(JsonText.EMPTY_OBJECT)));
        arguments = arguments.with(JsonMembers.of(ofTurn.orElse(JsonText.EMPTY_OBJECT)));
        return new ToolArguments.Json(arguments.text().text());
    }

    private static Optional<JsonText> session(Tools.GroupCall call, Origin origin) {
        boolean asksForIt = call.offered().input() instanceof ToolInput.Schema(JsonText schema)
                && JsonMembers.of(schema)
                        .get("properties")
                        .filter(properties -> properties.text().startsWith("{"))
                        .flatMap(properties -> JsonMembers.of(properties).get(SESSION_ID))
                        .isPresent();
        return asksForIt && origin instanceof Origin.InSession(var id)
                ? Optional.of(JsonText.ofString(id.value()))
                : Optional.empty();
    }
}
