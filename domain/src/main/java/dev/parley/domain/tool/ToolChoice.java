package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

/** Whether a model may, must or must not call a tool. */
public sealed interface ToolChoice {

    record Auto() implements ToolChoice {}

    record Required() implements ToolChoice {}

    record None() implements ToolChoice {}

    /** It must call this one. */
    record Named(String toolName) implements ToolChoice {
        public Named {
            requireNonNull(toolName, "toolName");
        }
    }
}
