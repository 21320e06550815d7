package dev.parley.application.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.testing.StoreScene;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every set of shields does. */
public abstract class ShieldsContract {

    private final Owner owner = StoreScene.someOwner();
    private Shields shields;

    protected abstract Shields shields();

    /** A shield that stops {@link #harmful} words. */
    protected abstract String strict();

    /** Another shield that stops {@link #harmful} words, in a way that can be told from the first. */
    protected abstract String alsoStrict();

    /** A shield that notes {@link #harmful} words and lets them pass. */
    protected abstract String lenient();

    /** A shield that exists and gives no verdict. */
    protected abstract String broken();

    protected abstract String harmful();

    protected abstract String harmless();

    @BeforeEach
    final void open() {
        shields = shields();
    }

    @Test
    void shieldsThatExistAreKnown() {
        assertThatNoException().isThrownBy(() -> shields.requireKnown(owner, List.of(), "guardrails"));
        assertThatNoException()
                .isThrownBy(() -> shields.requireKnown(owner, List.of(strict(), lenient()), "guardrails"));
    }

    @Test
    void aShieldThatDoesNotExistIsRefusedByName() {
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> shields.requireKnown(owner, List.of(strict(), "no-such-shield"), "guardrails"));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.field()).hasValue("guardrails");
        assertThat(refusal.explanation()).contains("no-such-shield");
    }

    @Test
    void harmlessWordsPass() throws BrokenOff {
        assertThat(check(harmless(), strict(), lenient(), alsoStrict())).isEmpty();
    }

    @Test
    void aViolationThatStopsCountsMoreThanALesserOneBeforeIt() throws BrokenOff {
        assertThat(check(harmful(), lenient()).orElseThrow().stops()).isFalse();
        assertThat(check(harmful(), lenient(), strict()).orElseThrow().stops()).isTrue();
    }

    @Test
    void ofTwoThatStopTheFirstInOrderCounts() throws BrokenOff {
        Violation first = check(harmful(), strict()).orElseThrow();
        Violation second = check(harmful(), alsoStrict()).orElseThrow();

        assertThat(first).isNotEqualTo(second);
        assertThat(check(harmful(), strict(), alsoStrict())).contains(first);
        assertThat(check(harmful(), alsoStrict(), strict())).contains(second);
    }

    @Test
    void aShieldWithoutAVerdictBreaksTheTurnOff() {
        BrokenOff broken = catchThrowableOfType(BrokenOff.class, () -> check(harmless(), strict(), broken()));

        assertThat(broken.failure().code()).isEqualTo(Failure.Code.SHIELD_FAILED);
        assertThat(broken.failure().message()).isNotBlank();
    }

    private Optional<Violation> check(String words, String... names) throws BrokenOff {
        return shields.check(
                owner, List.of(names), Touchpoint.USER_INPUT, List.of(Message.User.of(words)), new Cancellation());
    }
}
