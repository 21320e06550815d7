package dev.parley.application.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    private static final String CONTEXT = Seal.THOUGHTS;
    private static final String TEXT = "I think \u2026 \"therefore\" I am \uD83E\uDD14";

    private final Seal seal = Seal.of("k1", key(1));

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", TEXT, "line\nline", "a text that is longer than one block of the cipher, and then some"
            })
    void whatIsSealedOpens(String text) {
        assertThat(seal.open(CONTEXT, seal.seal(CONTEXT, text))).contains(text);
        assertThat(Seal.of("k1", key(1)).open(CONTEXT, seal.seal(CONTEXT, text)))
                .as("by another process with the same key")
                .contains(text);
    }

    @Test
    void aSealDoesNotShowItsText() {
        assertThat(seal.seal(CONTEXT, "secret thoughts"))
                .startsWith("s1.k1.")
                .matches("[A-Za-z0-9_.-]+")
                .doesNotContain("secret");
    }

    @Test
    void theSameTextIsSealedToTheSameLetters() {
        assertThat(seal.seal(CONTEXT, TEXT)).isEqualTo(seal.seal(CONTEXT, TEXT));
        assertThat(seal.seal(CONTEXT, TEXT)).isNotEqualTo(seal.seal(CONTEXT, TEXT + ' '));
        assertThat(nonce(seal.seal("ab", "c"))).isNotEqualTo(nonce(seal.seal("a", "bc")));
        assertThat(nonce(seal.seal("a", "b")))
                .isNotEqualTo(nonce(Seal.of("k1", key(2)).seal("a", "b")));
    }

    @Test
    void aSealOpensInItsOwnContextOnly() {
        String sealed = seal.seal(CONTEXT, TEXT);

        assertThat(seal.open(Seal.SUMMARIES, sealed)).isEmpty();
        assertThat(seal.open("anything else", sealed)).isEmpty();
    }

    @Test
    void aSealOpensWithItsOwnKeyOnly() {
        String sealed = seal.seal(CONTEXT, TEXT);

        assertThat(Seal.of("k1", key(2)).open(CONTEXT, sealed)).isEmpty();
        assertThat(Seal.of("k2", key(1)).open(CONTEXT, sealed)).isEmpty();
    }

    @Test
    void whatWasTamperedWithDoesNotOpen() {
        String sealed = seal.seal(CONTEXT, TEXT);
        for (int index = 0; index < sealed.length() - 1; index++) {
            String changed = sealed.substring(0, index)
                    + (sealed.charAt(index) == 'A' ? 'B' : 'A')
                    + sealed.substring(index + 1);
            assertThat(seal.open(CONTEXT, changed)).as(changed).isEmpty();
            assertThat(seal.open(CONTEXT, sealed.substring(0, index))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gAAAAABo", "plain words", "s1.", "s1.k1.", "s1.k1.%%%", "s1.k1.AAAA"})
    void whatIsNoSealDoesNotOpen(String sealed) {
        assertThat(seal.open(CONTEXT, sealed)).isEmpty();
    }

    @Test
    void aKeyIsNeverShown() {
        assertThat(seal).hasToString("AesSeal[key k1]");
    }

    @Test
    void aKeyMustHaveItsLengthAndAName() {
        assertThatThrownBy(() -> Seal.of("k1", new byte[16]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key has 32 bytes, not 16");
        assertThatThrownBy(() -> Seal.of("a.b", key(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Seal.of("", key(1))).isInstanceOf(IllegalArgumentException.class);
    }

    /** The first 12 bytes behind the prefix. */
    private static String nonce(String sealed) {
        return sealed.substring(sealed.lastIndexOf('.') + 1, sealed.lastIndexOf('.') + 17);
    }

    private static byte[] key(int seed) {
        byte[] key = new byte[Seal.KEY_LENGTH];
        IntStream.range(0, key.length).forEach(index -> key[index] = (byte) (index * seed));
        return Arrays.copyOf(key, key.length);
    }
}
