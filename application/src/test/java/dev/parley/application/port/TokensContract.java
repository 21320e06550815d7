package dev.parley.application.port;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every way to tell tokens apart does. */
public abstract class TokensContract {

    protected abstract Tokens tokens();

    @Test
    void anEmptyTextHasNone() {
        assertThat(tokens().ends("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello",
                "Hello, world. How are you?",
                " leading and trailing ",
                "\n\n\n",
                "Grüße aus Köln, 你好世界, привет",
                "\uD83D\uDE00\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 family",
                "a lone \uD800 half and \uDC00 the other"
            })
    void theOffsetsGoUpToTheEndAndSplitNoCharacter(String text) {
        int[] ends = tokens().ends(text);

        assertThat(ends).isNotEmpty().isSorted();
        assertThat(ends[0]).isNotNegative();
        assertThat(ends[ends.length - 1]).isEqualTo(text.length());
        for (int end : ends) {
            assertThat(splitsPair(text, end)).as("split at %d", end).isFalse();
        }
    }

    @Test
    void moreTextHasMoreTokens() {
        assertThat(tokens().ends("one two three ".repeat(100)).length)
                .isGreaterThan(50 * tokens().ends("one two three ").length);
    }

    /** Whether an offset is in the middle of a surrogate pair. */
    protected static boolean splitsPair(String text, int offset) {
        return offset > 0
                && offset < text.length()
                && Character.isSurrogatePair(text.charAt(offset - 1), text.charAt(offset));
    }
}
