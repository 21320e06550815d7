package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import java.util.List;

/** How a tool's arguments are described to the model. */
public sealed interface ToolInput {

    /** Nothing was said: the tool takes no arguments. */
    record Undeclared() implements ToolInput {}

    /** A flat list of named parameters. */
    record Parameters(List<ToolParameter> parameters) implements ToolInput {
        public Parameters {
            parameters = List.copyOf(parameters);
        }
    }

    /** A JSON Schema of an object. */
    record Schema(JsonText schema) implements ToolInput {
        public Schema {
            requireNonNull(schema, "schema");
        }
    }
}
