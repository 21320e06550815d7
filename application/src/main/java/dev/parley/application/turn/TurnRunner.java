package dev.parley.application.turn;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.TurnSink;
import dev.parley.application.port.Turns;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Replay;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnState;
import java.util.Optional;
import java.util.function.Supplier;

/** What beginning a turn and going on with one have in common: the wait for the session, the run, the retelling. */
public final class TurnRunner {

    private final TurnEngine engine;
    private final Turns turns;
    private final RunningTurns running;
    private final TurnSettings settings;
    private final Patience patience;

    public TurnRunner(TurnEngine engine, Turns turns, RunningTurns running, TurnSettings settings) {
        this.engine = engine;
        this.turns = turns;
        this.running = running;
        this.settings = settings;
        this.patience = new Patience(settings.busyWait());
    }

    RunningTurns.Run enter(TurnId turn, Cancellation cancellation) {
        return running.enter(turn, cancellation);
    }

    /**
     * What the attempt gives once the session is free for it; blocks until then.
     *
     * @throws Refusal when the session stays busy for too long
     */
    <T> T whenFree(Supplier<Optional<T>> attempt, SessionId session, Cancellation cancellation) {
        return patience.until(attempt, cancellation).orElseThrow(() -> busy(session));
    }

    /** Drives a turn whose turn it is in its session until it rests. */
    Turn drive(Owner owner, SessionId session, Turn turn, TurnSink sink, Cancellation cancellation) {
        History history = new History(() -> turns.before(owner, session, turn.id(), settings.historyTurns()));
        return engine.drive(owner, turn, history, sink, cancellation);
    }

    /**
     * Tells a turn that another request drives or has driven, once it rests; blocks until then.
     *
     * @throws Refusal when it does not rest in time
     */
    Turn tellAgain(Owner owner, SessionId session, Turn turn, int fromStep, TurnSink sink, Cancellation cancellation) {
        Turn rested = patience.until(
                        () -> turns.find(owner, session, turn.id())
                                .filter(now -> !(now.state() instanceof TurnState.Running)),
                        cancellation)
                .orElseThrow(() -> busy(session));
        Replay.of(rested, fromStep).forEach(sink::emit);
        sink.flush();
        return rested;
    }

    static Refusal busy(SessionId session) {
        return Refusal.of(
                Refusal.Code.BUSY,
                "Session %s is running another turn; wait until that one ends, or repeat the request later"
                        .formatted(session));
    }
}
