package dev.parley.rest.sse;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way to whoever hears them, one after the other, away from the event loop. While there is one, nothing is
 * read from the client. So no more ever waits here than what the read of the first one has brought with it, which is one
 * buffer of the event loop's (64 KiB): reading is taken up again by the event loop alone, which knows that no message has
 * come meanwhile because it would have brought it.
 */
final class Inbox {

    private final Channel channel;
    private final String name;
    private final Consumer<byte[]> hearer;

    // Guarded by this.
    private final Queue<byte[]> messages = new ArrayDeque<>();
    private boolean heard;

    /**
     * @param name of the threads on which messages are heard
     * @param hearer may block; must not throw
     */
    Inbox(Channel channel, String name, Consumer<byte[]> hearer) {
        this.channel = channel;
        this.name = name;
        this.hearer = hearer;
    }

    /** Called on the event loop. */
    void add(byte[] message) {
        var _ = channel.config().setAutoRead(false);
        synchronized (this) {
            messages.add(message);
            if (heard) {
                return;
            }
            heard = true;
        }
        Thread.ofVirtual().name(name).start(this::hearAll);
    }

    private void hearAll() {
        for (byte[] message = next(); message != null; message = next()) {
            hearer.accept(message);
        }
        channel.eventLoop().execute(this::readOn);
    }

    private void readOn() {
        if (isQuiet()) {
            var _ = channel.config().setAutoRead(true);
        }
    }

    private synchronized boolean isQuiet() {
        return !heard;
    }

    private synchronized byte @Nullable [] next() {
        byte[] message = messages.poll();
        heard = message != null;
        return message;
    }
}
