package dev.parley.application.turn;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Turn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a turn sees when a step of it comes to nothing. */
final class Endings {

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final InstantSource clock;

    Endings(InstantSource clock) {
        this.clock = clock;
    }

    /** What goes wrong once the run is to end goes wrong because it is to end. */
    Observation endedOr(StepRun run, Supplier<Observation> otherwise) {
        return run.cancellation().requested().map(reason -> ended(run, reason)).orElseGet(otherwise);
    }

    /** @throws Refusal when the turn is not to end, but to go on elsewhere */
    Observation ended(StepRun run, Cancellation.Reason reason) {
        Instant at = run.turn().later(clock.instant());
        return switch (reason) {
            case CLIENT_LEFT -> new Observation.CancelRequested(at);
            case SHUTDOWN -> {
                if (isInBackground(run.turn())) {
                    // nothing is lost: whoever runs it next goes on from the last step
                    throw Refusal.of(Refusal.Code.UNAVAILABLE, "The server is stopping; the turn goes on elsewhere");
                }
                yield new Observation.Broke(
                        Failure.of(
                                Failure.Code.INTERRUPTED,
                                "The server was stopped before the turn was done; start a new turn"),
                        at);
            }
            case TAKEN -> throw taken(run.turn());
        };
    }

    /** Somebody else could not do what the turn asked of it. */
    Observation brokeOff(StepRun run, BrokenOff broken) {
        return endedOr(run, () -> {
            LOG.warn(
                    "turn {}: {}: {}",
                    run.turn().id(),
                    broken.failure().code(),
                    broken.failure().message(),
                    broken.getCause());
            return new Observation.Broke(broken.failure(), run.turn().later(clock.instant()));
        });
    }

    /** @throws Refusal when the store is away and the turn can wait for it */
    Observation mistaken(StepRun run, RuntimeException mistake) {
        if (isInBackground(run.turn())
                && mistake instanceof Refusal refusal
                && refusal.code() == Refusal.Code.UNAVAILABLE) {
            // nothing is lost: it is run again when the store is back
            throw refusal;
        }
        if (run.cancellation().requested().isEmpty()) {
            LOG.error("turn {}: broke by a mistake of this server", run.turn().id(), mistake);
        }
        return endedOr(
                run, () -> new Observation.Broke(Failure.MISTAKE, run.turn().later(clock.instant())));
    }

    static Refusal taken(Turn turn) {
        return Refusal.of(
                Refusal.Code.CONFLICT,
                "Turn %s was taken from this request or deleted; read it to see how it stands".formatted(turn.id()));
    }

    private static boolean isInBackground(Turn turn) {
        return turn.spec().terms().filter(ResponseTerms::background).isPresent();
    }
}
