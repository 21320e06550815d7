package dev.parley.application.port;

import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;

/** Knows which JSON Schemas an answer can be held to. Whether it keeps to one is looked at by whoever asks the model. */
public interface Schemas {

    /**
     * Makes sure that answers can be held to a schema, before a turn begins that needs it. Does not block: nothing outside
     * of the schema is ever read.
     *
     * @param field the field of the request that the schema came in, as a dotted path
     * @throws Refusal when it is no schema, refers to something outside of itself, or is too large or too intricate
     */
    void requireUsable(JsonText schema, String field);
}
