package dev.parley.bootstrap;

import dev.parley.application.turn.RecoverTurns;
import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PostConstruct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says regularly that this process lives and picks up what dead ones left. The first time is before the server listens:
 * another replica would take the turns of a process that never said so for abandoned.
 */
@Context
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final RecoverTurns recovery;
    private volatile boolean stopped;

    Heartbeat(RecoverTurns recovery) {
        this.recovery = recovery;
    }

    @PostConstruct
    void first() {
        recovery.recover();
    }

    @Scheduled(initialDelay = "${parley.replica.heartbeat:2s}", fixedDelay = "${parley.replica.heartbeat:2s}")
    void next() {
        if (stopped) {
            return;
        }
        try {
            recovery.recover();
        } catch (RuntimeException failure) {
            LOG.warn("The database does not answer, so turns can't be stored: {}", StartFailure.explain(failure));
        }
    }

    /** No more signs of life: the process is about to sign off. */
    void stop() {
        stopped = true;
    }
}
