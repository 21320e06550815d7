package dev.parley.inference.openai;

import dev.parley.application.port.Cancellation;
import dev.parley.inference.openai.AttemptFailed.Remedy;
import java.util.HashSet;
import java.util.Set;

/** The requests that were made for one answer, and whether there may be another. */
final class Attempts {

    private final int maxRetries;
    private final Backoff backoff;
    private final Set<String> without;
    private boolean reconnected;
    private int repetitions;

    /** @param without the fields that the provider is known not to take */
    Attempts(int maxRetries, Backoff backoff, Set<String> without) {
        this.maxRetries = maxRetries;
        this.backoff = backoff;
        this.without = new HashSet<>(without);
    }

    /** The fields that the next request leaves out. */
    Set<String> without() {
        return without;
    }

    /**
     * Makes ready for another request, as the remedy says. Blocks for the pause before it.
     *
     * @return false when there is to be none
     */
    boolean mayRepeat(Remedy remedy, Cancellation cancellation) {
        return switch (remedy) {
            case Remedy.Nothing _ -> false;
            case Remedy.NewConnection _ -> {
                boolean first = !reconnected;
                reconnected = true;
                yield first || mayRepeatAfterPause(AttemptFailed.WAITING, cancellation);
            }
            case Remedy.LeavingOut(String omission) -> without.add(omission);
            case Remedy.Waiting waiting -> Backoff.isWorthIt(waiting) && mayRepeatAfterPause(waiting, cancellation);
        };
    }

    private boolean mayRepeatAfterPause(Remedy.Waiting waiting, Cancellation cancellation) {
        return repetitions < maxRetries && backoff.pause(repetitions++, waiting, cancellation);
    }
}
