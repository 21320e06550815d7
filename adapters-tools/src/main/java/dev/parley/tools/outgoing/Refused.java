package dev.parley.tools.outgoing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** An address may not be reached, or brings what may not be taken; the message is for whoever named it. */
@SuppressWarnings("serial") // never leaves the process
public final class Refused extends IOException {

    public Refused(String message) {
        super(message);
    }

    /** What the caller is told. */
    public String explanation() {
        return requireNonNull(getMessage());
    }
}
