package dev.parley.persistence;

import org.jspecify.annotations.Nullable;

/** The configured database can't be used. The message is for the person who operates the server. */
@SuppressWarnings("serial") // never leaves the process
final class UnusableDatabase extends RuntimeException {

    UnusableDatabase(DatabaseAddress address, Throwable cause) {
        super("The database %s can't be used: %s".formatted(address, reason(cause)));
    }

    private static @Nullable String reason(Throwable failure) {
        return failure.getMessage();
    }
}
