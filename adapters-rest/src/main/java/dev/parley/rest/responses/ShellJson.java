package dev.parley.rest.responses;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.ToolCall;
import dev.parley.rest.json.ObjectMembers;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls of a shell and what they have come to, whoever runs it (responses-api 3). */
final class ShellJson {

    private static final RawJson NO_LIST = new RawJson("[]");
    private static final String COMMANDS = "commands";
    private static final String TIMEOUT = "timeout_ms";
    private static final String OUTPUT = "output";
    private static final String LENGTH = "max_output_length";

    private ShellJson() {}

    /** What the client is to run. */
    static RawJson forClient(ObjectText begun, ToolCall call) {
        ObjectMembers action = ObjectMembers.of(call.arguments().text());
        return begun.raw("action", action(action, list(listed(action))))
                .nothing("environment")
                .end();
    }

    /** What this server runs. */
    static RawJson hosted(ObjectText begun, ToolCall call, CallForm.Hosted form) {
        return hosted(begun, call, form, list(commands(call)));
    }

    /** The same while its commands have not been told. */
    static RawJson untold(ObjectText begun, ToolCall call, CallForm.Hosted form) {
        return hosted(begun, call, form, NO_LIST);
    }

    private static RawJson hosted(ObjectText begun, ToolCall call, CallForm.Hosted form, RawJson commands) {
        Optional<RawJson> container = form.containerId()
                .map(id -> new ObjectText()
                        .string("type", "container_reference")
                        .string("container_id", id)
                        .end());
        return begun.raw("action", action(ObjectMembers.of(call.arguments().text()), commands))
                .rawOrNull("environment", container)
                .end();
    }

    private static RawJson action(ObjectMembers action, RawJson commands) {
        ObjectText json = new ObjectText()
                .raw(COMMANDS, commands)
                .rawOrNull(TIMEOUT, action.raw(TIMEOUT))
                .rawOrNull(LENGTH, action.raw(LENGTH));
        return action.into(json, Set.of(COMMANDS, TIMEOUT, LENGTH)).end();
    }

    /**
     * The commands of a call that this server runs. Where a model has written none, what it has written stands for one:
     * something was called, and clients put what came of it beside a command.
     */
    static List<String> commands(ToolCall call) {
        String text = call.arguments().text();
        List<String> listed = listed(ObjectMembers.of(text));
        return listed.isEmpty() ? List.of(text) : listed;
    }

    /** Models write one command instead of a list, too. */
    private static List<String> listed(ObjectMembers action) {
        return action.string(COMMANDS)
                .map(List::of)
                .or(() -> action.given(COMMANDS).map(ObjectMembers::texts))
                .orElse(List.of());
    }

    private static RawJson list(List<String> commands) {
        return ObjectText.array(commands.stream().map(ObjectText::quoted).toList());
    }

    /** Adds to an answer what is always there, beside the members that it has. */
    static ObjectText whole(ObjectText answered, ObjectMembers members) {
        if (members.raw(OUTPUT).isEmpty()) {
            answered.raw(OUTPUT, NO_LIST);
        }
        return members.raw(LENGTH).isEmpty() ? answered.nothing(LENGTH) : answered;
    }

    /** What each command has come to. */
    static List<RawJson> ran(JsonText members) {
        return ObjectMembers.of(members)
                .given(OUTPUT)
                .map(ObjectMembers::elements)
                .orElse(List.of());
    }

    /** What a command has said. */
    static ObjectText said(RawJson ran) {
        ObjectMembers members = ObjectMembers.of(ran.text());
        ObjectText said = new ObjectText();
        for (String name : List.of("stdout", "stderr")) {
            said.string(name, members.string(name).filter(text -> !text.isEmpty()));
        }
        return said;
    }
}
