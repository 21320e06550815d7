package dev.parley.rest.sse;

import dev.parley.application.port.Cancellation;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Whoever reads what a request's thread tells: the end of its connection, and what it means for the work that is told. */
final class Reader {

    private final Channel channel;
    private final Cancellation cancellation;

    /** @param cancellation of the work that is told; requested when the reader leaves */
    Reader(Channel channel, Cancellation cancellation) {
        this.channel = channel;
        this.cancellation = cancellation;
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /**
     * It has left. May be called again, on any thread; the wish to end is made on one of its own: what hears it closes
     * connections, and the event loop serves others.
     */
    void left() {
        Thread.ofVirtual().name("reader left").start(() -> cancellation.request(Cancellation.Reason.CLIENT_LEFT));
    }

    /** Closes the connection, whatever is still on its way. */
    void cutOff() {
        var _ = channel.close();
    }

    /**
     * Closes the connection once all that was written has gone out, or has not for so long.
     *
     * @param patience with a reader that takes nothing
     */
    void closeBehindLastWrite(Duration patience) {
        loop().execute(() -> {
            var late = loop().schedule(this::cutOff, patience.toMillis(), TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(_ -> late.cancel(false));
            // nothing, written behind everything
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        });
    }
}
