package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnItems;
import java.time.Instant;
import java.util.Optional;

/**
 * Where turns are written as they go on. The store, not this process, decides between rivals: at most one turn of a
 * session runs at a time, and of two who move the same turn one wins. Every method blocks until its outcome is durable,
 * and throws when the store fails, in which case nothing may be taken for written.
 */
public interface TurnJournal {

    /** Keeps nothing: for turns that are not to be stored, of which nobody else can know. */
    TurnJournal DROPPING = new TurnJournal() {
        @Override
        public Beginning begin(Owner owner, Turn turn, Optional<RequestKey> request) {
            return new Beginning.Begun();
        }

        @Override
        public Optional<Beginning.AlreadyBegun> begunBefore(Owner owner, Origin origin, RequestKey request) {
            return Optional.empty();
        }

        @Override
        public Saving save(Owner owner, Turn before, Turn after) {
            return Saving.SAVED;
        }

        @Override
        public boolean claim(Owner owner, TurnId turn, long revision) {
            return false;
        }

        @Override
        public void handOver(Owner owner, TurnId turn) {}

        @Override
        public Optional<BrokenRuns> countBroken(Owner owner, TurnId turn) {
            return Optional.empty();
        }

        @Override
        public Saving fail(Owner owner, TurnId turn, long revision, Failure failure, Instant at) {
            return Saving.LOST;
        }
    };

    /**
     * Writes a turn that has just begun, or was queued.
     *
     * @param request what the client called the request; empty when it did not name it
     * @throws Refusal as unavailable when the store can't be reached: the same request may succeed later
     */
    Beginning begin(Owner owner, Turn turn, Optional<RequestKey> request);

    /**
     * What a request of this name has begun before, so that its repetition need not fit to what has come of it since: outside
     * of sessions, or in the session that the origin is or is in. Neither the origin nor what is there need be left.
     *
     * @param origin what the request names as its origin
     * @throws Refusal as unavailable when the store can't be reached
     */
    Optional<Beginning.AlreadyBegun> begunBefore(Owner owner, Origin origin, RequestKey request);

    /**
     * Writes what {@code after} has beyond {@code before}: its new steps and its state, in one commit that costs the same
     * however long the turn and its session are.
     *
     * A turn of a conversation that comes to rest adds to it, in the same commit, what {@link TurnItems#kept} says.
     *
     * @param before the turn as it was last stored
     * @param after the turn that follows it by one observation
     * @throws IllegalStateException when the store can't be reached; never a {@link Refusal}, since work was done by now
     */
    Saving save(Owner owner, Turn before, Turn after);

    /**
     * Makes this process the one that drives a running background turn, if nobody else does: its process is dead, is this
     * one, or has handed it over. From then on the process before can't write it any more.
     *
     * @param revision where it was last stored
     * @return false when another process drives it, or it does not run in the background, or no longer at that revision
     */
    boolean claim(Owner owner, TurnId turn, long revision);

    /** The same of a turn as it was last stored. */
    default boolean claim(Owner owner, Turn turn) {
        return claim(owner, turn.id(), turn.revision());
    }

    /** Says that this process no longer drives a running background turn, so that any may claim it. */
    void handOver(Owner owner, TurnId turn);

    /**
     * Counts that a run of a background turn broke, at whichever process: the count outlives them all. Nothing of the turn is
     * read: it may be that which breaks its runs.
     *
     * @return the count, this time included; empty when the owner has no turn of that id that is queued or runs in the background
     */
    Optional<BrokenRuns> countBroken(Owner owner, TurnId turn);

    /**
     * Ends a turn that is running or queued as failed, with the steps that it has. Nothing of it is read: it may be one that this process
     * can't read, and its session must go on nevertheless.
     *
     * @param revision where it was last stored
     * @param at when it came to rest, by a clock that may be behind that of the process which ran it
     * @return {@link Saving#SAVED} or {@link Saving#LOST}
     * @throws IllegalStateException when the store can't be reached
     */
    Saving fail(Owner owner, TurnId turn, long revision, Failure failure, Instant at);

    /** What came of the wish to begin a turn. */
    sealed interface Beginning {

        /** The turn is stored: this process runs it, or it is queued. */
        record Begun() implements Beginning {}

        /** Another turn of the session or conversation, or the one to begin after, is running; nothing was written. */
        record OriginBusy() implements Beginning {}

        /** There is no such session, conversation or turn to begin after (any more); nothing was written. */
        record NoOrigin() implements Beginning {}

        /**
         * A request of this name began a turn before: in this session, or outside of sessions; nothing was written.
         *
         * @param turn that turn, as it was last stored
         * @param request that request, which may have another body
         */
        record AlreadyBegun(Turn turn, RequestKey request) implements Beginning {
            public AlreadyBegun {
                requireNonNull(turn, "turn");
                requireNonNull(request, "request");
            }
        }
    }

    /**
     * How often the runs of a turn broke.
     *
     * @param times at least 1
     * @param revision where the turn was last stored
     */
    record BrokenRuns(int times, long revision, Instant startedAt) {
        public BrokenRuns {
            requireNonNull(startedAt, "startedAt");
        }
    }

    /** What came of the wish to move a turn. */
    enum Saving {
        SAVED,
        /**
         * Somebody else has moved the turn, it was deleted, or it would run again though a later one of its session exists;
         * or it runs in the background and another process drives it, which only calling it off does not mind. Nothing was
         * written.
         */
        LOST,
        /** The turn would run again, but another one of its session is running just now; nothing was written. */
        SESSION_BUSY
    }
}
