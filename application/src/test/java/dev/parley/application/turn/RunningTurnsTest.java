package dev.parley.application.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.Together;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.TurnId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RunningTurnsTest {

    private static final TurnId TURN = new TurnId("a turn");
    private static final Duration LONG = Duration.ofSeconds(10);

    private final RunningTurns running = new RunningTurns();
    private final Cancellation cancellation = new Cancellation();

    @Test
    void aTurnIsAmongThemWhileItRuns() {
        try (RunningTurns.Run _ = running.enter(TURN, cancellation)) {
            assertThat(running.ids()).containsExactly(TURN);
        }
        assertThat(running.ids()).isEmpty();
    }

    @Test
    void oneOfTwoRunsOfATurnMayEndBeforeTheOther() {
        RunningTurns.Run first = running.enter(TURN, cancellation);
        RunningTurns.Run second = running.enter(TURN, new Cancellation());

        first.close();

        assertThat(running.ids()).containsExactly(TURN);
        second.close();
        assertThat(running.ids()).isEmpty();
    }

    @Test
    void withNothingRunningTheDoorIsShutAtOnce() {
        assertThat(running.isOpen()).isTrue();

        running.drain(Duration.ofDays(1));

        assertThat(running.isOpen()).isFalse();
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> running.enter(TURN, cancellation));
        assertThat(refusal.code()).isEqualTo(Refusal.Code.UNAVAILABLE);
        assertThat(running.ids()).isEmpty();
    }

    @Test
    void aTurnThatEndsInTimeIsLeftAlone() {
        RunningTurns.Run run = running.enter(TURN, cancellation);
        Future<Boolean> draining = draining(LONG);
        awaitShut();

        run.close();

        assertThat(Patient.get(draining)).isTrue();
        assertThat(cancellation.requested()).isEmpty();
    }

    @Test
    void aTurnThatDoesNotEndInTimeIsToldToAndWaitedFor() {
        RunningTurns.Run run = running.enter(TURN, cancellation);
        CountDownLatch told = new CountDownLatch(1);
        cancellation.onRequest(told::countDown);
        Future<Boolean> draining = draining(Duration.ofMillis(1));
        Patient.await(told);
        assertThat(cancellation.requested()).contains(Cancellation.Reason.SHUTDOWN);
        assertThat(draining.isDone()).isFalse();

        run.close();

        assertThat(Patient.get(draining)).isTrue();
    }

    @Test
    void withoutGraceTurnsAreStillGivenTheTimeToBeMarked() {
        RunningTurns.Run run = running.enter(TURN, cancellation);
        cancellation.onRequest(() -> Thread.startVirtualThread(run::close));

        running.drain(Duration.ZERO);

        assertThat(running.ids()).isEmpty();
    }

    @Test
    void oneTurnThatDoesNotWantToEndKeepsNoOtherFromBeingTold() {
        Cancellation stubborn = new Cancellation();
        stubborn.onRequest(() -> {
            throw new IllegalStateException("no");
        });
        Future<Boolean> draining;
        try (RunningTurns.Run _ = running.enter(TURN, stubborn);
                RunningTurns.Run _ = running.enter(new TurnId("another"), cancellation)) {
            CountDownLatch told = new CountDownLatch(1);
            cancellation.onRequest(told::countDown);

            draining = draining(Duration.ofMillis(1));

            Patient.await(told);
        }
        assertThat(Patient.get(draining)).isTrue();
    }

    @Test
    void aTurnThatDoesNotEndAtAllIsGivenUp() {
        RunningTurns impatient = new RunningTurns(Duration.ofMillis(1));
        try (RunningTurns.Run _ = impatient.enter(TURN, cancellation)) {
            impatient.drain(Duration.ZERO);

            assertThat(cancellation.requested()).contains(Cancellation.Reason.SHUTDOWN);
            assertThat(impatient.ids()).containsExactly(TURN);
        }
    }

    @RepeatedTest(20)
    void noTurnSlipsInUnseenWhileTheDoorIsBeingShut() {
        List<Boolean> outcomes = Together.run(List.of(this::triesToEnter, this::triesToEnter, () -> {
            running.drain(LONG);
            return running.ids().isEmpty();
        }));

        assertThat(outcomes.getLast()).isTrue();
    }

    private boolean triesToEnter() {
        try (RunningTurns.Run _ = running.enter(TURN, cancellation)) {
            return true;
        } catch (Refusal refused) {
            assertThat(refused.code()).isEqualTo(Refusal.Code.UNAVAILABLE);
            return false;
        }
    }

    private Future<Boolean> draining(Duration grace) {
        return Patient.start(() -> {
            running.drain(grace);
            return true;
        });
    }

    private void awaitShut() {
        while (running.isOpen()) {
            Thread.onSpinWait();
        }
    }
}
