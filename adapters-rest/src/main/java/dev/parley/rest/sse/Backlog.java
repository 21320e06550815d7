package dev.parley.rest.sse;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a reader has been handed and has not taken yet, and those who wait for it to take more. */
final class Backlog {

    /** How a wait for a reader ended. */
    enum Wait {
        /** The reader is near enough, or nobody is to wait for it any more. */
        OVER,
        LEFT,
        /** It has taken nothing for so long that it counts as gone; it has left from now on. */
        STALLED
    }

    private final Duration stallTimeout;

    // Guarded by this.
    private long unread;
    private boolean left;
    private boolean hurried;

    Backlog(Duration stallTimeout) {
        this.stallTimeout = stallTimeout;
    }

    /** So many bytes more are on their way. */
    synchronized void add(long bytes) {
        unread += bytes;
    }

    synchronized void take(long bytes) {
        unread -= Math.min(bytes, unread);
        notifyAll();
    }

    synchronized void leave() {
        left = true;
        notifyAll();
    }

    /** From now on nobody waits for the reader. */
    synchronized void hurry() {
        hurried = true;
        notifyAll();
    }

    synchronized boolean hasLeft() {
        return left;
    }

    synchronized boolean isEmpty() {
        return unread == 0;
    }

    /** Blocks until no more than so many bytes are on their way, or nobody is to wait for that any more. */
    synchronized Wait await(long mostUnread) {
        long deadline = System.nanoTime() + stallTimeout.toNanos();
        while (!left && !hurried && unread > mostUnread) {
            long before = unread;
            long patience = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (patience <= 0) {
                left = true;
                return Wait.STALLED;
            }
            try {
                wait(patience);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Wait.LEFT;
            }
            if (unread < before) {
                deadline = System.nanoTime() + stallTimeout.toNanos();
            }
        }
        return left ? Wait.LEFT : Wait.OVER;
    }
}
