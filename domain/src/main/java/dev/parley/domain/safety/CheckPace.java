package dev.parley.domain.safety;

import static java.util.Objects.requireNonNull;

/**
 * How much of an answer is held back until an output shield has looked at it.
 *
 * @param by what makes a piece
 * @param size in characters: how long a piece becomes when it is not ended by a sentence before that; at least 1
 */
public record CheckPace(By by, int size) {

    /** What makes a piece of an answer. */
    public enum By {
        /** A sentence or a line, or the size if that comes first. */
        SENTENCE,
        /** The size alone. */
        SIZE,
        /** Nothing: the answer is looked at when it is whole. */
        WHOLE
    }

    public CheckPace {
        requireNonNull(by, "by");
        if (size < 1) {
            throw new IllegalArgumentException("size must be positive");
        }
    }

    /** Whether what has come since the last look is to be looked at now. */
    public boolean isDue(CharSequence unchecked) {
        return switch (by) {
            case WHOLE -> false;
            case SIZE -> unchecked.length() >= size;
            case SENTENCE -> unchecked.length() >= size || endsSentence(unchecked);
        };
    }

    /** A full stop counts when something stands behind it: it may be that of a number or a name. */
    private static boolean endsSentence(CharSequence text) {
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            boolean isSpace = Character.isWhitespace(unit);
            if (unit == '\n'
                    || "。！？".indexOf(unit) >= 0
                    || (isSpace && index > 0 && ".!?".indexOf(text.charAt(index - 1)) >= 0)) {
                return true;
            }
        }
        return false;
    }
}
