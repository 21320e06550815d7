package dev.parley.domain.agent;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;

/** The form that a model's answer must have. */
public sealed interface ResponseFormat {

    record JsonSchema(JsonText schema) implements ResponseFormat {
        public JsonSchema {
            requireNonNull(schema, "schema");
        }
    }

    record Grammar(JsonText bnf) implements ResponseFormat {
        public Grammar {
            requireNonNull(bnf, "bnf");
        }
    }
}
