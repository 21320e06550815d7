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

    /** How long a turn that is told to end may take to be stored as it is. */
    private static final Duration TIME_TO_END = Duration.ofSeconds(5);

    private final Set<Run> runs = ConcurrentHashMap.newKeySet();
    private final Duration timeToEnd;
    private volatile boolean closed;

    public RunningTurns() {
        this(TIME_TO_END);
    }

    RunningTurns(Duration timeToEnd) {
        this.timeToEnd = timeToEnd;
    }

    /**
     * Lets a run in, before the store hears of it.
     *
     * @throws Refusal when the process is about to end
     */
    public Run enter(TurnId turn, Cancellation cancellation) {
        return enter(turn, cancellation, false);
    }

    /**
     * Lets a run in that another process can go on with, so that this one need not wait for its end when it is to end itself.
     *
     * @throws Refusal when the process is about to end
     */
    public Run enterMovable(TurnId turn, Cancellation cancellation) {
        return enter(turn, cancellation, true);
    }

    private Run enter(TurnId turn, Cancellation cancellation, boolean movable) {
        Run run = new Run(turn, cancellation, movable);
        runs.add(run);
        if (closed) {
            run.close();
            throw stopping();
        }
        return run;
    }

    /** @throws Refusal when the process is about to end */
    void requireOpen() {
        if (closed) {
            throw stopping();
        }
    }

    private static Refusal stopping() {
        return Refusal.of(
                Refusal.Code.UNAVAILABLE, "The server is stopping and takes no new turns; repeat the request soon");
    }

    /** The turns that are being driven. Does not block. */
    public Set<TurnId> ids() {
        return runs.stream().map(run -> run.turn).collect(Collectors.toSet());
    }

    /** Has the turn called off where this process drives it. Does not block. */
    public void callOff(TurnId turn) {
        runs.stream()
                .filter(run -> run.turn.equals(turn))
                .forEach(run -> run.cancellation.request(Cancellation.Reason.CLIENT_LEFT));
    }

    /** Whether new turns are taken. */
    public boolean isOpen() {
        return !closed;
    }

    /**
     * Takes no new turns, has those end that another process can go on with, lets the others go on for a time, then has them
     * end, too. Blocks until all have ended, or have
     * not done so for some seconds after they were told to.
     */
    public void drain(Duration grace) {
        closed = true;
        if (runs.isEmpty()) {
            return;
        }
        runs.stream().filter(run -> run.movable).forEach(run -> run.cancellation.request(Cancellation.Reason.SHUTDOWN));
        LOG.info("Stopping: {} running turns have {} ms to end", runs.size(), grace.toMillis());
        if (!awaitEmpty(grace)) {
            LOG.info("Stopping: {} turns did not end in time and are being broken off", runs.size());
            runs.forEach(run -> run.cancellation.request(Cancellation.Reason.SHUTDOWN));
            if (!awaitEmpty(timeToEnd)) {
                LOG.warn(
                        "Stopping: {} turns did not end; they are left to be marked by whoever finds them",
                        runs.size());
            }
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
    public final class Run implements AutoCloseable {

        private final TurnId turn;
        private final Cancellation cancellation;
        private final boolean movable;

        private Run(TurnId turn, Cancellation cancellation, boolean movable) {
            this.turn = turn;
            this.cancellation = cancellation;
            this.movable = movable;
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
