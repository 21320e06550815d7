package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import java.util.Optional;

/**
 * A tool as a server of tools tells of it.
 *
 * @param inputSchema an object
 * @param annotations an object with what the server says of the tool
 * @param readOnly whether the server says that it changes nothing
 */
public record ListedTool(
        String name,
        Optional<String> description,
        JsonText inputSchema,
        Optional<JsonText> annotations,
        boolean readOnly) {

    public ListedTool {
        requireNonNull(name, "name");
        requireNonNull(description, "description");
        requireNonNull(inputSchema, "inputSchema");
        requireNonNull(annotations, "annotations");
    }
}
