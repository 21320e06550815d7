package dev.parley.domain.message;

import static java.util.Objects.requireNonNull;

/**
 * A JSON value that the model carries without looking inside, kept as the text it arrived as.
 *
 * @param text well-formed JSON; whoever creates one vouches for it
 */
public record JsonText(String text) {

    /** {@code {}}. */
    public static final JsonText EMPTY_OBJECT = new JsonText("{}");

    public JsonText {
        requireNonNull(text, "text");
    }
}
