package dev.parley.retrieval.document;

import java.text.Normalizer;

/**
 * Text as it is kept: composed (NFC), lines that end in {@code \n} without spaces before it, at most one empty line in a
 * row, no characters that nobody sees, and none that a database can't keep.
 */
final class TidyText {

    private TidyText() {}

    static String of(String text) {
        StringBuilder tidy = new StringBuilder(text.length());
        int lines = 2; // as if an empty line were before it, so that none comes first
        for (int place = 0; place < text.length(); place++) {
            char character = text.charAt(place);
            int ends = endsOfLine(text, place);
            if (ends > 0) {
                stripSpaces(tidy);
                for (int end = 0; end < ends && lines < 2; end++) {
                    tidy.append('\n');
                    lines++;
                }
            } else if (character != '\r' && !isUnseen(character)) {
                tidy.append(kept(text, place));
                if (!isSpace(character)) {
                    lines = 0;
                }
            }
        }
        stripSpaces(tidy);
        while (!tidy.isEmpty() && tidy.charAt(tidy.length() - 1) == '\n') {
            tidy.setLength(tidy.length() - 1);
        }
        // last, as what stood between a letter and its accent may be gone now
        return Normalizer.normalize(tidy, Normalizer.Form.NFC);
    }

    /** A page and a paragraph end as with an empty line. Of two characters that end one line, only the last counts. */
    private static int endsOfLine(String text, int place) {
        return switch (text.charAt(place)) {
            case '\n', '\u000B', '\u0085', '\u2028' -> 1;
            case '\f', '\u2029' -> 2;
            case '\r' -> place + 1 < text.length() && text.charAt(place + 1) == '\n' ? 0 : 1;
            default -> 0;
        };
    }

    private static boolean isUnseen(char character) {
        return (Character.isISOControl(character) && character != '\t')
                || character == '\uFEFF'
                || character == '\u00AD'
                || character == '\u200B';
    }

    private static boolean isSpace(char character) {
        return character == '\t' || Character.isSpaceChar(character);
    }

    private static char kept(String text, int place) {
        char character = text.charAt(place);
        if (Character.isSpaceChar(character)) {
            return ' ';
        }
        boolean isHalf = Character.isHighSurrogate(character)
                ? place + 1 == text.length() || !Character.isLowSurrogate(text.charAt(place + 1))
                : Character.isLowSurrogate(character)
                        && (place == 0 || !Character.isHighSurrogate(text.charAt(place - 1)));
        return isHalf ? '\uFFFD' : character;
    }

    private static void stripSpaces(StringBuilder text) {
        int length = text.length();
        while (length > 0 && isSpace(text.charAt(length - 1))) {
            length--;
        }
        text.setLength(length);
    }
}
