package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import java.util.Optional;

/**
 * A tool as a model is told of it.
 *
 * @param metadata an object for the client's own use; the model never sees it
 * @param strict whether the model must keep to the described input, where the provider can hold it to that
 */
public record ToolDefinition(
        String name, Optional<String> description, ToolInput input, Optional<JsonText> metadata, boolean strict) {

    public ToolDefinition {
        requireNonNull(name, "name");
        requireNonNull(description, "description");
        requireNonNull(input, "input");
        requireNonNull(metadata, "metadata");
    }

    /** A tool whose input the model is merely told of. */
    public ToolDefinition(String name, Optional<String> description, ToolInput input, Optional<JsonText> metadata) {
        this(name, description, input, metadata, false);
    }
}
