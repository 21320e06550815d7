package dev.parley.inference.openai;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.turn.Failure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request to a provider came to nothing; says what to tell of it and whether another one may do better. */
@SuppressWarnings("serial") // never leaves the process
final class AttemptFailed extends Exception {

    /** What may help. Only for requests of which nothing was told yet. */
    sealed interface Remedy {

        record Nothing() implements Remedy {}

        /** @param asked how long the provider asks to be left alone; empty when it does not say */
        record Waiting(Optional<Duration> asked) implements Remedy {
            public Waiting {
                requireNonNull(asked, "asked");
            }
        }

        /** A new connection, at once: the old one had been closed while nobody used it. */
        record NewConnection() implements Remedy {}

        /**
         * The same request without a field that the provider does not take.
         *
         * @param omission the field, with the value if only that is not taken
         */
        record LeavingOut(String omission) implements Remedy {
            public LeavingOut {
                requireNonNull(omission, "omission");
            }
        }
    }

    static final Remedy NOTHING = new Remedy.Nothing();
    static final Remedy.Waiting WAITING = new Remedy.Waiting(Optional.empty());

    private final Failure failure;
    private final Remedy remedy;

    AttemptFailed(Failure failure, Remedy remedy, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
        this.remedy = requireNonNull(remedy, "remedy");
    }

    AttemptFailed(Failure.Code code, String message, Remedy remedy) {
        this(Failure.of(code, message), remedy, null);
    }

    Failure failure() {
        return failure;
    }

    Remedy remedy() {
        return remedy;
    }

    /** The same when there is no remedy any more. */
    AttemptFailed forGood() {
        return new AttemptFailed(failure, NOTHING, getCause());
    }
}
