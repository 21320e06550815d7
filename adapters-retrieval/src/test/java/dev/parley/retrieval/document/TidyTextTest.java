package dev.parley.retrieval.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TidyTextTest {

    private static final Pattern UNTIDY = Pattern.compile("[ \\t]\n|\n\n\n|\r|\u0000|\\A\n|\n\\z|[ \\t]\\z");

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", ""),
                Arguments.of("a", "a"),
                Arguments.of("a\r\nb\rc\nd", "a\nb\nc\nd"),
                Arguments.of("a\n\n\n\n b", "a\n\n b"),
                Arguments.of("a \t\n \t\n\t\n b  ", "a\n\n b"),
                Arguments.of("\n\n  a\n", "  a"),
                Arguments.of("one\ftwo\u2029three\u2028four", "one\n\ntwo\n\nthree\nfour"),
                Arguments.of("a\u00A0b\u2009c", "a b c"),
                Arguments.of("hy\u00ADphen\u200B\uFEFF\u0000\u0007s", "hyphens"),
                Arguments.of("u\u0308ber", "über"),
                Arguments.of("x\uD800y\uDC00z\uD83D\uDE00", "x\uFFFDy\uFFFDz\uD83D\uDE00"),
                Arguments.of("\tindented\n\t\tmore", "\tindented\n\t\tmore"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsTidied(String text, String tidy) {
        assertThat(TidyText.of(text)).isEqualTo(tidy);
    }

    @Property(tries = 500)
    void whatIsTidyStaysAsItIs(@ForAll String text) {
        String tidy = TidyText.of(text);

        assertThat(TidyText.of(tidy)).isEqualTo(tidy);
        assertThat(UNTIDY.matcher(tidy).find()).isFalse();
        assertThat(Normalizer.isNormalized(tidy, Normalizer.Form.NFC)).isTrue();
    }
}
