package dev.parley.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.JsonText;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViolationTest {

    @ParameterizedTest
    @CsvSource({"INFO, false", "WARN, false", "ERROR, true"})
    void onlyErrorsStopATurn(Violation.Level level, boolean stops) {
        assertThat(violation(level, Optional.empty()).stops()).isEqualTo(stops);
    }

    @Test
    void theShieldsOwnWordsAreTheRefusal() {
        assertThat(violation(Violation.Level.ERROR, Optional.of("No.")).refusal())
                .isEqualTo("No.");
    }

    @Test
    void aShieldWithoutWordsStillRefusesInWords() {
        assertThat(violation(Violation.Level.ERROR, Optional.empty()).refusal()).isEqualTo("I can't help with that.");
        assertThat(violation(Violation.Level.ERROR, Optional.of(" ")).refusal()).isEqualTo("I can't help with that.");
    }

    private static Violation violation(Violation.Level level, Optional<String> userMessage) {
        return new Violation(level, userMessage, JsonText.EMPTY_OBJECT);
    }
}
