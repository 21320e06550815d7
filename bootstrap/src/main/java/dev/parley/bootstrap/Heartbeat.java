package dev.parley.bootstrap;

import dev.parley.application.turn.RecoverTurns;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says regularly that this process lives and picks up what dead ones left. */
@Singleton
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private static final Duration LAST_BEAT = Duration.ofSeconds(2);

    private final RecoverTurns recovery;
    private final Duration pause;
    private final ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("heartbeat").daemon().factory());

    Heartbeat(RecoverTurns recovery, @Value("${parley.replica.heartbeat:2s}") Duration pause) {
        this.recovery = recovery;
        this.pause = pause;
    }

    /**
     * Beats once before it returns, which must be before the server listens: another replica would take the turns of a
     * process that never said that it lives for abandoned.
     */
    void start() {
        recovery.recover();
        var _ = pulse.scheduleWithFixedDelay(this::next, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void next() {
        try {
            recovery.recover();
        } catch (RuntimeException failure) {
            LOG.warn("The database does not answer, so turns can't be stored: {}", StartFailure.explain(failure));
        }
    }

    /** No more signs of life: the process is about to sign off. Blocks for a moment while one is just being given. */
    void stop() {
        pulse.shutdown();
        try {
            if (!pulse.awaitTermination(LAST_BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("The last sign of life is still on its way to the database");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
