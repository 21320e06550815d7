package dev.parley.rest.json;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;

/**
 * JSON that goes out as the text that it is.
 *
 * @param text well-formed JSON on one line, as an event of a stream must be
 */
public record RawJson(String text) implements WireBody {

    public static final RawJson NULL = new RawJson("null");

    public RawJson {
        requireNonNull(text, "text");
    }

    /** The text of a value on one line: between JSON tokens a line break is as good as a space, and inside it can't be. */
    public static RawJson of(JsonText json) {
        return new RawJson(json.text().replace('\n', ' ').replace('\r', ' '));
    }
}
