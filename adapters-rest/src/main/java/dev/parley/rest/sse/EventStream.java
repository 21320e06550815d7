package dev.parley.rest.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.parley.application.port.TurnSink;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.rest.error.Problem;
import io.micronaut.http.body.stream.BufferConsumer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stream between two threads: the turn's own, which encodes events and waits while the reader is behind, and the
 * connection's event loop, which sends what it is handed. What was handed over since the event loop last looked leaves
 * in one write. Nothing leaves before there is something to say: the head waits for the first flush, or for the first
 * heartbeat.
 */
final class EventStream implements TurnSink, BufferConsumer.Upstream {

    private static final byte[] PING = ": ping\n\n".getBytes(US_ASCII);

    /** Where the bytes go. Called on the event loop. */
    interface Outlet {
        /** Sends whole events. */
        void add(ByteBuf events);

        /** There is nothing more. */
        void complete();
    }

    /** What the stream needs from outside. */
    interface Owner {
        /** Whether a turn that came to nothing is an event like others, and not the answer's own failure. */
        default boolean tellsFailures() {
            return false;
        }

        /** Whether the reader needs signs of life from the stream while the turn is silent. */
        default boolean wantsSignsOfLife() {
            return true;
        }

        /** The head is wanted now, with the stream as its body. Called at most once, by whichever thread is first. */
        void open(EventStream body);
    }

    private final Reader reader;
    private final EventLoop loop;
    private final TurnEncoder encoder;
    private final StreamSettings settings;
    private final Owner owner;
    private final Heartbeat heartbeat;
    private final Backlog backlog;

    // The turn's thread only.
    private final FrameBuffer frames = new FrameBuffer();
    private boolean failing;
    private boolean begun;

    // Guarded by this, which is held for a few assignments at a time, and taken before the backlog's.
    private final List<ByteBuf> ready = new ArrayList<>(1);
    private boolean sendScheduled;
    private boolean opened;
    private boolean ended;

    // The event loop only.
    private @Nullable Outlet outlet;
    private boolean connected;
    private boolean stopped;

    private EventStream(Reader reader, TurnEncoder encoder, StreamSettings settings, Owner owner) {
        this.reader = reader;
        this.loop = reader.loop();
        this.encoder = encoder;
        this.settings = settings;
        this.owner = owner;
        this.heartbeat = new Heartbeat(loop, settings.heartbeat(), this::ping);
        this.backlog = new Backlog(settings.stallTimeout());
    }

    /** A stream for a reader, whose leaving calls off what is told, and for whom nobody waits once that is to end. */
    static EventStream to(Reader reader, TurnEncoder encoder, StreamSettings settings, Owner owner) {
        EventStream stream = new EventStream(reader, encoder, settings, owner);
        var _ = reader.cancellation().onRequest(stream.backlog::hurry);
        return stream;
    }

    @Override
    public void emit(TurnEvent event) {
        if (!begun) {
            begun = true;
            if (owner.wantsSignsOfLife()) {
                // from the first event on: a request that still waits for its session can get a status, which a ping
                // would spoil
                loop.execute(heartbeat::start);
            }
        }
        if (event instanceof TurnEvent.TurnRested(var turn) && Problem.of(turn).isPresent() && !owner.tellsFailures()) {
            failing = true; // told by whoever ran the turn, as the answer's status where that is still possible
            return;
        }
        if (!awaitReader(settings.maxPending())) {
            return;
        }
        int whole = frames.size();
        try {
            encoder.encode(event, frames);
        } catch (RuntimeException mistake) {
            frames.backTo(whole);
            throw mistake;
        }
        if (frames.size() >= settings.maxPending()) {
            flush();
        }
    }

    @Override
    public void flush() {
        if (frames.size() > 0 && !failing) {
            hand(frames.take(), false);
        }
    }

    /** Sends bytes as they are, once the reader is near enough. */
    void pass(byte[] bytes, int offset, int length) {
        if (awaitReader(settings.maxPending())) {
            frames.write(bytes, offset, length);
            flush();
        }
    }

    /** The turn rests: sends what is left, and the end. */
    void end() {
        hand(frames.take(), true);
    }

    /** Sends what is left, an error item, and the end. */
    void endWith(Problem problem) {
        encoder.encodeFailure(problem, frames);
        hand(frames.take(), true);
    }

    /** Waits until the reader has taken everything there is, or has left. */
    void awaitTaken() {
        boolean _ = awaitReader(0);
    }

    /**
     * There is nothing more, and nobody is to take what there was for whole: the connection ends behind it. Blocks until the
     * reader has taken nearly everything, or has left.
     */
    void breakOff() {
        if (awaitReader(0)) {
            reader.closeBehindLastWrite(settings.stallTimeout());
        }
    }

    /** Sees to it that no head is ever sent; false when it is too late for that. */
    synchronized boolean closeUnopened() {
        if (opened) {
            return false;
        }
        opened = true;
        ended = true;
        loop.execute(this::stop);
        return true;
    }

    /** The reader has left: nobody is to wait for it any more, and nothing is sent. */
    void leave() {
        backlog.leave();
        reader.left();
    }

    /** Says where the bytes go once {@link #start} is called. */
    void connect(Outlet to) {
        outlet = to;
    }

    /** The connection has written the head, which is flushed with what comes first. */
    @Override
    public void start() {
        if (loop.inEventLoop()) {
            connected = true;
            send();
        } else {
            loop.execute(this::start);
        }
    }

    @Override
    public void onBytesConsumed(long bytes) {
        backlog.take(bytes);
    }

    @Override
    public void allowDiscard() {
        leave();
    }

    /** Waits until the reader is near enough; false when it has left, or counts as gone. */
    private boolean awaitReader(long mostUnread) {
        return switch (backlog.await(mostUnread)) {
            case OVER -> true;
            case LEFT -> false;
            case STALLED -> {
                reader.cutOff();
                yield false;
            }
        };
    }

    private void hand(ByteBuf whole, boolean last) {
        boolean first;
        boolean schedule;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = last;
            if (!backlog.hasLeft() && whole.isReadable()) {
                ready.add(whole);
                backlog.add(whole.readableBytes());
            }
            first = !opened;
            opened = true;
            schedule = !sendScheduled;
            sendScheduled = true;
        }
        if (first) {
            owner.open(this);
        }
        if (schedule) {
            loop.execute(this::send);
        }
    }

    private void send() {
        boolean last;
        boolean gone;
        ByteBuf all = Unpooled.EMPTY_BUFFER;
        synchronized (this) {
            sendScheduled = false;
            last = ended;
            gone = backlog.hasLeft();
            if (!gone && connected) {
                all = ready.size() == 1
                        ? ready.getFirst()
                        : Unpooled.wrappedBuffer(ready.size(), ready.toArray(ByteBuf[]::new));
                ready.clear();
            }
        }
        if (gone) {
            stop();
        } else if (connected && !stopped) {
            Outlet to = requireNonNull(outlet, "outlet");
            if (all.isReadable()) {
                heartbeat.sent();
                to.add(all);
            }
            if (last) {
                stop();
                to.complete();
            }
        }
    }

    private void ping() {
        if (isSilent()) {
            hand(Unpooled.wrappedBuffer(PING), false);
        }
    }

    /** Whether the reader has been sent everything there is; one that is behind needs no sign of life. */
    private synchronized boolean isSilent() {
        return !ended && !backlog.hasLeft() && backlog.isEmpty();
    }

    private void stop() {
        stopped = true;
        heartbeat.stop();
    }
}
