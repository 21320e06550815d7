package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import java.util.List;
import java.util.Optional;

/**
 * What came back from a tool call.
 *
 * @param metadata an object for the client's own use; the model never sees it
 * @param sources what of it an answer can cite; the model is shown them behind the content
 * @param failed whether the tool had no result, and the content says why
 */
public record ToolResponse(
        String callId,
        String toolName,
        Content content,
        Optional<JsonText> metadata,
        List<Source> sources,
        boolean failed) {

    public ToolResponse {
        requireNonNull(callId, "callId");
        requireNonNull(toolName, "toolName");
        requireNonNull(content, "content");
        requireNonNull(metadata, "metadata");
        sources = List.copyOf(sources);
    }

    /** An answer in which there is nothing to cite. */
    public ToolResponse(String callId, String toolName, Content content, Optional<JsonText> metadata) {
        this(callId, toolName, content, metadata, List.of(), false);
    }

    /** An answer to the call that the model reads as plain text. */
    public static ToolResponse text(ToolCall call, String text) {
        return new ToolResponse(call.callId(), call.toolName(), Content.of(text), Optional.empty());
    }
}
