package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
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

    /** What the client is to run, as the model wrote it. */
    static RawJson forClient(ObjectText begun, ToolCall call) {
        ObjectMembers action = ObjectMembers.of(call.arguments().text());
        return begun.raw("action", action(action, action.given(COMMANDS).orElse(NO_LIST)))
                .nothing("environment")
                .end();
    }

    /** What this server runs. */
    static RawJson hosted(ObjectText begun, ToolCall call, CallForm.Hosted form) {
        List<RawJson> commands = commands(call).stream().map(ObjectText::quoted).toList();
        return hosted(begun, call, form, ObjectText.array(commands));
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
     * The commands of a call. Where a model has not written a list of them, what it has written stands for one: something was
     * called, and clients put what came of it beside a command.
     */
    static List<String> commands(ToolCall call) {
        String text = call.arguments().text();
        ObjectMembers action = ObjectMembers.of(text);
        List<String> listed = action.given(COMMANDS).map(ObjectMembers::texts).orElse(List.of());
        return listed.isEmpty() ? List.of(action.string(COMMANDS).orElse(text)) : listed;
    }

    /** An answer: what it has come to, and how much of it was wanted. */
    static RawJson answered(ObjectText begun, JsonText members) {
        ObjectMembers all = ObjectMembers.of(members);
        ObjectText json =
                begun.raw(OUTPUT, all.given(OUTPUT).orElse(NO_LIST)).rawOrNull(LENGTH, all.raw(LENGTH));
        return all.into(json, Set.of("id", "type", "status", "call_id", OUTPUT, LENGTH))
                .end();
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
