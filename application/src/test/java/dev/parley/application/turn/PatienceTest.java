package dev.parley.application.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Cancellation;
import dev.parley.application.testing.Patient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void whatComesAtOnceIsNotWaitedFor() {
        Optional<String> outcome = new Patience(Duration.ofDays(1)).until(() -> succeedAt(1), cancellation);

        assertThat(outcome).contains("done");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void itTriesAgainUntilSomethingComes() {
        Optional<String> outcome = new Patience(Duration.ofDays(1)).until(() -> succeedAt(4), cancellation);

        assertThat(outcome).contains("done");
        assertThat(attempts).hasValue(4);
    }

    @Test
    void withoutTimeItTriesOnce() {
        assertThat(new Patience(Duration.ZERO).until(() -> succeedAt(2), cancellation))
                .isEmpty();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void itTriesOnceMoreWhenTheTimeIsOver() {
        // 5 ms, then 10 ms of which 2 are left
        assertThat(new Patience(Duration.ofMillis(7)).until(() -> succeedAt(4), cancellation))
                .isEmpty();
        assertThat(attempts).hasValue(3);
    }

    @Test
    void itEndsWhenNobodyWaitsAnyMore() {
        CountDownLatch tried = new CountDownLatch(1);
        Future<Optional<String>> waiting = Patient.start(() -> new Patience(Duration.ofDays(1))
                .until(
                        () -> {
                            tried.countDown();
                            return Optional.empty();
                        },
                        cancellation));
        Patient.await(tried);

        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(Patient.get(waiting)).isEmpty();
    }

    private Optional<String> succeedAt(int attempt) {
        return attempts.incrementAndGet() >= attempt ? Optional.of("done") : Optional.empty();
    }
}
