package dev.parley.application.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.RegisteredToolGroup;

/** A tool, and the group that it is of. */
public record GroupTool(RegisteredToolGroup group, ListedTool tool) {
    public GroupTool {
        requireNonNull(group, "group");
        requireNonNull(tool, "tool");
    }

    /** Whether the tool is meant by the name: by its own, or by the one that models know it by. */
    boolean isCalled(String name) {
        return tool.name().equals(name) || group.shownName(tool.name()).equals(name);
    }
}
