package dev.parley.application.turn;

import dev.parley.application.port.Cancellation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Tries again, ever less often, until something comes of it or too much time was spent waiting. */
final class Patience {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final Duration limit;

    Patience(Duration limit) {
        this.limit = limit;
    }

    /** What the attempt gave; empty when it gave nothing in time, or nobody wants it any more. Blocks. */
    <T> Optional<T> until(Supplier<Optional<T>> attempt, Cancellation cancellation) {
        Duration left = limit;
        Duration pause = FIRST_PAUSE;
        while (true) {
            Optional<T> outcome = attempt.get();
            if (outcome.isPresent() || !left.isPositive()) {
                return outcome;
            }
            Duration next = pause.compareTo(left) < 0 ? pause : left;
            if (cancellation.await(next)) {
                return Optional.empty();
            }
            left = left.minus(next);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }
}
