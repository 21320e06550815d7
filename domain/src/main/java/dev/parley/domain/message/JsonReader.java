package dev.parley.domain.message;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads JSON, strictly as RFC 8259 has it. */
final class JsonReader {

    private static final int DEEPEST = 200;
    /** Longer ones are somebody's wish to keep us busy. */
    private static final int LONGEST_NUMBER = 400;

    private static final int HEXADECIMAL = 16;
    private static final int ESCAPED_UNIT = 4;

    private final String text;
    private int place;

    private JsonReader(String text) {
        this.text = text;
    }

    static Optional<JsonValue> read(String text) {
        JsonReader reader = new JsonReader(text);
        try {
            JsonValue value = reader.value(0);
            reader.skipBlanks();
            return reader.place == text.length() ? Optional.of(value) : Optional.empty();
        } catch (NotJson _) {
            return Optional.empty();
        }
    }

    private JsonValue value(int depth) throws NotJson {
        if (depth > DEEPEST) {
            throw new NotJson();
        }
        skipBlanks();
        return switch (peek()) {
            case '{' -> members(depth);
            case '[' -> array(depth);
            case '"' -> new JsonValue.Text(string());
            case 't' -> word("true", new JsonValue.Flag(true));
            case 'f' -> word("false", new JsonValue.Flag(false));
            case 'n' -> word("null", new JsonValue.Nothing());
            default -> number();
        };
    }

    private JsonValue members(int depth) throws NotJson {
        SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
        place++;
        skipBlanks();
        if (took('}')) {
            return new JsonValue.Members(members);
        }
        do {
            skipBlanks();
            String name = string();
            skipBlanks();
            take(':');
            members.put(name, value(depth + 1));
            skipBlanks();
        } while (took(','));
        take('}');
        return new JsonValue.Members(members);
    }

    private JsonValue array(int depth) throws NotJson {
        List<JsonValue> elements = new ArrayList<>();
        place++;
        skipBlanks();
        if (took(']')) {
            return new JsonValue.Array(elements);
        }
        do {
            elements.add(value(depth + 1));
            skipBlanks();
        } while (took(','));
        take(']');
        return new JsonValue.Array(elements);
    }

    private String string() throws NotJson {
        take('"');
        StringBuilder string = new StringBuilder();
        while (true) {
            char unit = next();
            if (unit == '"') {
                return string.toString();
            }
            if (unit < ' ') {
                throw new NotJson();
            }
            string.append(unit == '\\' ? escaped() : unit);
        }
    }

    private char escaped() throws NotJson {
        char unit = next();
        return switch (unit) {
            case '"', '\\', '/' -> unit;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int digit = 0; digit < ESCAPED_UNIT; digit++) {
                    int value = Character.digit(next(), HEXADECIMAL);
                    if (value < 0) {
                        throw new NotJson();
                    }
                    code = code * HEXADECIMAL + value;
                }
                yield (char) code;
            }
            default -> throw new NotJson();
        };
    }

    private JsonValue number() throws NotJson {
        int start = place;
        boolean _ = took('-');
        if (!took('0')) {
            digits();
        }
        if (took('.')) {
            digits();
        }
        if (took('e') || took('E')) {
            boolean _ = took('+') || took('-');
            digits();
        }
        if (place - start > LONGEST_NUMBER) {
            throw new NotJson();
        }
        try {
            return new JsonValue.Number(new BigDecimal(text.substring(start, place)));
        } catch (NumberFormatException _) {
            throw new NotJson();
        }
    }

    private void digits() throws NotJson {
        int start = place;
        while (place < text.length() && text.charAt(place) >= '0' && text.charAt(place) <= '9') {
            place++;
        }
        if (place == start) {
            throw new NotJson();
        }
    }

    private JsonValue word(String word, JsonValue value) throws NotJson {
        if (!text.startsWith(word, place)) {
            throw new NotJson();
        }
        place += word.length();
        return value;
    }

    private void skipBlanks() {
        while (place < text.length() && " \t\r\n".indexOf(text.charAt(place)) >= 0) {
            place++;
        }
    }

    private char peek() throws NotJson {
        if (place >= text.length()) {
            throw new NotJson();
        }
        return text.charAt(place);
    }

    private char next() throws NotJson {
        char unit = peek();
        place++;
        return unit;
    }

    private boolean took(char wanted) {
        boolean there = place < text.length() && text.charAt(place) == wanted;
        if (there) {
            place++;
        }
        return there;
    }

    private void take(char wanted) throws NotJson {
        if (!took(wanted)) {
            throw new NotJson();
        }
    }

    /** Tells nothing: whoever asked knows only that it is no JSON. */
    @SuppressWarnings("serial") // never leaves this class
    private static final class NotJson extends Exception {
        private NotJson() {
            super(null, null, false, false);
        }
    }
}
