package dev.parley.rest.sse;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gives a sign of life whenever a connection was silent for so long. The event loop only. */
final class Heartbeat {

    private final EventLoop loop;
    private final long interval;
    private final Runnable sign;
    private long lastSent;
    private boolean stopped;
    private @Nullable Future<?> next;

    /** @param sign gives it, or does nothing where it is of no use just now */
    Heartbeat(EventLoop loop, Duration interval, Runnable sign) {
        this.loop = loop;
        this.interval = interval.toNanos();
        this.sign = sign;
    }

    void start() {
        sent();
        beatAfter(interval);
    }

    /** Something was sent, which is a sign of life as well. */
    void sent() {
        lastSent = System.nanoTime();
    }

    void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    private void beatAfter(long nanos) {
        if (!stopped) {
            next = loop.schedule(this::beat, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void beat() {
        long left = interval - (System.nanoTime() - lastSent);
        if (left > 0) {
            beatAfter(left);
            return;
        }
        sign.run();
        beatAfter(interval);
    }
}
