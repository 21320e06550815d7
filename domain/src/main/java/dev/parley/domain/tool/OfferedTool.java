package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

/** A tool that a turn offers to its model, and who runs it. */
public record OfferedTool(ToolDefinition definition, ToolSide side) {

    public OfferedTool {
        requireNonNull(definition, "definition");
        requireNonNull(side, "side");
    }

    public String name() {
        return definition.name();
    }
}
