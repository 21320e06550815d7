package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A tool that a turn offers to its model, and who runs it.
 *
 * @param form as what a client is told of its calls
 * @param approved whether a client is asked before each of its calls
 */
public record OfferedTool(ToolDefinition definition, ToolSide side, CallForm form, boolean approved) {

    public OfferedTool {
        requireNonNull(definition, "definition");
        requireNonNull(side, "side");
        requireNonNull(form, "form");
    }

    /** A tool whose calls nobody is asked about. */
    public OfferedTool(ToolDefinition definition, ToolSide side, CallForm form) {
        this(definition, side, form, false);
    }

    /** A tool whose calls are plain functions under the tool's own name. */
    public OfferedTool(ToolDefinition definition, ToolSide side) {
        this(definition, side, new CallForm.Function(definition.name(), Optional.empty()));
    }

    /** What the model calls it. */
    public String name() {
        return definition.name();
    }

    /** As what the client is asked whether a call of this tool may be run; empty when it is not asked. */
    public Optional<CallForm.Hosted> askedAs(ToolCall call) {
        return approved && form instanceof CallForm.Hosted hosted && call.arguments() instanceof ToolArguments.Json
                ? Optional.of(hosted)
                : Optional.empty();
    }
}
