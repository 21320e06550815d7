package dev.parley.persistence.json;

/**
 * What the database takes as JSON text: no NUL, and no half of a surrogate pair. Models do write such characters, and a turn
 * must not be lost because of one, so the replacement character takes their place.
 */
final class StorableText {

    private static final String ESCAPE = "\\u";
    private static final int LENGTH = ESCAPE.length() + 4;
    private static final int HEXADECIMAL = 16;

    private StorableText() {}

    /** @param json as our writer makes it, which escapes all of these characters */
    static String of(String json) {
        return json.contains(ESCAPE) ? replaced(json) : json;
    }

    private static String replaced(String json) {
        StringBuilder text = new StringBuilder(json.length());
        int index = 0;
        while (index < json.length()) {
            int length = 1;
            if (json.startsWith(ESCAPE, index)) {
                length = storableFrom(json, index);
            } else if (json.charAt(index) == '\\') {
                length = 2;
            }
            if (length == 0) {
                text.append('\uFFFD');
                index += LENGTH;
            } else {
                text.append(json, index, index + length);
                index += length;
            }
        }
        return text.toString();
    }

    /** How much of the text from this escape on is one character that can be stored; 0 when it can't. */
    private static int storableFrom(String json, int index) {
        char character = escaped(json, index);
        if (Character.isHighSurrogate(character)) {
            boolean pair =
                    json.startsWith(ESCAPE, index + LENGTH) && Character.isLowSurrogate(escaped(json, index + LENGTH));
            return pair ? 2 * LENGTH : 0;
        }
        return character == '\0' || Character.isLowSurrogate(character) ? 0 : LENGTH;
    }

    private static char escaped(String json, int index) {
        return (char) Integer.parseInt(json, index + ESCAPE.length(), index + LENGTH, HEXADECIMAL);
    }
}
