package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.turn.Failure;
import org.jspecify.annotations.Nullable;

/** Work outside could not be done; carries what the turn fails with. */
@SuppressWarnings("serial") // never leaves the process
public final class BrokenOff extends Exception {

    private final Failure failure;

    /** @param cause for the log; null when there is none worth keeping */
    public BrokenOff(Failure failure, @Nullable Throwable cause) {
        super(requireNonNull(failure, "failure").message(), cause);
        this.failure = failure;
    }

    public BrokenOff(Failure.Code code, String message) {
        this(Failure.of(code, message), null);
    }

    public Failure failure() {
        return failure;
    }
}
