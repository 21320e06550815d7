package dev.parley.application.turn;

import dev.parley.application.port.Cancellation;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.TurnId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The turns that this process drives right now, and the door that is shut when it is to end. */
public final class RunningTurns {

    private static final Logger LOG = LoggerFactory.getLogger(RunningTurns.class);

    private final Set<Run> runs = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Lets a run in, before the store hears of it.
     *
     * @throws Refusal when the process is about to end
     */
    Run enter(TurnId turn, Cancellation cancellation) {
        Run run = new Run(turn, cancellation);
        runs.add(run);
        if (closed) {
            run.close();
            throw Refusal.of(
                    Refusal.Code.UNAVAILABLE, "The server is stopping and takes no new turns; repeat the request soon");
        }
        return run;
    }

    /** The turns that are being driven. Does not block. */
    public Set<TurnId> ids() {
        return runs.stream().map(run -> run.turn).collect(Collectors.toSet());
    }

    /** Whether new turns are taken. */
    public boolean isOpen() {
        return !closed;
    }

    /**
     * Takes no new turns, lets the running ones go on for a time, then has them end. Blocks until all have ended, at most
     * twice the time.
     */
    public void drain(Duration grace) {
        closed = true;
        if (runs.isEmpty()) {
            return;
        }
        LOG.info("Stopping: {} running turns have {} ms to end", runs.size(), grace.toMillis());
        if (!awaitEmpty(grace)) {
            LOG.info("Stopping: {} turns did not end in time and are being broken off", runs.size());
            runs.forEach(run -> run.cancellation.request(Cancellation.Reason.SHUTDOWN));
            awaitEmpty(grace);
        }
    }

    private boolean awaitEmpty(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        synchronized (runs) {
            try {
                while (!runs.isEmpty()) {
                    long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                    if (left <= 0) {
                        return false;
                    }
                    runs.wait(left);
                }
                return true;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** One thread's driving of one turn; two may drive the same one while they find out which of them may. */
    final class Run implements AutoCloseable {

        private final TurnId turn;
        private final Cancellation cancellation;

        private Run(TurnId turn, Cancellation cancellation) {
            this.turn = turn;
            this.cancellation = cancellation;
        }

        @Override
        public void close() {
            runs.remove(this);
            if (closed) {
                synchronized (runs) {
                    runs.notifyAll();
                }
            }
        }
    }
}
