package dev.parley.tools.mcp.wire;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A wish to have something from a server of tools, which can be given up from any thread while another waits for it. */
public final class Ask {

    private final CountDownLatch givenUp = new CountDownLatch(1);

    @Nullable
    private WireFailed end;

    @Nullable
    private Runnable undoing;

    @Nullable
    private String requestId;

    /** Notes what has to be done when it is given up, in the place of what was noted before; at once if it was already. */
    public void underWay(Runnable undo) {
        boolean late;
        synchronized (this) {
            undoing = undo;
            late = end != null;
        }
        if (late) {
            undo.run();
        }
    }

    /** Notes which request it has become. */
    public synchronized void sentAs(String id) {
        requestId = id;
    }

    /** Which request it has become; empty before it is sent. */
    public synchronized Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** Gives it up. Only the first reason counts. */
    public void giveUp(WireFailed why) {
        Runnable toRun;
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = why;
            toRun = undoing;
        }
        givenUp.countDown();
        if (toRun != null) {
            toRun.run();
        }
    }

    /** Why it was given up; empty while it was not. */
    public synchronized Optional<WireFailed> end() {
        return Optional.ofNullable(end);
    }

    /**
     * Blocks for a time, or until it is given up.
     *
     * @throws WireFailed why it was given up, or that the thread was interrupted
     */
    void pause(Duration time) throws WireFailed {
        try {
            if (givenUp.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw end().orElseThrow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw WireFailed.of(WireFailed.Kind.CALLED_OFF, "the wait for it was interrupted");
        }
    }
}
