package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Usage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Work outside could not be done; carries what the turn fails with. */
@SuppressWarnings("serial") // never leaves the process
public final class BrokenOff extends Exception {

    private final Failure failure;
    private final Optional<Usage> spent;

    /** @param cause for the log; null when there is none worth keeping */
    public BrokenOff(Failure failure, @Nullable Throwable cause) {
        this(failure, Optional.empty(), cause);
    }

    private BrokenOff(Failure failure, Optional<Usage> spent, @Nullable Throwable cause) {
        super(requireNonNull(failure, "failure").message(), cause);
        this.failure = failure;
        this.spent = requireNonNull(spent, "spent");
    }

    public BrokenOff(Failure.Code code, String message) {
        this(Failure.of(code, message), null);
    }

    public Failure failure() {
        return failure;
    }

    /** What it has cost all the same, as far as that is known: the answers that came to an end and were of no use. */
    public Optional<Usage> spent() {
        return spent;
    }

    /** The same after so much more was spent. */
    public BrokenOff after(Optional<Usage> usage) {
        return new BrokenOff(failure, Usage.sum(usage, spent), getCause());
    }
}
