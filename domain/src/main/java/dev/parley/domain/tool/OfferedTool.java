package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A tool that a turn offers to its model, and who runs it.
 *
 * @param form as what a client is told of its calls
 */
public record OfferedTool(ToolDefinition definition, ToolSide side, CallForm form) {

    public OfferedTool {
        requireNonNull(definition, "definition");
        requireNonNull(side, "side");
        requireNonNull(form, "form");
    }

    /** A tool whose calls are plain functions under the tool's own name. */
    public OfferedTool(ToolDefinition definition, ToolSide side) {
        this(definition, side, new CallForm.Function(definition.name(), Optional.empty()));
    }

    /** What the model calls it. */
    public String name() {
        return definition.name();
    }
}
