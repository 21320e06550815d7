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

    /** The text as a JSON string. */
    public static JsonText ofString(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        for (int index = 0; index < value.length(); index++) {
            char unit = value.charAt(index);
            switch (unit) {
                case '"', '\\' -> quoted.append('\\').append(unit);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (unit < ' ') {
                        quoted.append("\\u%04x".formatted((int) unit));
                    } else {
                        quoted.append(unit);
                    }
                }
            }
        }
        return new JsonText(quoted.append('"').toString());
    }
}
