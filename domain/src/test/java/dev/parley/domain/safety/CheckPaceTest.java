package dev.parley.domain.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.safety.CheckPace.By;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckPaceTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
        SENTENCE, '',             false
        SENTENCE, 'Hel',          false
        SENTENCE, 'Hello.',       false
        SENTENCE, 'It is 3.5',    false
        SENTENCE, 'Hello. ',      true
        SENTENCE, 'Hello! And',   true
        SENTENCE, 'Really?  ',    true
        SENTENCE, '你好。',         true
        SENTENCE, 'of ten chars', true
        SIZE,     'A. B. C',      false
        SIZE,     'of ten chars', true
        WHOLE,    'of ten chars. And more', false
        """)
    void aPieceIsDue(By by, String unchecked, boolean due) {
        assertThat(new CheckPace(by, 10).isDue(unchecked)).isEqualTo(due);
    }

    @Test
    void aLineIsAPiece() {
        assertThat(new CheckPace(By.SENTENCE, 100).isDue("- one\n")).isTrue();
    }

    @Test
    void aSizeIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CheckPace(By.SIZE, 0));
    }
}
