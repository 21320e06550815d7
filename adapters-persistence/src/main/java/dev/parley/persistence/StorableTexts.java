package dev.parley.persistence;

/**
 * What the database takes as a text: no NUL, and no half of a surrogate pair. Documents do have such characters, so the
 * replacement character takes their place, wherever they are written and wherever they are looked for.
 */
final class StorableTexts {

    private static final char REPLACEMENT = '\uFFFD';

    private StorableTexts() {}

    static String of(String text) {
        for (int place = 0; place < text.length(); place++) {
            char unit = text.charAt(place);
            if (unit == 0 || Character.isSurrogate(unit)) {
                return replaced(text, place);
            }
        }
        return text;
    }

    private static String replaced(String text, int from) {
        StringBuilder storable = new StringBuilder(text.length()).append(text, 0, from);
        text.substring(from).codePoints().forEach(point -> {
            boolean isStorable = point != 0 && Character.getType(point) != Character.SURROGATE;
            storable.appendCodePoint(isStorable ? point : REPLACEMENT);
        });
        return storable.toString();
    }
}
