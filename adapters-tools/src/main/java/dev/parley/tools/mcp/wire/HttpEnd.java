package dev.parley.tools.mcp.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.tools.outgoing.Call;
import dev.parley.tools.outgoing.Outgoing;
import dev.parley.tools.outgoing.Refused;
import dev.parley.tools.outgoing.Target;
import dev.parley.tools.outgoing.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a server of tools is reached by HTTP, and how.
 *
 * @param outgoing guarded, or not when only the configuration names the server
 * @param headers that go with every request; secrets
 * @param patience with a server that is to accept a message
 * @param longest message that is taken, in bytes
 */
public record HttpEnd(Outgoing outgoing, Target target, Map<String, String> headers, Duration patience, long longest) {

    static final String EVENTS = "text/event-stream";
    static final String JSON = "application/json";

    public HttpEnd {
        requireNonNull(outgoing, "outgoing");
        requireNonNull(target, "target");
        headers = Map.copyOf(headers);
        requireNonNull(patience, "patience");
    }

    /**
     * Prepares a request.
     *
     * @param more headers, which win over those of the user
     * @throws WireFailed when the address may not be reached
     */
    Call call(String method, Target where, Map<String, String> more, byte @Nullable [] body) throws WireFailed {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        try {
            return outgoing.call(method, where, all, body);
        } catch (Refused refused) {
            throw WireFailed.of(WireFailed.Kind.UNREACHABLE, refused.explanation());
        }
    }

    /** What is said of a request that came to nothing, unless it was given up. */
    WireFailed failed(Target where, IOException failure, boolean answering, Ask ask) {
        Optional<WireFailed> end = ask.end();
        if (end.isPresent()) {
            return end.get();
        }
        if (failure instanceof WireFailed known) {
            return known;
        }
        String words = Words.of(where, failure);
        if (!answering) {
            return WireFailed.of(Words.isUnsent(failure) ? WireFailed.Kind.UNREACHABLE : WireFailed.Kind.BROKEN, words);
        }
        return WireFailed.of(failure instanceof Refused ? WireFailed.Kind.GARBAGE : WireFailed.Kind.BROKEN, words);
    }

    /** Without the headers. */
    @Override
    public String toString() {
        return target.origin();
    }
}
