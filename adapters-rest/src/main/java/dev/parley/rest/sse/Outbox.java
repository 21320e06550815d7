package dev.parley.rest.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.rest.json.RawJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a client is sent over its socket: messages, lines of streams as messages, signs of life, and that the socket ends. */
final class Outbox implements EventStream.Owner {

    private static final byte LINE_END = '\n';

    /** How long a client that is told that the socket ends may take to end it, before it is cut off. */
    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(1);

    private final Channel channel;
    private final EventLoop loop;
    private final StreamSettings settings;
    private final Heartbeat heartbeat;
    private final AtomicLong unreadWords = new AtomicLong();

    // The event loop only.
    private boolean saidClose;

    Outbox(Channel channel, StreamSettings settings) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.settings = settings;
        this.heartbeat = new Heartbeat(loop, settings.heartbeat(), this::ping);
    }

    /** Called on the event loop. */
    void begin() {
        heartbeat.start();
        channel.closeFuture().addListener(_ -> heartbeat.stop());
    }

    /** Sends a message, as long as the client takes what it is sent: one that does not is cut off. Does not block. */
    void say(RawJson message) {
        byte[] bytes = message.text().getBytes(UTF_8);
        if (unreadWords.addAndGet(bytes.length) > settings.maxPending() + (long) bytes.length) {
            var _ = channel.close();
            return;
        }
        loop.execute(() -> {
            if (saidClose) {
                unreadWords.addAndGet(-bytes.length); // no message may follow
                return;
            }
            heartbeat.sent();
            channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(bytes)))
                    .addListener(_ -> unreadWords.addAndGet(-bytes.length));
        });
    }

    @Override
    public boolean wantsSignsOfLife() {
        return false; // the socket has its own
    }

    @Override
    public void open(EventStream stream) {
        stream.connect(new Lines(stream));
        stream.start();
    }

    /** For a client that does not answer the goodbye. */
    private void closeLate() {
        var _ = channel.close();
    }

    /**
     * Says that the socket ends, behind all that was said before. The client closes the connection in answer; what it still
     * sends until then is not read, but taken. Does not block.
     */
    void close(WebSocketCloseStatus status) {
        loop.execute(() -> {
            sayClose(status);
            var late = loop.schedule(this::closeLate, TIME_TO_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(_ -> late.cancel(false));
        });
    }

    /** Says that the socket ends, unless that was said. Called on the event loop. */
    void sayClose(WebSocketCloseStatus status) {
        if (!saidClose && channel.isActive()) {
            saidClose = true;
            var _ = channel.writeAndFlush(new CloseWebSocketFrame(status));
        }
    }

    private void ping() {
        if (channel.isWritable() && !saidClose) {
            var _ = channel.writeAndFlush(new PingWebSocketFrame());
        }
    }

    private final class Lines implements EventStream.Outlet {

        private final EventStream stream;

        Lines(EventStream stream) {
            this.stream = stream;
        }

        @Override
        public void add(ByteBuf events) {
            int length = events.readableBytes();
            @Nullable ChannelFuture last = null;
            while (events.isReadable()) {
                ByteBuf line = events.readRetainedSlice(events.bytesBefore(LINE_END));
                events.skipBytes(1);
                last = channel.write(new TextWebSocketFrame(line));
            }
            events.release();
            heartbeat.sent();
            channel.flush();
            if (last != null) {
                last.addListener(_ -> stream.onBytesConsumed(length));
            }
        }

        @Override
        public void complete() {}
    }
}
