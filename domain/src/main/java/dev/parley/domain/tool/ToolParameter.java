package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import java.util.Optional;

/**
 * One named parameter of a tool.
 *
 * @param type the client's own word: a JSON Schema type or a Python one such as {@code str} or {@code list[int]}
 */
public record ToolParameter(
        String name, String type, String description, boolean required, Optional<JsonText> defaultValue) {

    public ToolParameter {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(description, "description");
        requireNonNull(defaultValue, "defaultValue");
    }
}
