package dev.parley.application.port;

import static dev.parley.application.port.Cancellation.Reason.CLIENT_LEFT;
import static dev.parley.application.port.Cancellation.Reason.SHUTDOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.Patient;
import dev.parley.application.testing.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CancellationTest {

    private final Cancellation cancellation = new Cancellation();
    private final List<String> heard = new ArrayList<>();

    @Test
    void nothingIsRequestedAtFirst() {
        assertThat(cancellation.requested()).isEmpty();
        assertThat(cancellation.await(Duration.ZERO)).isFalse();
        assertThat(cancellation.await(Duration.ofNanos(1))).isFalse();
    }

    @Test
    void theFirstWishCounts() {
        cancellation.request(CLIENT_LEFT);
        cancellation.request(SHUTDOWN);

        assertThat(cancellation.requested()).contains(CLIENT_LEFT);
        assertThat(cancellation.await(Duration.ofDays(1))).isTrue();
    }

    @Test
    void whoeverWaitsHearsOfTheWish() {
        Future<Boolean> waiting = Patient.start(() -> cancellation.await(Duration.ofDays(1)));

        cancellation.request(CLIENT_LEFT);

        assertThat(Patient.get(waiting)).isTrue();
    }

    @Test
    void actionsRunOnceInTheirOrder() {
        cancellation.onRequest(() -> heard.add("first"));
        cancellation.onRequest(() -> heard.add("second"));

        cancellation.request(CLIENT_LEFT);
        cancellation.request(CLIENT_LEFT);

        assertThat(heard).containsExactly("first", "second");
    }

    @Test
    void anActionThatComesAfterTheWishRunsAtOnce() {
        cancellation.request(CLIENT_LEFT);

        Cancellation.Registration registration = cancellation.onRequest(() -> heard.add("late"));

        assertThat(heard).containsExactly("late");
        registration.close();
    }

    @Test
    void anActionWhoseRegistrationEndedDoesNotRun() {
        cancellation.onRequest(() -> heard.add("ended")).close();
        Runnable twice = () -> heard.add("twice");
        Cancellation.Registration one = cancellation.onRequest(twice);
        cancellation.onRequest(twice);
        one.close();
        one.close();

        cancellation.request(CLIENT_LEFT);

        assertThat(heard).containsExactly("twice");
    }

    @Test
    void anActionThatThrowsKeepsNoOtherFromRunning() {
        cancellation.onRequest(() -> {
            throw new IllegalStateException("the socket is closed already");
        });
        cancellation.onRequest(() -> heard.add("second"));

        cancellation.request(CLIENT_LEFT);

        assertThat(heard).containsExactly("second");
        assertThat(cancellation.requested()).contains(CLIENT_LEFT);
    }

    @Test
    void anInterruptedWaitEndsAndStaysInterrupted() {
        Future<Boolean> waiting = Patient.start(() -> {
            Thread.currentThread().interrupt();
            boolean ended = cancellation.await(Duration.ofDays(1));
            return ended && Thread.interrupted();
        });

        assertThat(Patient.get(waiting)).isTrue();
        assertThat(cancellation.requested()).isEmpty();
    }

    @RepeatedTest(20)
    void anActionRunsOnceHoweverTheWishAndItsRegistrationMeet() {
        AtomicInteger runs = new AtomicInteger();
        Callable<Boolean> request = () -> {
            cancellation.request(CLIENT_LEFT);
            return true;
        };
        Callable<Boolean> register = () -> {
            cancellation.onRequest(runs::incrementAndGet);
            return true;
        };

        Together.run(List.of(request, register, request));

        assertThat(runs).hasValue(1);
    }
}
