package dev.parley.rest.sse;

import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.ABNORMAL_CLOSURE;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.ENDPOINT_UNAVAILABLE;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.INTERNAL_SERVER_ERROR;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.MESSAGE_TOO_BIG;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.NORMAL_CLOSURE;
import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Cancellation;
import dev.parley.domain.Refusal;
import dev.parley.rest.error.Problem;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.sse.Ending.Farewell;
import dev.parley.rest.trace.TraceId;
import io.micronaut.http.HttpStatus;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket08FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    /** Who talks with the client. */
    public interface Host {
        /** A message has come. Called by one thread at a time, while no more is read from the client. */
        void hear(byte[] message);

        /** Something has come that can't be heard, or is to be said of the socket. Must not block. */
        void mishear(Problem problem);
    }

    private final Channel channel;
    private final TraceId trace;
    private final StreamSettings settings;
    private final int longestMessage;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Ending ending = new Ending();

    // Set on the event loop before anything is received.
    private @Nullable Host host;

    // The event loop only.
    private Gathering gathering;

    TextSocket(Channel channel, TraceId trace, StreamSettings settings, int longestMessage) {
        this.channel = channel;
        this.trace = trace;
        this.settings = settings;
        this.longestMessage = longestMessage;
        this.inbox = new Inbox(channel, "socket of request " + trace.value(), this::hear);
        this.outbox = new Outbox(channel, settings);
        this.gathering = new Gathering(longestMessage);
    }

    /** The most bytes that a message of the client may have. */
    public int longestMessage() {
        return longestMessage;
    }

    void begin(Host talking) {
        host = talking;
        limitFrames(channel.pipeline());
        outbox.begin();
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
        outbox.say(message);
    }

    /**
     * Keeps the socket from ending until {@link #release}.
     *
     * @return why it is to end already, and nothing may be begun on it; empty when it is held
     */
    public Optional<Problem> hold() {
        return ending.hold() ? Optional.empty() : ending.why();
    }

    /** Gives a hold back. Does not block. */
    public void release() {
        ending.release().ifPresent(this::leave);
    }

    /**
     * Tells a turn as it happens, on a socket that is held. Blocks until the turn rests and the client has taken all of it, or
     * has left. No turn begins when the client has left before, or the socket is to end.
     *
     * @param encoder writes one message on each line
     * @param words what the client is sent when the turn is refused, or fails before there was anything to tell
     * @return why the turn came to nothing, which the client has been told
     */
    public Optional<Problem> tell(TurnEncoder encoder, TurnResponses.Work work, Function<Problem, RawJson> words) {
        if (!channel.isActive()) {
            return Optional.empty();
        }
        Optional<Problem> ends = ending.why();
        if (ends.isPresent()) {
            say(words.apply(ends.get()));
            return ends;
        }
        var cancellation = new Cancellation();
        var stream = EventStream.to(new Reader(channel, cancellation), encoder, settings, outbox);
        var problem = new CompletableFuture<Optional<Problem>>();
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
        }
        return problem.join();
    }

    /** Ends the socket once nothing holds it any more, and says why. Does not block. */
    public void end(Problem why) {
        leaveWith(new Farewell(NORMAL_CLOSURE, why, true));
    }

    /** The same because this process ends. */
    CompletableFuture<Void> goAway() {
        Refusal stopping =
                Refusal.of(Refusal.Code.UNAVAILABLE, "The server is stopping; open a new connection and ask again");
        leaveWith(new Farewell(ENDPOINT_UNAVAILABLE, Problem.of(stopping), false));
        var gone = new CompletableFuture<Void>();
        channel.closeFuture().addListener(_ -> gone.complete(null));
        return gone;
    }

    /** Runs something later on the event loop, unless the socket is closed by then; it must not block. */
    public void after(Duration time, Runnable action) {
        var timer = channel.eventLoop().schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> timer.cancel(false));
    }

    void receive(WebSocketFrame frame) {
        try {
            gathering.add(frame);
            if (frame.isFinalFragment()) {
                Gathering all = gathering;
                gathering = new Gathering(longestMessage);
                all.end(inbox::add, host()::mishear);
            }
        } finally {
            frame.release();
        }
    }

    private void hear(byte[] message) {
        MDC.put(TraceId.LOG_KEY, trace.value());
        try {
            host().hear(message);
        } catch (RuntimeException mistake) {
            LOG.error("request {}: a message was not heard by a mistake of this server", trace.value(), mistake);
            host().mishear(Problem.internal());
        }
    }

    /** The client closes the socket, or has answered that it is closed, or the connection has ended without that. */
    void closed(int code) {
        if (code != ABNORMAL_CLOSURE.code()) {
            outbox.sayClose(
                    WebSocketCloseStatus.isValidStatusCode(code) ? WebSocketCloseStatus.valueOf(code) : NORMAL_CLOSURE);
        }
    }

    /** What has come is no more a socket's, or this server has made a mistake. */
    void broken(Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException corrupted -> {
                if (corrupted.closeStatus().equals(MESSAGE_TOO_BIG)) {
                    // nothing more can be read, but what runs can be told
                    host().mishear(Gathering.tooLarge(longestMessage));
                    leaveWith(new Farewell(MESSAGE_TOO_BIG, unreadable(), false));
                } else {
                    outbox.close(corrupted.closeStatus());
                }
            }
            case IOException _ -> {
                var _ = channel.close();
            }
            default -> {
                LOG.error("request {}: a socket was broken by a mistake of this server", trace.value(), cause);
                outbox.close(INTERNAL_SERVER_ERROR);
            }
        }
    }

    private static Problem unreadable() {
        return Problem.of(
                HttpStatus.BAD_REQUEST,
                "This connection ends because of a message that was too large. Open a new one and ask again.");
    }

    private Host host() {
        return requireNonNull(host, "host");
    }

    private void leaveWith(Farewell words) {
        ending.begin(words).ifPresent(this::leave);
    }

    private void leave(Farewell words) {
        if (words.isSaid()) {
            host().mishear(words.why());
        }
        outbox.close(words.status());
    }
}
