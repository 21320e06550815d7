package dev.parley.application.turn;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.TurnSink;
import dev.parley.application.port.Turns;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Replay;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.util.Optional;
import java.util.function.Supplier;

/** What beginning a turn and going on with one have in common: the wait for the session, the run, the retelling. */
public final class TurnRunner {

    private final TurnEngine engine;
    private final TurnJournal journal;
    private final Turns turns;
    private final RunningTurns running;
    private final TurnSettings settings;
    private final Patience patience;

    public TurnRunner(
            TurnEngine engine, TurnJournal journal, Turns turns, RunningTurns running, TurnSettings settings) {
        this.engine = engine;
        this.journal = journal;
        this.turns = turns;
        this.running = running;
        this.settings = settings;
        this.patience = new Patience(settings.busyWait());
    }

    /**
     * Lets a run in, before the store hears of it.
     *
     * @throws Refusal when the process is about to end
     */
    public RunningTurns.Run enter(TurnId turn, Cancellation cancellation) {
        return running.enter(turn, cancellation);
    }

    /**
     * Lets a run in that another process can go on with.
     *
     * @throws Refusal when the process is about to end
     */
    public RunningTurns.Run enterMovable(TurnId turn, Cancellation cancellation) {
        return running.enterMovable(turn, cancellation);
    }

    /** @throws Refusal when the process is about to end */
    public void requireOpen() {
        running.requireOpen();
    }

    /**
     * What the attempt gives once the session is free for it; blocks until then.
     *
     * @throws Refusal when the session stays busy for too long, or this process is about to end
     */
    <T> T whenFree(Supplier<Optional<T>> attempt, SessionId session, Cancellation cancellation) {
        Supplier<Optional<T>> attemptWhileOpen = () -> {
            running.requireOpen();
            return attempt.get();
        };
        return patience.until(attemptWhileOpen, cancellation).orElseThrow(() -> {
            running.requireOpen();
            return busy(session);
        });
    }

    /** Drives a turn whose turn it is in its session until it rests. */
    Turn drive(Caller caller, SessionId session, Turn turn, TurnSink sink, Cancellation cancellation) {
        History history =
                History.ofTurns(() -> turns.before(caller.owner(), session, turn.id(), settings.historyTurns()));
        return engine.drive(caller, turn, journal, history, sink, cancellation);
    }

    /** Drives a turn outside of sessions until it rests. */
    public Turn drive(
            Owner owner, Turn turn, TurnJournal where, History history, TurnSink sink, Cancellation cancellation) {
        return engine.drive(Caller.of(owner), turn, where, history, sink, cancellation);
    }

    /**
     * Tells a turn that another request drives or has driven, once it rests; blocks until then.
     *
     * @throws Refusal when it does not rest in time, or is deleted meanwhile
     */
    Turn tellAgain(
            Owner owner, SessionId session, TurnId turn, int fromStep, TurnSink sink, Cancellation cancellation) {
        return tellAgain(() -> turns.find(owner, session, turn), turn, fromStep, sink, cancellation);
    }

    /** The same of a turn that need not be in a session, from its start. */
    public Turn tellAgain(Owner owner, TurnId turn, TurnSink sink, Cancellation cancellation) {
        return tellAgain(() -> turns.find(owner, turn), turn, 0, sink, cancellation);
    }

    private Turn tellAgain(
            Supplier<Optional<Turn>> stored, TurnId turn, int fromStep, TurnSink sink, Cancellation cancellation) {
        Turn rested = patience.until(() -> atRest(stored, turn), cancellation)
                .orElseThrow(() -> Refusal.of(
                        Refusal.Code.BUSY,
                        "Turn %s, which this request began before, is still running; read it, or repeat the request later"
                                .formatted(turn)));
        Replay.of(rested, fromStep).forEach(sink::emit);
        sink.flush();
        return rested;
    }

    private static Optional<Turn> atRest(Supplier<Optional<Turn>> stored, TurnId id) {
        Turn turn = stored.get().orElseThrow(() -> Refusal.notFound("Turn", id.value()));
        return Optional.of(turn).filter(Turn::isAtRest);
    }

    static Refusal busy(SessionId session) {
        return Refusal.of(
                Refusal.Code.BUSY,
                "Session %s is running another turn; wait until that one ends, or repeat the request later"
                        .formatted(session));
    }
}
