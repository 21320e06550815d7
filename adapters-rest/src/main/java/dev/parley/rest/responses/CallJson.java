package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.rest.json.ObjectMembers;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.Optional;
import java.util.Set;

/** Calls for the client, and those of this server that look the same, each in the form of its tool (responses-api 3). */
final class CallJson {

    static final String SHELL = "shell_call";

    private static final RawJson NO_LIST = new RawJson("[]");
    private static final RawJson EMPTY = new RawJson("{}");

    private CallJson() {}

    static RawJson of(Item.Called called) {
        return switch (called.form()) {
            case CallForm.Function(String name, Optional<String> namespace) ->
                begin(called, "function_call")
                        .string("name", name)
                        .string("arguments", called.call().arguments().text())
                        .string("namespace", namespace)
                        .end();
            case CallForm.Grouped _ ->
                begin(called, "function_call")
                        .string("name", called.call().toolName())
                        .string("arguments", called.call().arguments().text())
                        .end();
            case CallForm.Custom(String name, Optional<String> namespace) ->
                begin(called, "custom_tool_call")
                        .string("name", name)
                        .string("input", input(called.call().arguments().text()))
                        .string("namespace", namespace)
                        .end();
            case CallForm.ClientBuiltIn _ -> builtIn(called);
            case CallForm.Hosted form
            when form.hosted() == HostedKind.SHELL -> ShellJson.hosted(begin(called, SHELL), called.call(), form);
            case CallForm.Hosted _ ->
                throw new IllegalArgumentException("a call that this server runs is no call for the client");
        };
    }

    /** The text that a custom tool was called with. Models are offered a function with one parameter in its place. */
    static String input(String arguments) {
        return ObjectMembers.of(arguments).string("input").orElse(arguments);
    }

    private static RawJson builtIn(Item.Called called) {
        ObjectMembers action = ObjectMembers.of(called.call().arguments().text());
        return switch (called.form().kind()) {
            case LOCAL_SHELL ->
                begin(called, "local_shell_call")
                        .raw("action", localShell(action))
                        .end();
            case SHELL -> ShellJson.forClient(begin(called, SHELL), called.call());
            case APPLY_PATCH ->
                begin(called, "apply_patch_call")
                        .raw("operation", whole(action))
                        .end();
            case COMPUTER -> {
                boolean several = action.raw("actions").isPresent();
                yield begin(called, "computer_call")
                        .raw(
                                several ? "actions" : "action",
                                action.raw("actions").orElseGet(() -> whole(action)))
                        .raw("pending_safety_checks", NO_LIST)
                        .end();
            }
            case FUNCTION, CUSTOM, HOSTED ->
                throw new IllegalArgumentException("these have forms of their own: " + called.form());
        };
    }

    private static RawJson localShell(ObjectMembers action) {
        ObjectText json = new ObjectText()
                .string("type", "exec")
                .raw("command", action.given("command").orElse(NO_LIST))
                .raw("env", action.given("env").orElse(EMPTY));
        return action.into(json, Set.of("type", "command", "env")).end();
    }

    private static RawJson whole(ObjectMembers action) {
        return action.into(new ObjectText(), Set.of()).end();
    }

    /** How every call begins. */
    static ObjectText begin(Item.Called called, String type) {
        return ItemJson.begin(called, type)
                .string("status", ItemJson.word(called.status()))
                .string("call_id", called.call().callId());
    }
}
