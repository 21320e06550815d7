package dev.parley.application.response;

import dev.parley.application.port.BackgroundRuns;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.EventLog;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.Turns;
import dev.parley.application.port.UnreadableTurn;
import dev.parley.application.turn.RunningTurns;
import dev.parley.application.turn.TurnRunner;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Period;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs queued turns, and goes on with those whose process was lost from their last stored step. What it tells is logged for
 * whoever reads along.
 */
public final class RunInBackground implements BackgroundRuns.Runner {

    private static final Logger LOG = LoggerFactory.getLogger(RunInBackground.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** So often a turn may break its run, at all processes together. */
    private static final int MOST_BROKEN = 5;

    /** What this process can't read, one of the version that wrote it may come to: that takes minutes while versions change. */
    private static final int MOST_UNREADABLE = 10;

    private static final Failure UNREADABLE = Failure.of(
            Failure.Code.INTERNAL,
            "What is stored of this response can't be read, so it could not be run; create it anew");

    private final Turns turns;
    private final TurnJournal journal;
    private final EventLog log;
    private final Context context;
    private final TurnRunner runner;
    private final InstantSource clock;

    public RunInBackground(
            Turns turns, TurnJournal journal, EventLog log, Context context, TurnRunner runner, InstantSource clock) {
        this.turns = turns;
        this.journal = journal;
        this.log = log;
        this.context = context;
        this.runner = runner;
        this.clock = clock;
    }

    /**
     * Blocks until the turn rests. Does nothing when it rests already. A turn that breaks its run time and again is ended as
     * failed.
     *
     * @throws RuntimeException when the run is to be tried again: the store is away, this process is about to end, another
     *     one is running the turn, or something broke for which the turn is not to blame yet
     */
    @Override
    public void run(Owner owner, TurnId id) {
        Cancellation cancellation = new Cancellation();
        try (RunningTurns.Run _ = runner.enterMovable(id, cancellation)) {
            attempt(owner, id, cancellation);
        }
    }

    private void attempt(Owner owner, TurnId id, Cancellation cancellation) {
        try {
            goOn(owner, id, cancellation);
        } catch (DrivenElsewhere elsewhere) {
            throw elsewhere;
        } catch (RuntimeException failure) {
            if (isRefusal(failure, Refusal.Code.CONFLICT)) {
                LOG.info("turn {}: ends here: {}", id, failure.getMessage());
                requireAtRest(owner, id);
            } else if (isOutage(failure) || !gaveUp(owner, id, failure)) {
                throw handedOver(owner, id, failure);
            }
        }
    }

    private void goOn(Owner owner, TurnId id, Cancellation cancellation) {
        Optional<Turn> found = turns.find(owner, id).filter(turn -> !turn.isAtRest());
        if (found.isEmpty()) {
            return;
        }
        Optional<Turn> claimed = claim(owner, found.get());
        if (claimed.isEmpty()) {
            requireAtRest(owner, id);
            return;
        }
        // only now does nobody else write it any more
        LoggedTurn logged = LoggedTurn.read(log, owner, claimed.get());
        Optional<Turn> whole = withoutLostStep(owner, claimed.get(), logged);
        if (whole.isEmpty()) {
            requireAtRest(owner, id);
            return;
        }
        Turn turn = whole.get();
        try (LoggedSink sink = new LoggedSink(log, owner, turn, logged, cancellation, PAUSE)) {
            logged.untold().forEach(sink::emit);
            turn.factsSince(claimed.get()).forEach(sink::emit);
            runner.drive(owner, turn, journal, context.historyOf(owner, turn), sink, cancellation);
        }
    }

    /** The turn as this process runs it; empty when another one does. */
    private Optional<Turn> claim(Owner owner, Turn turn) {
        if (turn.state() instanceof TurnState.Queued) {
            return saved(owner, turn, turn.observe(new Observation.PickedUp(turn.later(clock.instant()))));
        }
        return journal.claim(owner, turn) ? Optional.of(turn) : Optional.empty();
    }

    private Optional<Turn> withoutLostStep(Owner owner, Turn turn, LoggedTurn logged) {
        if (!logged.midStep() || !logged.untold().isEmpty()) {
            return Optional.of(turn);
        }
        Instant now = clock.instant();
        return saved(owner, turn, turn.observe(new Observation.StepLost(Period.ending(turn.later(now), now))));
    }

    private Optional<Turn> saved(Owner owner, Turn before, Turn after) {
        return journal.save(owner, before, after) == TurnJournal.Saving.SAVED ? Optional.of(after) : Optional.empty();
    }

    /** Somebody else seems to have it; should that one be lost, or be nobody, this run is the one that is left. */
    private void requireAtRest(Owner owner, TurnId id) {
        if (turns.find(owner, id).filter(turn -> !turn.isAtRest()).isPresent()) {
            throw new DrivenElsewhere(id);
        }
    }

    private static boolean isRefusal(Throwable failure, Refusal.Code code) {
        return failure instanceof Refusal refusal && refusal.code() == code;
    }

    /** Also one that was found out when the turn was to be saved. */
    private static boolean isOutage(RuntimeException failure) {
        return isRefusal(failure, Refusal.Code.UNAVAILABLE)
                || (failure.getCause() != null && isRefusal(failure.getCause(), Refusal.Code.UNAVAILABLE));
    }

    /** Any process may try next. */
    private RuntimeException handedOver(Owner owner, TurnId id, RuntimeException failure) {
        try {
            journal.handOver(owner, id);
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
        return failure;
    }

    /** Whether the turn was ended, because it breaks its runs time and again. It may be one that can't be read. */
    private boolean gaveUp(Owner owner, TurnId id, RuntimeException failure) {
        boolean unreadable = failure instanceof UnreadableTurn;
        try {
            Optional<TurnJournal.BrokenRuns> broken = journal.countBroken(owner, id)
                    .filter(count -> count.times() >= (unreadable ? MOST_UNREADABLE : MOST_BROKEN))
                    .filter(count -> markFailed(owner, id, count, unreadable ? UNREADABLE : Failure.MISTAKE));
            broken.ifPresent(count ->
                    LOG.error("turn {}: its run broke {} times; marked as failed", id, count.times(), failure));
            return broken.isPresent();
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
            return false;
        }
    }

    private boolean markFailed(Owner owner, TurnId id, TurnJournal.BrokenRuns broken, Failure why) {
        // one that is queued has nobody to be taken from; one that another process runs is not to be ended here
        boolean _ = journal.claim(owner, id, broken.revision());
        Instant at = Period.ending(broken.startedAt(), clock.instant()).end();
        return journal.fail(owner, id, broken.revision(), why, at) == TurnJournal.Saving.SAVED;
    }

    /** Not this process's turn, for now. */
    @SuppressWarnings("serial") // never leaves the process
    private static final class DrivenElsewhere extends RuntimeException {
        DrivenElsewhere(TurnId id) {
            super("turn %s: another process is running it".formatted(id));
        }
    }
}
