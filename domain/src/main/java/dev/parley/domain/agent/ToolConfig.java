package dev.parley.domain.agent;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.tool.ToolChoice;
import java.util.Optional;

/**
 * How tools are presented to a model. The format and the behaviour matter to servers that render a model's prompt
 * themselves; they are kept for the client and otherwise without effect here.
 */
public record ToolConfig(
        ToolChoice toolChoice, Optional<PromptFormat> promptFormat, SystemMessageBehavior systemMessageBehavior) {

    public static final ToolConfig DEFAULT =
            new ToolConfig(new ToolChoice.Auto(), Optional.empty(), SystemMessageBehavior.APPEND);

    public ToolConfig {
        requireNonNull(toolChoice, "toolChoice");
        requireNonNull(promptFormat, "promptFormat");
        requireNonNull(systemMessageBehavior, "systemMessageBehavior");
    }

    public enum PromptFormat {
        JSON,
        FUNCTION_TAG,
        PYTHON_LIST
    }

    public enum SystemMessageBehavior {
        APPEND,
        REPLACE
    }
}
