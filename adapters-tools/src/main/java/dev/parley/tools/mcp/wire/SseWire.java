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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP with a stream of events, as servers of before 2025 speak: one stream on which all answers come, and an address, told
 * on it, to which messages are sent.
 */
public final class SseWire implements Wire {

    private final HttpEnd end;
    private final Threads threads;
    private final CompletableFuture<Target> endpoint = new CompletableFuture<>();
    private final Ask ask = new Ask();
    private volatile long since;
    private volatile boolean over;

    @Nullable
    private volatile Receiver receiver;

    public SseWire(HttpEnd end, Threads threads) {
        this.end = end;
        this.threads = threads;
    }

    @Override
    public void open(Receiver listener) throws WireFailed {
        receiver = listener;
        threads.start("mcp-events", this::read);
        try (Watch _ = new Watch(
                end.patience(),
                () -> close(WireFailed.of(Kind.TIMEOUT, "it did not say in time where messages are to be sent")))) {
            endpoint.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof WireFailed known) {
                throw known;
            }
            throw WireFailed.of(Kind.BROKEN, "it could not be listened to");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            close();
            throw WireFailed.of(Kind.CALLED_OFF, "the wait for it was interrupted");
        }
    }

    private void read() {
        WireFailed why;
        Target target = end.target();
        boolean answering = false;
        try (Call call = end.call("GET", target, Map.of("Accept", HttpEnd.EVENTS), null)) {
            ask.underWay(call::abort);
            Reply reply = call.send(Duration.ZERO);
            answering = true;
            if (reply.status() != 200) {
                throw WireFailed.status(reply.status());
            }
            if (!reply.mediaType().equals(Optional.of(HttpEnd.EVENTS))) {
                throw WireFailed.of(Kind.GARBAGE, "it answered with something else than a stream of events");
            }
            since = System.nanoTime();
            listen(new Events(reply.body(Long.MAX_VALUE), end.longest()));
            why = WireFailed.of(Kind.BROKEN, "it ended the connection");
        } catch (IOException failure) {
            why = end.failed(target, failure, answering, ask);
        }
        over = true;
        endpoint.completeExceptionally(why);
        requireNonNull(receiver).ended(why);
    }

    private void listen(Events events) throws IOException {
        for (Events.Event event = events.next(); event != null; event = events.next()) {
            if (event.type().equals("endpoint")) {
                tellEndpoint(event.data());
            } else if (event.isMessage()) {
                requireNonNull(receiver).received(event.data());
            }
        }
    }

    /** Only of the same server: the keys are for nobody else. */
    private void tellEndpoint(String address) throws IOException {
        Target told = end.target().redirected(address);
        if (!told.hasOriginOf(end.target())) {
            throw WireFailed.of(
                    Kind.UNREACHABLE, "it wants messages sent to %s, which is another server".formatted(told.origin()));
        }
        endpoint.complete(told);
    }

    @Override
    public void send(Outbound message, Ask asking) throws WireFailed {
        if (over) {
            throw WireFailed.of(Kind.GONE, "the connection was closed");
        }
        message.requestId()
                .ifPresent(id -> asking.underWay(() ->
                        asking.end().ifPresent(why -> requireNonNull(receiver).unanswered(id, why))));
        Target target = endpoint.join();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", HttpEnd.JSON);
        message.protocolVersion().ifPresent(version -> headers.put("MCP-Protocol-Version", version));
        boolean answering = false;
        try (Call call = end.call("POST", target, headers, message.json());
                Watch _ = new Watch(end.patience(), call::abort)) {
            Reply reply = call.send(end.patience());
            answering = true;
            if (reply.status() == 404) {
                throw WireFailed.of(Kind.GONE, "it does not know the session any more");
            }
            if (reply.status() / 100 != 2) {
                throw WireFailed.status(reply.status());
            }
            reply.drain();
        } catch (IOException failure) {
            throw end.failed(target, failure, answering, asking);
        }
    }

    @Override
    public void agreed(String protocolVersion, boolean notices) {
        // it is listened to anyway
    }

    @Override
    public OptionalLong listeningSince() {
        return over ? OptionalLong.empty() : OptionalLong.of(since);
    }

    @Override
    public boolean isOpen() {
        return !over;
    }

    @Override
    public void close() {
        close(WireFailed.of(Kind.GONE, "the connection was closed"));
    }

    private void close(WireFailed why) {
        over = true;
        ask.giveUp(why);
        endpoint.completeExceptionally(why);
    }
}
