package dev.parley.domain.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardAnswerTest {

    @ParameterizedTest
    @ValueSource(strings = {"safe", "\n\nsafe", "safe\n", " safe "})
    void safeIsOneWord(String text) {
        assertThat(GuardAnswer.of(text)).isEqualTo(new GuardAnswer.Safe());
    }

    @Test
    void unsafeComesWithItsHazards() {
        assertThat(GuardAnswer.of("\n\nunsafe\nS1,S10"))
                .isEqualTo(new GuardAnswer.Unsafe(List.of(Hazard.S1, Hazard.S10)));
        assertThat(GuardAnswer.of("unsafe\nS1, S9 ")).isEqualTo(new GuardAnswer.Unsafe(List.of(Hazard.S1, Hazard.S9)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "unsafe",
                "unsafe\n",
                "unsafe\nS15",
                "unsafe\nS1,",
                "unsafe\nviolence",
                "unsafe S1",
                "Safe",
                "SAFE",
                "safe.",
                "safely",
                "not safe",
                "safe\nunsafe\nS1",
                "safe\nS1",
                "I can't judge that.",
                "unsafe\nS1\nS2"
            })
    void whatHasAnotherFormSaysNothing(String text) {
        assertThat(GuardAnswer.of(text)).isEqualTo(new GuardAnswer.Unclear());
    }
}
