package dev.parley.application.safety;

import static dev.parley.application.safety.ScriptedJudges.shield;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Shields;
import dev.parley.application.port.ShieldsContract;
import dev.parley.domain.Owner;
import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class ServerShieldsTest extends ShieldsContract {

    private final KnownShields known = new ScriptedJudges()
            .knowing(
                    shield("a", "strict"),
                    shield("b", "strict"),
                    shield("c", "lenient"),
                    shield("d", "broken"),
                    shield("e", "throws"),
                    shield("f", "overtaxed"),
                    shield("g", "patient"));

    @Override
    protected Shields shields() {
        return new ServerShields(known);
    }

    @Override
    protected String strict() {
        return "a";
    }

    @Override
    protected String alsoStrict() {
        return "b";
    }

    @Override
    protected String lenient() {
        return "c";
    }

    @Override
    protected String broken() {
        return "d";
    }

    @Override
    protected String harmful() {
        return "something " + ScriptedJudges.BAD;
    }

    @Override
    protected String harmless() {
        return "something nice";
    }

    @Test
    void severalAreAskedAtTheSameTime() {
        CyclicBarrier bothAreThere = new CyclicBarrier(2);
        Shields shields = new ServerShields(new ScriptedJudges(() -> {
                    try {
                        bothAreThere.await();
                    } catch (InterruptedException | BrokenBarrierException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .knowing(shield("a", "strict"), shield("b", "strict")));

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(check(shields, "nice", "a", "b")).isEmpty());
    }

    @Test
    void aShieldThatThrowsFailsTheTurnAndTellsNoSecrets() {
        assertThatExceptionOfType(BrokenOff.class)
                .isThrownBy(() -> check(shields(), "nice", "e"))
                .satisfies(broken -> {
                    assertThat(broken.failure().code()).isEqualTo(Failure.Code.SHIELD_FAILED);
                    assertThat(broken.failure().message()).contains("'e'").doesNotContain("secret");
                });
    }

    /** Else a client would take the guard's window for that of its own model, and compact in vain. */
    @Test
    void whatBecameOfAShieldsModelIsNoAnswerOfTheTurns() {
        assertThatExceptionOfType(BrokenOff.class)
                .isThrownBy(() -> check(shields(), "nice", "f"))
                .satisfies(broken -> {
                    assertThat(broken.failure().code()).isEqualTo(Failure.Code.SHIELD_FAILED);
                    assertThat(broken.failure().message()).contains("'f'", "too small a window");
                });
    }

    @Test
    void theOthersAreCalledOffOnceOneObjects() throws BrokenOff {
        assertThat(check(shields(), "something " + ScriptedJudges.BAD, "a", "g"))
                .isPresent();
        assertThatExceptionOfType(BrokenOff.class).isThrownBy(() -> check(shields(), "nice", "d", "g"));
    }

    @Test
    void aShieldThatIsGoneFailsTheTurn() {
        assertThatExceptionOfType(BrokenOff.class)
                .isThrownBy(() -> check(shields(), "nice", "a", "gone"))
                .satisfies(broken -> assertThat(broken.failure().message()).contains("'gone'"));
    }

    private static Optional<Violation> check(Shields shields, String text, String... names) throws BrokenOff {
        return shields.check(
                Owner.SOLE, List.of(names), Touchpoint.USER_INPUT, List.of(Message.User.of(text)), new Cancellation());
    }
}
