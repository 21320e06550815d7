package dev.parley.inference.testing;

import java.time.Instant;

/**
 * A client that closed its connection before it had the whole reply.
 *
 * @param nanoTime when the server noticed, on the clock of {@link System#nanoTime()}
 */
public record ClientGone(RecordedRequest request, Instant at, long nanoTime) {

    static ClientGone now(RecordedRequest request) {
        return new ClientGone(request, Instant.now(), System.nanoTime());
    }
}
