package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import java.util.Optional;

/**
 * What came back from a tool call.
 *
 * @param metadata an object for the client's own use; the model never sees it
 */
public record ToolResponse(String callId, String toolName, Content content, Optional<JsonText> metadata) {

    public ToolResponse {
        requireNonNull(callId, "callId");
        requireNonNull(toolName, "toolName");
        requireNonNull(content, "content");
        requireNonNull(metadata, "metadata");
    }

    /** An answer to the call that the model reads as plain text. */
    public static ToolResponse text(ToolCall call, String text) {
        return new ToolResponse(call.callId(), call.toolName(), Content.of(text), Optional.empty());
    }
}
