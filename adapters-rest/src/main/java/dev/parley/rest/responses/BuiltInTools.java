package dev.parley.rest.responses;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.tool.ToolSide;
import java.util.Locale;
import java.util.Optional;

/** The tools that clients name by a type and run themselves, as the functions that a model is offered for them. */
final class BuiltInTools {

    private static final String LOCAL_SHELL = """
        {"type":"object","properties":{\
        "command":{"type":"array","items":{"type":"string"},"description":"The program and its arguments"},\
        "env":{"type":"object","additionalProperties":{"type":"string"},"description":"Environment variables to set"},\
        "timeout_ms":{"type":"integer","description":"When to give up, in milliseconds"},\
        "working_directory":{"type":"string","description":"Where to run the command"},\
        "user":{"type":"string","description":"The user to run the command as"}},\
        "required":["command"]}\
        """;
    private static final String APPLY_PATCH = """
        {"type":"object","properties":{\
        "type":{"type":"string","enum":["create_file","update_file","delete_file"]},\
        "path":{"type":"string","description":"The file, relative to the workspace"},\
        "diff":{"type":"string","description":"The change in the V4A diff format; not for delete_file"}},\
        "required":["type","path"]}\
        """;
    private static final String COMPUTER = """
        {"type":"object","properties":{\
        "type":{"type":"string","enum":["click","double_click","drag","keypress","move","screenshot","scroll","type","wait"]},\
        "x":{"type":"integer"},"y":{"type":"integer"},\
        "button":{"type":"string","enum":["left","right","wheel","back","forward"]},\
        "scroll_x":{"type":"integer"},"scroll_y":{"type":"integer"},\
        "path":{"type":"array","items":{"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"integer"}}}},\
        "keys":{"type":"array","items":{"type":"string"}},"text":{"type":"string"}},\
        "required":["type"]}\
        """;

    private BuiltInTools() {}

    /** What the model calls the tool of this kind. */
    static String name(CallKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static OfferedTool localShell() {
        return offered(CallKind.LOCAL_SHELL, "Runs a command on the user's machine.", LOCAL_SHELL);
    }

    static OfferedTool shell() {
        return new OfferedTool(
                Shell.function("Runs commands in a shell on the user's machine."),
                ToolSide.CLIENT,
                new CallForm.ClientBuiltIn(CallKind.SHELL));
    }

    static OfferedTool applyPatch() {
        return offered(CallKind.APPLY_PATCH, "Creates, updates or deletes a file with a diff.", APPLY_PATCH);
    }

    static OfferedTool computer() {
        return offered(
                CallKind.COMPUTER,
                "Does one thing on the user's screen; the answer is a screenshot of what it came to.",
                COMPUTER);
    }

    private static OfferedTool offered(CallKind kind, String description, String schema) {
        return new OfferedTool(
                new ToolDefinition(
                        name(kind),
                        Optional.of(description),
                        new ToolInput.Schema(new JsonText(schema)),
                        Optional.empty()),
                ToolSide.CLIENT,
                new CallForm.ClientBuiltIn(kind));
    }
}
