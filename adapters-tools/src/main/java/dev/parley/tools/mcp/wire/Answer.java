package dev.parley.tools.mcp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.tools.mcp.wire.WireFailed.Kind;
import dev.parley.tools.outgoing.Call;
import dev.parley.tools.outgoing.Reply;
import dev.parley.tools.outgoing.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** Reads what a server of streamable HTTP answers to one request, with all that it says before. */
final class Answer {

    /** How often a stream is asked for again that was cut off, with nothing new in between. */
    private static final int MOST_RESUMPTIONS = 3;

    /** How long to wait before that, where the server does not say. */
    private static final Duration BEFORE_RESUMPTION = Duration.ofMillis(200);

    /** Once the answer is there, only the end of its stream is to come; then the connection can be used again. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final StreamableWire wire;
    private final String requestId;
    private final Ask ask;
    private Optional<String> lastId = Optional.empty();
    private Duration pause = BEFORE_RESUMPTION;

    Answer(StreamableWire wire, String requestId, Ask ask) {
        this.wire = wire;
        this.requestId = requestId;
        this.ask = ask;
    }

    /**
     * Blocks until the answer is there and the receiver was told.
     *
     * @return whether somebody else will close the call
     */
    boolean read(Call call, Reply reply) throws IOException {
        String type = reply.mediaType().orElse("nothing");
        return switch (type) {
            case HttpEnd.JSON -> {
                try (InputStream body = reply.body(wire.longest())) {
                    accept(new String(body.readAllBytes(), UTF_8));
                }
                yield false;
            }
            case HttpEnd.EVENTS -> stream(call, reply);
            default -> throw WireFailed.of(Kind.GARBAGE, "it answered with %s where JSON was expected".formatted(type));
        };
    }

    private void accept(String json) throws WireFailed {
        if (!isAnswer(json)) {
            throw WireFailed.of(Kind.GARBAGE, "it answered with something that is no answer to the request");
        }
    }

    private boolean isAnswer(String json) throws WireFailed {
        return wire.receiver().received(json).filter(requestId::equals).isPresent();
    }

    private boolean stream(Call call, Reply reply) throws IOException {
        if (isAnsweredIn(reply)) {
            wire.threads().start("mcp-last-words", () -> readToTheEnd(call, reply));
            return true;
        }
        if (isAnsweredLater()) {
            return false;
        }
        throw WireFailed.of(Kind.BROKEN, "it ended its answer before it had given it");
    }

    /** Goes on where the stream was cut off, as long as the server lets us and has something new. */
    private boolean isAnsweredLater() throws IOException {
        int inVain = 0;
        while (lastId.isPresent() && inVain < MOST_RESUMPTIONS) {
            ask.pause(pause);
            Optional<String> before = lastId;
            try (Call again = wire.listen(lastId)) {
                ask.underWay(again::abort);
                Reply more = again.send(Duration.ZERO);
                if (more.status() != 200) {
                    return false;
                }
                if (isAnsweredIn(more)) {
                    return true;
                }
            } catch (WireFailed known) {
                throw known;
            } catch (IOException unreachable) {
                if (ask.end().isPresent()) {
                    throw unreachable;
                }
            }
            inVain = lastId.equals(before) ? inVain + 1 : 0;
        }
        return false;
    }

    /** Reads up to the answer; without it when the stream was cut off and can be asked for again. */
    private boolean isAnsweredIn(Reply reply) throws IOException {
        Events events = new Events(reply.body(Long.MAX_VALUE), wire.longest());
        try {
            for (Events.Event event = events.next(); event != null; event = events.next()) {
                lastId = events.lastId().or(() -> lastId);
                if (event.isMessage() && isAnswer(event.data())) {
                    return true;
                }
            }
        } catch (WireFailed garbage) {
            throw garbage;
        } catch (IOException cutOff) {
            if (ask.end().isPresent() || lastId.isEmpty()) {
                throw cutOff;
            }
        } finally {
            pause = events.retry().orElse(pause);
        }
        return false;
    }

    private static void readToTheEnd(Call call, Reply reply) {
        try (call;
                Watch _ = new Watch(LAST_WORDS, call::abort)) {
            reply.drain();
        }
    }
}
