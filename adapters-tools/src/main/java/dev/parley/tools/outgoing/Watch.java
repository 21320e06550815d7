package dev.parley.tools.outgoing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs an action when a time is over, unless it was closed before. */
public final class Watch implements AutoCloseable {

    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final CompletableFuture<Void> heard;
    private volatile boolean struck;

    public Watch(Duration limit, Runnable action) {
        heard = over.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).whenComplete((_, tooLate) -> {
            if (tooLate != null) {
                struck = true;
                // closing a connection may take a moment, which is not the timer's
                Thread.ofVirtual().name("watch").start(action);
            }
        });
    }

    /** Whether the time was over before it was closed. */
    public boolean hasStruck() {
        return struck;
    }

    @Override
    public void close() {
        if (!heard.isDone()) {
            over.complete(null);
        }
    }
}
