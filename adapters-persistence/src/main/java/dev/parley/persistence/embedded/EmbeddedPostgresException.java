package dev.parley.persistence.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL could not be started. The message is a sentence for the person who operates the server. */
public final class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedPostgresException(String message) {
        this(message, null);
    }

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
