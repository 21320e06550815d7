package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

/**
 * A client's own name for a request, with which it may repeat the request safely.
 *
 * @param key the name, unique within a session, and among all turns outside of sessions
 * @param fingerprint tells requests with different bodies apart
 */
public record RequestKey(String key, String fingerprint) {

    public RequestKey {
        requireNonNull(key, "key");
        requireNonNull(fingerprint, "fingerprint");
    }
}
