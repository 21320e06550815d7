package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wish that a run should end early, made at most once by whoever has the reason and heard by whatever is under way.
 * It is a value of its own, not a thread's interruption, because an interrupted thread would also lose the write that
 * keeps the turn.
 */
public final class Cancellation {

    /** Why a run should end. */
    public enum Reason {
        /** Nobody reads any more, or the client called the turn off. */
        CLIENT_LEFT,
        /** This process is about to end. */
        SHUTDOWN,
        /** Somebody else has moved the turn on, so nothing that comes of the run counts. */
        TAKEN
    }

    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final List<Listener> listeners = new ArrayList<>();

    @Nullable
    private Reason reason;

    /**
     * Makes the wish, and runs what waits for it on this thread. Only the first wish counts. An action that throws is
     * logged, and keeps no other from running.
     */
    public void request(Reason why) {
        requireNonNull(why, "why");
        List<Listener> toRun;
        synchronized (listeners) {
            if (reason != null) {
                return;
            }
            reason = why;
            toRun = List.copyOf(listeners);
            listeners.clear();
        }
        requested.countDown();
        toRun.forEach(Listener::hear);
    }

    /** Why the run should end; empty while it may go on. Does not block. */
    public Optional<Reason> requested() {
        synchronized (listeners) {
            return Optional.ofNullable(reason);
        }
    }

    /**
     * Has the action run when the wish is made, at once if it was made already. The action must not block.
     *
     * @return ends the registration; an action that has begun to run by then is not waited for
     */
    public Registration onRequest(Runnable action) {
        Listener listener = new Listener(action);
        boolean late;
        synchronized (listeners) {
            late = reason != null;
            if (!late) {
                listeners.add(listener);
            }
        }
        if (late) {
            listener.hear();
        }
        return () -> {
            synchronized (listeners) {
                listeners.remove(listener);
            }
        };
    }

    /**
     * Has another wish be made when this one is, for the same reason; the other may be made without this one.
     *
     * @return ends the registration
     */
    public Registration passTo(Cancellation other) {
        return onRequest(() -> requested().ifPresent(other::request));
    }

    /**
     * Blocks for a time, or until the wish is made.
     *
     * @return whether the wish was made
     */
    public boolean await(Duration time) {
        try {
            return requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** A registration that ends when closed. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** One registration of an action; the same action may be registered twice. */
    private static final class Listener {

        private final Runnable action;

        private Listener(Runnable action) {
            this.action = requireNonNull(action, "action");
        }

        private void hear() {
            try {
                action.run();
            } catch (RuntimeException mistake) {
                LOG.error("What was to end when a run is called off threw", mistake);
            }
        }
    }
}
