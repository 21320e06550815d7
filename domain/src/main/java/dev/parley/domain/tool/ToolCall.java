package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

/**
 * A model's wish to have a tool run.
 *
 * @param callId the model's own id of the call; unique within one message only
 */
public record ToolCall(String callId, String toolName, ToolArguments arguments) {

    public ToolCall {
        requireNonNull(callId, "callId");
        requireNonNull(toolName, "toolName");
        requireNonNull(arguments, "arguments");
    }
}
