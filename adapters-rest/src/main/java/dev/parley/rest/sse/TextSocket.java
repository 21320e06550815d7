package dev.parley.rest.sse;

import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.ABNORMAL_CLOSURE;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.ENDPOINT_UNAVAILABLE;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.INTERNAL_SERVER_ERROR;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.MESSAGE_TOO_BIG;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.NORMAL_CLOSURE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Cancellation;
import dev.parley.rest.error.Problem;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.trace.TraceId;
import io.micronaut.http.HttpStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket08FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One client's socket. Messages of text come and go; those that tell a turn are the lines that its encoder writes. A client
 * that reads slowly holds back the turns that it is told, each by itself; one that leaves has all of them called off.
 */
public final class TextSocket {

    private static final Logger LOG = LoggerFactory.getLogger(TextSocket.class);
    private static final String DECODER = "wsdecoder";
    private static final byte LINE_END = '\n';

    /** How long a client that is told that the socket ends may take to end it, before it is cut off. */
    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(1);

    /** Who talks with the client. */
    public interface Host {
        /** A message has come. Called by one thread at a time, while no more is read from the client. */
        void hear(byte[] message);

        /** Something has come that can't be heard. Called on the event loop; must not block. */
        void mishear(Problem problem);
    }

    private record Farewell(WebSocketCloseStatus status, Optional<RawJson> lastWords) {}

    private final Channel channel;
    private final EventLoop loop;
    private final TraceId trace;
    private final StreamSettings settings;
    private final int longestMessage;
    private final Inbox inbox = new Inbox();
    private final AtomicLong unreadWords = new AtomicLong();

    // Set on the event loop before anything is received.
    private @Nullable Host host;

    // The event loop only.
    private Gathering gathering = new Gathering();
    private boolean saidClose;
    private long lastSent;
    private @Nullable Future<?> nextBeat;

    // Guarded by this.
    private int telling;
    private @Nullable Farewell farewell;

    TextSocket(Channel channel, TraceId trace, StreamSettings settings, int longestMessage) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.trace = trace;
        this.settings = settings;
        this.longestMessage = longestMessage;
    }

    /** The most bytes that a message of the client may have. */
    public int longestMessage() {
        return longestMessage;
    }

    void begin(Host talking) {
        host = talking;
        limitFrames(channel.pipeline());
        lastSent = System.nanoTime();
        beatAfter(settings.heartbeat().toNanos());
        channel.closeFuture().addListener(_ -> stopBeating());
    }

    /** The framework's own decoder has a limit of its own, and closes the connection where it can still be said why. */
    private void limitFrames(ChannelPipeline pipeline) {
        if (pipeline.get(DECODER) instanceof WebSocket08FrameDecoder) {
            pipeline.replace(
                    DECODER,
                    DECODER,
                    new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                            .maxFramePayloadLength(longestMessage)
                            .allowExtensions(false)
                            .closeOnProtocolViolation(false)
                            .build()));
        }
    }

    /** Sends a message, as long as the client takes what it is sent: one that does not is cut off. Does not block. */
    public void say(RawJson message) {
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
            lastSent = System.nanoTime();
            channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(bytes)))
                    .addListener(_ -> unreadWords.addAndGet(-bytes.length));
        });
    }

    /**
     * Tells a turn as it happens. Blocks until the turn rests and the client has taken all of it, or has left. No turn begins
     * when the client has left before, or the socket is to end.
     *
     * @param encoder writes one message on each line
     * @param words what the client is sent when the turn is refused, or fails before there was anything to tell
     * @return why the turn came to nothing, which the client has been told
     */
    public Optional<Problem> tell(TurnEncoder encoder, TurnResponses.Work work, Function<Problem, RawJson> words) {
        if (!channel.isActive()) {
            return Optional.empty();
        }
        var cancellation = new Cancellation();
        var stream = EventStream.to(new Reader(channel, cancellation), encoder, settings, new Told());
        var problem = new CompletableFuture<Optional<Problem>>();
        if (!beginTelling()) {
            return Optional.empty();
        }
        try (var _ = new ReaderWatch(channel, stream::leave)) {
            TurnResponses.runHere(
                    trace,
                    () -> work.run(stream, cancellation),
                    Problem::of,
                    _ -> {
                        stream.end();
                        problem.complete(Optional.empty());
                    },
                    broken -> {
                        if (stream.closeUnopened()) {
                            say(words.apply(broken));
                        } else {
                            stream.endWith(broken);
                        }
                        problem.complete(Optional.of(broken));
                    });
            stream.awaitTaken();
        } finally {
            endTelling();
        }
        return problem.join();
    }

    /** Ends the socket once nothing is told on it any more. Does not block. */
    public void end(RawJson lastWords) {
        leaveWith(new Farewell(NORMAL_CLOSURE, Optional.of(lastWords)));
    }

    /** The same because this process ends. */
    CompletableFuture<Void> goAway() {
        leaveWith(new Farewell(ENDPOINT_UNAVAILABLE, Optional.empty()));
        var gone = new CompletableFuture<Void>();
        channel.closeFuture().addListener(_ -> gone.complete(null));
        return gone;
    }

    /** Runs something later on the event loop, unless the socket is closed by then; it must not block. */
    public void after(Duration time, Runnable action) {
        var timer = loop.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> timer.cancel(false));
    }

    void receive(WebSocketFrame frame) {
        try {
            gathering.add(frame);
            if (frame.isFinalFragment()) {
                Gathering all = gathering;
                gathering = new Gathering();
                all.end();
            }
        } finally {
            frame.release();
        }
    }

    /** The client closes the socket, or has answered that it is closed, or the connection has ended without that. */
    void closed(int code) {
        if (code != ABNORMAL_CLOSURE.code()) {
            sayClose(
                    WebSocketCloseStatus.isValidStatusCode(code) ? WebSocketCloseStatus.valueOf(code) : NORMAL_CLOSURE);
        }
    }

    /** What has come is no more a socket's, or this server has made a mistake. */
    void broken(Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException corrupted -> {
                if (corrupted.closeStatus().equals(MESSAGE_TOO_BIG)) {
                    // nothing more can be read, but what runs can be told
                    host().mishear(tooLarge());
                    leaveWith(new Farewell(MESSAGE_TOO_BIG, Optional.empty()));
                } else {
                    loop.execute(() -> closeSoon(corrupted.closeStatus()));
                }
            }
            case IOException _ -> {
                var _ = channel.close();
            }
            default -> {
                LOG.error("request {}: a socket was broken by a mistake of this server", trace.value(), cause);
                loop.execute(() -> closeSoon(INTERNAL_SERVER_ERROR));
            }
        }
    }

    private Problem tooLarge() {
        return Problem.of(
                HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                "The message is too large: it may have %d bytes".formatted(longestMessage));
    }

    private Host host() {
        return requireNonNull(host, "host");
    }

    private synchronized boolean beginTelling() {
        if (farewell != null) {
            return false;
        }
        telling++;
        return true;
    }

    private void endTelling() {
        Optional<Farewell> due;
        synchronized (this) {
            telling--;
            due = due();
        }
        due.ifPresent(this::leave);
    }

    private void leaveWith(Farewell words) {
        Optional<Farewell> due;
        synchronized (this) {
            farewell = words;
            due = due();
        }
        due.ifPresent(this::leave);
    }

    private Optional<Farewell> due() {
        return telling == 0 ? Optional.ofNullable(farewell) : Optional.empty();
    }

    private void leave(Farewell words) {
        words.lastWords().ifPresent(this::say);
        loop.execute(() -> closeSoon(words.status()));
    }

    /** The client closes the connection in answer; what it still sends until then is not read, but taken. */
    private void closeSoon(WebSocketCloseStatus status) {
        sayClose(status);
        after(TIME_TO_CLOSE, () -> {
            var _ = channel.close();
        });
    }

    private void sayClose(WebSocketCloseStatus status) {
        if (!saidClose && channel.isActive()) {
            saidClose = true;
            var _ = channel.writeAndFlush(new CloseWebSocketFrame(status));
        }
    }

    private void beatAfter(long nanos) {
        if (channel.isActive()) {
            nextBeat = loop.schedule(this::beat, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void beat() {
        long heartbeat = settings.heartbeat().toNanos();
        long left = heartbeat - (System.nanoTime() - lastSent);
        if (left > 0) {
            beatAfter(left);
            return;
        }
        if (channel.isWritable() && !saidClose) {
            var _ = channel.writeAndFlush(new PingWebSocketFrame());
        }
        beatAfter(heartbeat);
    }

    private void stopBeating() {
        if (nextBeat != null) {
            nextBeat.cancel(false);
        }
    }

    /** The frames of one message, as far as they have come. */
    private final class Gathering {

        private final ByteArrayOutputStream text = new ByteArrayOutputStream(0);
        private @Nullable Problem problem;
        private boolean begun;

        void add(WebSocketFrame frame) {
            if (!begun && !(frame instanceof TextWebSocketFrame)) {
                problem = Problem.of(HttpStatus.BAD_REQUEST, "The message is binary; send JSON as a message of text");
            }
            begun = true;
            if (problem == null && text.size() + (long) frame.content().readableBytes() > longestMessage) {
                problem = tooLarge();
            }
            if (problem == null) {
                text.writeBytes(ByteBufUtil.getBytes(frame.content()));
            } else {
                text.reset();
            }
        }

        void end() {
            if (problem == null) {
                inbox.add(text.toByteArray());
            } else {
                host().mishear(problem);
            }
        }
    }

    /** Messages on their way to the host, who hears them one after the other, away from the event loop. */
    private final class Inbox {

        private final Queue<byte[]> messages = new ArrayDeque<>();
        private boolean heard;

        void add(byte[] message) {
            var _ = channel.config().setAutoRead(false);
            synchronized (this) {
                messages.add(message);
                if (heard) {
                    return;
                }
                heard = true;
            }
            Thread.ofVirtual().name("socket of request " + trace.value()).start(this::hearAll);
        }

        private void hearAll() {
            MDC.put(TraceId.LOG_KEY, trace.value());
            for (byte[] message = next(); message != null; message = next()) {
                try {
                    host().hear(message);
                } catch (RuntimeException mistake) {
                    LOG.error(
                            "request {}: a message was not heard by a mistake of this server", trace.value(), mistake);
                    host().mishear(Problem.internal());
                }
            }
            var _ = channel.config().setAutoRead(true);
        }

        private synchronized byte @Nullable [] next() {
            byte[] message = messages.poll();
            heard = message != null;
            return message;
        }
    }

    /** What a turn that is told needs from the socket. */
    private final class Told implements EventStream.Owner {

        @Override
        public boolean wantsSignsOfLife() {
            return false; // the socket has its own
        }

        @Override
        public void open(EventStream stream) {
            stream.connect(new Lines(stream));
            stream.start();
        }
    }

    /** Sends each line as a message. */
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
            lastSent = System.nanoTime();
            channel.flush();
            if (last != null) {
                last.addListener(_ -> stream.onBytesConsumed(length));
            }
        }

        @Override
        public void complete() {}
    }
}
