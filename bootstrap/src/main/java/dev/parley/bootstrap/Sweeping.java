package dev.parley.bootstrap;

import dev.parley.application.retrieval.SweepExpired;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes now and then what has expired. Not at the start, which it would only make longer. */
@Singleton
final class Sweeping {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeping.class);

    private static final Duration LAST_SWEEP = Duration.ofSeconds(2);

    private final SweepExpired sweep;
    private final Duration pause;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("sweep").factory());

    Sweeping(SweepExpired sweep, FilesConfiguration configuration) {
        this.sweep = sweep;
        this.pause = configuration.sweepInterval();
    }

    /** Does not block. Once only. */
    void start() {
        var _ = rounds.scheduleWithFixedDelay(this::next, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void next() {
        try {
            var _ = sweep.sweep();
        } catch (RuntimeException failure) {
            LOG.warn("What has expired could not be removed, and will be later: {}", StartFailure.explain(failure));
        }
    }

    /** Blocks for a moment while something is just being removed. What is not removed now is found again. */
    void stop() {
        rounds.shutdown();
        try {
            if (!rounds.awaitTermination(LAST_SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("What has expired is still being removed; the next process goes on with it");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
