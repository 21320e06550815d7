package dev.parley.rest.sse;

import static java.util.Objects.requireNonNull;

import dev.parley.rest.error.Problem;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a socket is to end, which it does once nothing holds it any more. */
final class Ending {

    /**
     * How it ends.
     *
     * @param why what the client is told of what is not begun for that reason
     * @param isSaid whether it is the socket's last word, too
     */
    record Farewell(WebSocketCloseStatus status, Problem why, boolean isSaid) {
        Farewell {
            requireNonNull(status, "status");
            requireNonNull(why, "why");
        }
    }

    // Guarded by this.
    private int holds;
    private @Nullable Farewell farewell;

    /** Keeps it from ending until this is given back; false when it is to end. */
    synchronized boolean hold() {
        if (farewell != null) {
            return false;
        }
        holds++;
        return true;
    }

    /** It is to end, and nothing more is to be begun on it. Gives the words again if that is now. */
    synchronized Optional<Farewell> begin(Farewell words) {
        farewell = words;
        return due();
    }

    /** Gives a hold back. Gives the words with which it is to end now, if it is. */
    synchronized Optional<Farewell> release() {
        holds--;
        return due();
    }

    private synchronized Optional<Farewell> due() {
        return holds == 0 ? Optional.ofNullable(farewell) : Optional.empty();
    }

    /** Why it is to end; empty when it is not. */
    synchronized Optional<Problem> why() {
        return Optional.ofNullable(farewell).map(Farewell::why);
    }
}
