package dev.parley.application.response;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.EventLog;
import dev.parley.application.port.TurnSink;
import dev.parley.application.port.Turns;
import dev.parley.application.turn.TurnRunner;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnId;
import java.time.Duration;
import java.util.List;

/**
 * Tells a response from its beginning to its end, whoever runs it and wherever: one in the background as its log has it, so
 * that every reader is told the same; any other from what is stored of it.
 */
public final class FollowResponse {

    private final Turns turns;
    private final EventLog log;
    private final TurnRunner runner;
    private final Duration patience;

    /** @param patience for how long the log of a turn at rest may not say so, before it is said by whoever looks */
    public FollowResponse(Turns turns, EventLog log, TurnRunner runner, Duration patience) {
        this.turns = turns;
        this.log = log;
        this.runner = runner;
        this.patience = patience;
    }

    /**
     * Blocks until the turn rests and all of it is told, or the reader has left. The turn itself goes on without readers.
     *
     * @return the turn as it was last told
     * @throws Refusal when there is none, or this process is about to end: the rest is told elsewhere
     */
    public Turn follow(Owner owner, TurnId id, TurnSink sink, Cancellation cancellation) {
        Turn turn = find(owner, id);
        return turn.spec().terms().filter(ResponseTerms::background).isPresent()
                ? new Reader(owner, turn, sink).read(cancellation)
                : runner.tellAgain(owner, id, sink, cancellation);
    }

    private Turn find(Owner owner, TurnId id) {
        return turns.find(owner, id).orElseThrow(() -> ReadResponses.notFound(id));
    }

    /** One reading of one log. Used by one thread. */
    private final class Reader {

        private final Owner owner;
        private final TurnSink sink;
        private Turn turn;
        private long place;
        private boolean rested;

        Reader(Owner owner, Turn turn, TurnSink sink) {
            this.owner = owner;
            this.turn = turn;
            this.sink = sink;
        }

        Turn read(Cancellation cancellation) {
            // by itself, not from the log: whoever began the turn may not have lived to log that
            sink.emit(new TurnEvent.TurnStarted(
                    Turn.queue(turn.id(), turn.origin(), turn.spec(), turn.input(), turn.startedAt())));
            Lull lull = new Lull();
            Duration silence = Duration.ZERO;
            while (!rested && cancellation.requested().isEmpty()) {
                List<EventLog.Placed> page = log.read(owner, turn.id(), place);
                page.forEach(this::tell);
                sink.flush();
                if (!rested) {
                    runner.requireOpen();
                }
                if (!page.isEmpty()) {
                    lull = new Lull();
                    silence = Duration.ZERO;
                    continue;
                }
                Duration pause = lull.next();
                silence = silence.plus(pause);
                if (!cancellation.await(pause) && silence.compareTo(patience) >= 0) {
                    silence = Duration.ZERO;
                    completeLog();
                }
            }
            return turn;
        }

        /** Whoever ran the turn may not have lived to log its end. */
        private void completeLog() {
            turn = find(owner, turn.id());
            if (!turn.isAtRest()) {
                return;
            }
            LoggedTurn logged = LoggedTurn.read(log, owner, turn);
            if (!logged.untold().isEmpty()) {
                List<EventLog.Entry> missing = LoggedSink.entries(logged.untold(), logged.told());
                // whoever was quicker has written the same
                boolean _ = log.append(owner, turn.id(), logged.last(), missing);
            }
        }

        private void tell(EventLog.Placed placed) {
            place = placed.place();
            switch (placed.entry()) {
                case EventLog.Entry.Started _ -> {
                    // told before
                }
                case EventLog.Entry.PickedUp _ ->
                    sink.emit(new TurnEvent.TurnPickedUp(
                            Turn.begin(turn.id(), turn.origin(), turn.spec(), turn.input(), turn.startedAt())));
                case EventLog.Entry.Progress(TurnEvent event) -> sink.emit(event);
                case EventLog.Entry.Completed(int step) -> {
                    if (turn.steps().size() <= step) {
                        turn = find(owner, turn.id());
                    }
                    sink.emit(new TurnEvent.StepCompleted(
                            turn.id(), StepId.of(turn.id(), step), turn.steps().get(step)));
                }
                case EventLog.Entry.Rested _ -> {
                    turn = find(owner, turn.id());
                    sink.emit(new TurnEvent.TurnRested(turn));
                    rested = true;
                }
            }
        }
    }
}
