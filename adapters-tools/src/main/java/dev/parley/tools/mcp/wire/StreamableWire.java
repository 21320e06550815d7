package dev.parley.tools.mcp.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.tools.mcp.wire.WireFailed.Kind;
import dev.parley.tools.outgoing.Call;
import dev.parley.tools.outgoing.Reply;
import dev.parley.tools.outgoing.Target;
import dev.parley.tools.outgoing.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Streamable HTTP: each message is a request of its own, whose reply is the answer, as JSON or in a stream of events. The
 * thread that sends is the one that reads the answer.
 */
public final class StreamableWire implements Wire {

    private static final String SESSION = "Mcp-Session-Id";
    private static final Set<Integer> REDIRECTS = Set.of(307, 308);
    private static final int MOST_REDIRECTS = 3;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final HttpEnd end;
    private final Threads threads;
    private final Listening listening;
    private volatile Target endpoint;
    private volatile Optional<String> session = Optional.empty();
    private volatile Optional<String> version = Optional.empty();
    private volatile boolean closed;

    @Nullable
    private volatile Receiver receiver;

    public StreamableWire(HttpEnd end, Threads threads) {
        this.end = end;
        this.threads = threads;
        this.endpoint = end.target();
        this.listening = new Listening(this);
    }

    @Override
    public void open(Receiver listener) {
        receiver = listener;
    }

    @Override
    public void send(Outbound message, Ask ask) throws WireFailed {
        if (closed) {
            throw WireFailed.of(Kind.GONE, "the connection was closed");
        }
        message.protocolVersion().ifPresent(agreed -> version = Optional.of(agreed));
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Optional<Target> elsewhere = sendTo(endpoint, message, ask);
            if (elsewhere.isEmpty()) {
                return;
            }
            endpoint = elsewhere.get();
        }
        throw WireFailed.of(Kind.UNREACHABLE, "it redirects in circles");
    }

    /** @return where the message has to go instead */
    private Optional<Target> sendTo(Target target, Outbound message, Ask ask) throws WireFailed {
        Call call = end.call(
                "POST", target, headers(HttpEnd.JSON + ", " + HttpEnd.EVENTS, Optional.empty()), message.json());
        ask.underWay(call::abort);
        if (message.requestId().isPresent()) {
            // a server may say nothing until it is done; how long that may be, whoever asks knows
            return exchange(call, Duration.ZERO, target, message, ask);
        }
        Duration patience = end.patience();
        try (Watch watch = new Watch(patience, call::abort)) {
            try {
                return exchange(call, patience, target, message, ask);
            } catch (WireFailed failed) {
                throw watch.hasStruck() ? tookNoMessage(patience) : failed;
            }
        }
    }

    private static WireFailed tookNoMessage(Duration patience) {
        return WireFailed.of(Kind.TIMEOUT, "it did not take a message within %d ms".formatted(patience.toMillis()));
    }

    private Optional<Target> exchange(Call call, Duration silence, Target target, Outbound message, Ask ask)
            throws WireFailed {
        boolean answering = false;
        boolean handedOver = false;
        try {
            Reply reply = call.send(silence);
            answering = true;
            if (REDIRECTS.contains(reply.status())) {
                return Optional.of(redirected(target, reply));
            }
            requireSuccess(reply);
            reply.header(SESSION).ifPresent(id -> session = Optional.of(id));
            if (message.requestId().isPresent()) {
                Answer answer = new Answer(this, message.requestId().get(), ask);
                handedOver = answer.read(call, reply);
            }
            return Optional.empty();
        } catch (IOException failure) {
            throw end.failed(target, failure, answering, ask);
        } finally {
            if (!handedOver) {
                call.close();
            }
        }
    }

    /** Only to another place of the same server: the keys are for nobody else. */
    private static Target redirected(Target from, Reply reply) throws IOException {
        Target to = from.redirected(reply.header("Location").orElse(""));
        if (!to.hasOriginOf(from)) {
            throw WireFailed.of(
                    Kind.UNREACHABLE, "it redirects to %s; name that address instead".formatted(to.origin()));
        }
        return to;
    }

    private void requireSuccess(Reply reply) throws WireFailed {
        int status = reply.status();
        if (session.isPresent() && (status == 404 || status == 400)) {
            throw WireFailed.of(Kind.GONE, "it does not know the session any more");
        }
        if (status / 100 != 2) {
            throw WireFailed.status(status);
        }
    }

    /** Prepares to listen to what the server says by itself, or to go on reading what was broken off. */
    Call listen(Optional<String> lastEventId) throws WireFailed {
        return end.call("GET", endpoint, headers(HttpEnd.EVENTS, lastEventId), null);
    }

    WireFailed failed(IOException failure, Ask ask) {
        return end.failed(endpoint, failure, true, ask);
    }

    Receiver receiver() {
        return requireNonNull(receiver, "not opened");
    }

    Threads threads() {
        return threads;
    }

    long longest() {
        return end.longest();
    }

    private Map<String, String> headers(String accepted, Optional<String> lastEventId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", accepted);
        session.ifPresent(id -> headers.put(SESSION, id));
        version.ifPresent(agreed -> headers.put("MCP-Protocol-Version", agreed));
        lastEventId.ifPresent(id -> headers.put("Last-Event-ID", id));
        return headers;
    }

    @Override
    public void agreed(String protocolVersion, boolean notices) {
        version = Optional.of(protocolVersion);
        if (notices && !closed) {
            threads.start("mcp-listening", listening);
        }
    }

    @Override
    public OptionalLong listeningSince() {
        return listening.since();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        listening.stop();
        if (session.isPresent()) {
            threads.start("mcp-farewell", this::sayFarewell);
        }
    }

    private void sayFarewell() {
        try (Call call = end.call("DELETE", endpoint, headers(HttpEnd.JSON, Optional.empty()), null);
                Watch _ = new Watch(FAREWELL, call::abort)) {
            call.send(FAREWELL).body(end.longest()).close();
        } catch (IOException | IllegalStateException _) {
            // then the server finds out by itself
        }
    }
}
