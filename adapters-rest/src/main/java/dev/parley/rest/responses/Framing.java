package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.rest.sse.TextSocket;
import java.util.Optional;

/** What stands around the events of a response, by the way that they take. */
final class Framing {

    /** Server-sent events, and their end (responses-api 9.1). */
    static final Framing EVENTS = new Framing(true, "}\n\n", "data: [DONE]\n\n");

    private final boolean named;
    private final byte[] end;
    private final byte[] done;

    private Framing(boolean named, String end, String done) {
        this.named = named;
        this.end = end.getBytes(US_ASCII);
        this.done = done.getBytes(US_ASCII);
    }

    /**
     * Messages of a {@link TextSocket} (responses-api 7).
     *
     * @param streamId what the client called the lane that they belong to; it needs no escapes
     */
    static Framing messages(Optional<String> streamId) {
        return new Framing(
                false, streamId.map(id -> ",\"stream_id\":\"" + id + '"').orElse("") + "}\n", "");
    }

    /** The event up to its number. */
    byte[] head(ResponseEvent event) {
        return named ? event.named() : event.object();
    }

    /** What closes an event. */
    byte[] end() {
        return end;
    }

    /** What is behind the last event. */
    byte[] done() {
        return done;
    }
}
