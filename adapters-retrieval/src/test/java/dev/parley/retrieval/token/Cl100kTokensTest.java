package dev.parley.retrieval.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.parley.application.port.Tokens;
import dev.parley.application.port.TokensContract;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Cl100kTokensTest extends TokensContract {

    private static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

    private final Tokens tokens = new Cl100kTokens();

    @Override
    protected Tokens tokens() {
        return tokens;
    }

    @Test
    void tokensEndWhereTheEncodingSays() {
        assertThat(tokens.ends("Hello, world. Unbelievable!")).containsExactly(5, 6, 12, 13, 16, 21, 26, 27);
    }

    @Test
    void aCharacterOfSeveralTokensIsThereWithTheLastOfThem() {
        int[] ends = tokens.ends("a\uD83E\uDD8Bb");

        assertThat(ends).startsWith(1, 1).endsWith(3, 4);
        assertThat(ends).hasSize(ENCODING.countTokensOrdinary("a\uD83E\uDD8Bb"));
    }

    @Test
    void whatMeansSomethingToModelsIsTextHere() {
        assertThat(tokens.ends("<|endoftext|>").length).isGreaterThan(1);
    }

    @Test
    void aLongTextHasTheTokensThatItHasAsAWhole() {
        String prose = "The quick brown fox, jumping over 12345 lazy dogs, isn't tired.\n\n  - Not yet!\t".repeat(2000);

        assertThat(tokens.ends(prose)).hasSize(ENCODING.countTokensOrdinary(prose));
    }

    @Property(tries = 500)
    void offsetsGoUpToTheEndAndSplitNoPair(@ForAll("texts") String text) {
        int[] ends = tokens.ends(text);

        assertThat(ends).isSorted();
        assertThat(ends.length == 0 ? 0 : ends[ends.length - 1]).isEqualTo(text.length());
        for (int end : ends) {
            assertThat(splitsPair(text, end)).isFalse();
        }
    }

    @Property(tries = 200)
    void whatIsCutAtAnOffsetHasNoMoreTokensThanCounted(@ForAll("texts") String text) {
        int[] ends = tokens.ends(text);

        for (int place = 0; place < ends.length; place += 1 + ends.length / 20) {
            assertThat(tokens.ends(text.substring(0, ends[place])).length).isLessThanOrEqualTo(place + 1);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> anything = Arbitraries.strings().all().ofMaxLength(300);
        Arbitrary<String> pairs = Arbitraries.strings()
                .withChars('\uD83D', '\uDE00', '\u200D', 'a', ' ', '\n', 'é', '你')
                .ofMaxLength(300);
        Arbitrary<String> pieces = Arbitraries.strings()
                .withChars('x', '.', '\uD83D', '\uDE00')
                .ofMinLength(4000)
                .ofMaxLength(9000);
        return Arbitraries.frequencyOf(Tuple.of(5, anything), Tuple.of(5, pairs), Tuple.of(1, pieces));
    }

    /** Ten times the text may take some ten times as long, in whatever it consists: a hundred times would be its square. */
    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "\n", "ab", "=", "\uD83D\uDE00", "你", "9", "aB3-", "\u0301"})
    void timeGrowsWithTheLengthAlone(String unit) {
        tokens.ends(unit.repeat(20_000));
        long small = nanos(unit.repeat(100_000));
        long large = nanos(unit.repeat(1_000_000));

        assertThat(Duration.ofNanos(large))
                .isLessThan(Duration.ofNanos(40 * small).plusMillis(500));
    }

    private long nanos(String text) {
        long begun = System.nanoTime();
        assertThat(tokens.ends(text)).isNotEmpty();
        return System.nanoTime() - begun;
    }
}
