package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The processes that run turns on one store, seen from one of them. A process whose heartbeat has stopped for the
 * configured time, by the store's own clock, is dead. Every method blocks on the store.
 */
public interface Replicas {

    /** Says that this process lives. */
    void beat();

    /**
     * Running turns that nobody drives: those of dead processes, and those that are down as this process's own though it
     * is not driving them. Turns of other living processes are never among them, nor are background turns: another process
     * goes on with those ({@link TurnJournal#claim}).
     *
     * @param driven the turns that this process drives right now
     * @param limit the most to return
     */
    List<Abandoned> abandoned(Set<TurnId> driven, int limit);

    /** Says that this process has ended in order. Its running turns, if any, count as abandoned from now on. */
    void leave();

    /**
     * A running turn that nobody drives. What it holds is not looked at, so that it is found even if it can't be read.
     *
     * @param revision where it was last stored
     */
    record Abandoned(Owner owner, TurnId turn, long revision, Instant startedAt) {
        public Abandoned {
            requireNonNull(owner, "owner");
            requireNonNull(turn, "turn");
            requireNonNull(startedAt, "startedAt");
        }
    }
}
