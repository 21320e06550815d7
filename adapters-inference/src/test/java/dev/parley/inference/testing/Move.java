package dev.parley.inference.testing;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** One thing that the server does while it answers a request. A {@link Reply} is a list of them. */
public sealed interface Move {

    /** A move that nothing can follow in the same reply. */
    sealed interface Last extends Move {}

    /**
     * The status line and the headers, flushed alone.
     *
     * <p>The headers decide how the body is framed: {@code Transfer-Encoding} makes every {@link Write} an HTTP chunk,
     * {@code Content-Length} sends the bytes as they are, and with neither the body ends where the connection does.
     */
    record Head(int status, Map<String, String> headers) implements Move {
        public Head {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        boolean chunked() {
            return headers.containsKey("Transfer-Encoding");
        }

        boolean closeDelimited() {
            return !chunked() && !headers.containsKey("Content-Length");
        }
    }

    /** Body bytes that leave in one write and are flushed. */
    record Write(ByteBuffer bytes) implements Move {
        public Write {
            bytes = bytes.asReadOnlyBuffer();
        }

        /** Returns a copy of the bytes. */
        byte[] toArray() {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
    }

    /** Nothing until a test opens the gate or the client leaves. */
    record Await(CountDownLatch gate) implements Move {
        public Await {
            requireNonNull(gate, "gate");
        }
    }

    /** Tells a test that the reply has come this far. */
    record Signal(CountDownLatch reached) implements Move {
        public Signal {
            requireNonNull(reached, "reached");
        }
    }

    /**
     * Text chunks at a fixed pace, each of which says when it left.
     *
     * <p>The text is {@link System#nanoTime()} and a space. On Linux another process of the same machine reads the same
     * clock. The first chunk leaves at once.
     */
    record Timestamps(Engine engine, int count, Duration interval) implements Move {
        public Timestamps {
            requireNonNull(engine, "engine");
            if (count < 0 || interval.isNegative()) {
                throw new IllegalArgumentException("count and interval must not be negative");
            }
        }
    }

    /** Silence for as long as the client stays. */
    record Stall() implements Last {}

    /**
     * The proper end of the body.
     *
     * @param thenClose whether the connection is then closed without having been announced as closing, which leaves a
     *     stale connection in the client's pool
     */
    record End(boolean thenClose) implements Last {}

    /**
     * The connection closed without an end of the body.
     *
     * @param reset whether by RST; otherwise by FIN
     */
    record Cut(boolean reset) implements Last {}
}
