package dev.parley.persistence.json;

/** A stored body can't be read: it was written by a newer Parley, or was changed by hand. */
@SuppressWarnings("serial") // never leaves the process
public final class Unreadable extends RuntimeException {

    Unreadable(String message) {
        super(message);
    }

    Unreadable(String message, Throwable cause) {
        super(message, cause);
    }
}
