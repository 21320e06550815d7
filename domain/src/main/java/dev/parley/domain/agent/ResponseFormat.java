package dev.parley.domain.agent;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import java.util.Optional;

/** The form that a model's answer must have. */
public sealed interface ResponseFormat {

    /**
     * JSON that keeps to a schema.
     *
     * @param name what the provider is told that it is called; empty for a name of our own
     * @param strict whether an answer that does not keep to it is no answer
     */
    record JsonSchema(JsonText schema, Optional<String> name, Optional<String> description, boolean strict)
            implements ResponseFormat {
        public JsonSchema {
            requireNonNull(schema, "schema");
            requireNonNull(name, "name");
            requireNonNull(description, "description");
        }

        public static JsonSchema of(JsonText schema) {
            return new JsonSchema(schema, Optional.empty(), Optional.empty(), false);
        }
    }

    /** Any JSON object. */
    record JsonObject() implements ResponseFormat {}

    record Grammar(JsonText bnf) implements ResponseFormat {
        public Grammar {
            requireNonNull(bnf, "bnf");
        }
    }
}
