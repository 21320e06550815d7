package dev.parley.application.response;

import dev.parley.application.port.BackgroundRuns;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.EventLog;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.Turns;
import dev.parley.application.turn.RunningTurns;
import dev.parley.application.turn.TurnRunner;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
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
     * Blocks until the turn rests. Does nothing when it rests already.
     *
     * @throws RuntimeException when the run is to be tried again: the store is away, this process is about to end, or another
     *     one is running the turn
     */
    @Override
    public void run(Owner owner, TurnId id) {
        Cancellation cancellation = new Cancellation();
        try (RunningTurns.Run _ = runner.enterMovable(id, cancellation)) {
            Optional<Turn> found = turns.find(owner, id);
            if (found.isEmpty() || found.get().isAtRest()) {
                return;
            }
            LoggedTurn logged = LoggedTurn.read(log, owner, found.get());
            Optional<Turn> ours = take(owner, found.get(), logged);
            if (ours.isEmpty()) {
                requireAtRest(owner, id);
                return;
            }
            try (LoggedSink sink = new LoggedSink(log, owner, found.get(), logged, cancellation, PAUSE)) {
                logged.untold().forEach(sink::emit);
                ours.get().factsSince(found.get()).forEach(sink::emit);
                runner.drive(
                        owner,
                        ours.get(),
                        journal,
                        context.of(owner, ours.get()).history(),
                        sink,
                        cancellation);
            }
        } catch (Refusal refusal) {
            if (refusal.code() == Refusal.Code.UNAVAILABLE) {
                journal.handOver(owner, id);
                throw refusal;
            }
            LOG.info("turn {}: ends here: {}", id, refusal.explanation());
            requireAtRest(owner, id);
        }
    }

    /** Somebody else seems to have it; should that one be lost, or be nobody, this run is the one that is left. */
    private void requireAtRest(Owner owner, TurnId id) {
        if (turns.find(owner, id).filter(turn -> !turn.isAtRest()).isPresent()) {
            throw new IllegalStateException("turn %s: another process is running it".formatted(id));
        }
    }

    /** The turn as this process runs it; empty when another one does. */
    private Optional<Turn> take(Owner owner, Turn turn, LoggedTurn logged) {
        Instant now = clock.instant();
        if (turn.state() instanceof TurnState.Queued) {
            return saved(owner, turn, turn.observe(new Observation.PickedUp(turn.later(now))));
        }
        if (!journal.claim(owner, turn)) {
            return Optional.empty();
        }
        boolean lost = logged.midStep() && logged.untold().isEmpty();
        return lost
                ? saved(owner, turn, turn.observe(new Observation.StepLost(Period.ending(turn.later(now), now))))
                : Optional.of(turn);
    }

    private Optional<Turn> saved(Owner owner, Turn before, Turn after) {
        return journal.save(owner, before, after) == TurnJournal.Saving.SAVED ? Optional.of(after) : Optional.empty();
    }
}
