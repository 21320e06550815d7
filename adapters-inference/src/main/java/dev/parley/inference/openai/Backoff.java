package dev.parley.inference.openai;

import dev.parley.application.port.Cancellation;
import dev.parley.inference.openai.AttemptFailed.Remedy;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before another request. */
final class Backoff {

    /** Waits; true when the wish to end came first. */
    @FunctionalInterface
    interface Waiting {
        boolean await(Cancellation cancellation, Duration time);
    }

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(8);

    /** A client that is asked to wait longer is better told so than kept. */
    private static final Duration LONGEST_ASKED = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private final Waiting waiting;

    Backoff(RandomGenerator random, Waiting waiting) {
        this.random = random;
        this.waiting = waiting;
    }

    /** Whether a provider that asks to be left alone for this long is worth waiting for. */
    static boolean isWorthIt(Remedy.Waiting waiting) {
        return waiting.asked().isEmpty() || waiting.asked().get().compareTo(LONGEST_ASKED) <= 0;
    }

    /**
     * Blocks before the n-th repetition, from 0: twice as long each time, less up to half by chance so that those who
     * failed together do not come back together; never shorter than the provider asks for.
     *
     * @return false when the wish to end came first
     */
    boolean pause(int repetition, Remedy.Waiting remedy, Cancellation cancellation) {
        long whole = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(repetition, 10));
        Duration ours = Duration.ofMillis(whole - (long) (random.nextDouble() * whole / 2));
        Duration time =
                remedy.asked().filter(theirs -> theirs.compareTo(ours) > 0).orElse(ours);
        return !waiting.await(cancellation, time);
    }
}
