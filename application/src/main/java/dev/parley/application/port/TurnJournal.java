package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.time.Instant;
import java.util.Optional;

/**
 * Where turns are written as they go on. The store, not this process, decides between rivals: at most one turn of a
 * session runs at a time, and of two who move the same turn one wins. Every method blocks until its outcome is durable,
 * and throws when the store fails, in which case nothing may be taken for written.
 */
public interface TurnJournal {

    /**
     * Writes a turn that has just begun.
     *
     * @param request what the client called the request; empty when it did not name it
     * @throws Refusal as unavailable when the store can't be reached: the same request may succeed later
     */
    Beginning begin(Owner owner, Turn turn, Optional<RequestKey> request);

    /**
     * Writes what {@code after} has beyond {@code before}: its new steps and its state, in one commit that costs the same
     * however long the turn and its session are.
     *
     * @param before the turn as it was last stored
     * @param after the turn that follows it by one observation
     * @throws IllegalStateException when the store can't be reached; never a {@link Refusal}, since work was done by now
     */
    Saving save(Owner owner, Turn before, Turn after);

    /**
     * Ends a running turn as failed, with the steps that it has. Nothing of it is read: it may be one that this process
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

        /** The turn is stored, and it is its session's turn to run. */
        record Begun() implements Beginning {}

        /** Another turn of the session is running; nothing was written. */
        record SessionBusy() implements Beginning {}

        /** There is no such session (any more); nothing was written. */
        record NoSession() implements Beginning {}

        /**
         * A request of this name began a turn in this session before; nothing was written.
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

    /** What came of the wish to move a turn. */
    enum Saving {
        SAVED,
        /**
         * Somebody else has moved the turn, it was deleted, or it would run again though a later one of its session exists;
         * nothing was written.
         */
        LOST,
        /** The turn would run again, but another one of its session is running just now; nothing was written. */
        SESSION_BUSY
    }
}
