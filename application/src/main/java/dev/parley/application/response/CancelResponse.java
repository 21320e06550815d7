package dev.parley.application.response;

import dev.parley.application.port.EventLog;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.Turns;
import dev.parley.application.turn.RunningTurns;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.time.InstantSource;

/** Calls off responses that run in the background (responses-api 6.3). */
public final class CancelResponse {

    private final Turns turns;
    private final TurnJournal journal;
    private final EventLog log;
    private final RunningTurns running;
    private final InstantSource clock;

    public CancelResponse(Turns turns, TurnJournal journal, EventLog log, RunningTurns running, InstantSource clock) {
        this.turns = turns;
        this.journal = journal;
        this.log = log;
        this.running = running;
        this.clock = clock;
    }

    /**
     * Has the turn end where it is; one that has ended stays as it is. Whoever runs it, here or elsewhere, stops soon.
     * Blocks on the store.
     *
     * @return the turn at rest
     * @throws Refusal when there is none, or it was not asked for in the background
     */
    public Turn cancel(Owner owner, TurnId id) {
        while (true) {
            Turn turn = turns.find(owner, id).orElseThrow(() -> ReadResponses.notFound(id));
            if (turn.spec().terms().filter(ResponseTerms::background).isEmpty()) {
                throw Refusal.of(Refusal.Code.INVALID, "Cannot cancel a synchronous response.");
            }
            if (turn.isAtRest()) {
                return turn;
            }
            Turn cancelled = turn.observe(new Observation.CancelRequested(turn.later(clock.instant())));
            if (journal.save(owner, turn, cancelled) == TurnJournal.Saving.SAVED) {
                running.callOff(id);
                tellReaders(owner, cancelled);
                return cancelled;
            }
            // it has moved on meanwhile: look again
        }
    }

    /** Whoever ran the turn may write a last time before it learns of it. One that is deleted meanwhile has no readers. */
    private void tellReaders(Owner owner, Turn cancelled) {
        LoggedTurn logged;
        do {
            logged = LoggedTurn.read(log, owner, cancelled);
        } while (!logged.untold().isEmpty()
                && !log.append(owner, cancelled.id(), logged.last(), LoggedSink.entries(logged.untold(), logged.told()))
                && turns.find(owner, cancelled.id()).isPresent());
    }
}
