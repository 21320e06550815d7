package dev.parley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void aCloserReasonLeavesTheRestAsItIs() {
        Refusal plain = Refusal.invalid("input", "Give an input");
        Refusal closer = plain.because(Refusal.Reason.MISSING_PARAMETER);

        assertThat(closer.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(closer.field()).hasValue("input");
        assertThat(closer.explanation()).isEqualTo("Give an input");
        assertThat(closer.reason()).hasValue(Refusal.Reason.MISSING_PARAMETER);
        assertThat(plain.reason()).isEmpty();
    }
}
