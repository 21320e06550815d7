package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnId;
import java.util.List;

/**
 * What the readers of background turns are told, kept so that each can begin where it left off, at any process and after
 * any end of one. Facts are kept without what the turn itself holds. Every method blocks on the store.
 */
public interface EventLog {

    /**
     * Adds events behind those that are there, all or nothing. Each call is a commit, so many events are given at once.
     *
     * @param after the place of the last event that the writer knows of; 0 when it knows of none
     * @param entries at least one
     * @return false when somebody else has written meanwhile, another process drives the turn, or the owner has none of that
     *     id; nothing was written then
     */
    boolean append(Owner owner, TurnId turn, long after, List<Entry> entries);

    /** The events behind a place, in their order, a few thousand at most; empty when there are none (yet). */
    List<Placed> read(Owner owner, TurnId turn, long after);

    /**
     * The events before a place, the newest first, at most some thousand; empty when there are none. With it the end of a log
     * is read without what is before.
     *
     * @param before a place behind the newest event to read; {@link Long#MAX_VALUE} to begin at the end
     */
    List<Placed> readBack(Owner owner, TurnId turn, long before);

    /** An event as it is kept. */
    sealed interface Entry {

        /** Progress, whole. */
        record Progress(TurnEvent.Progress event) implements Entry {
            public Progress {
                requireNonNull(event, "event");
            }
        }

        /** The turn was queued; it says so itself, so not every log does. */
        record Started() implements Entry {}

        /** It was picked up. */
        record PickedUp() implements Entry {}

        /** The step at this place, counted from 0, was completed. */
        record Completed(int step) implements Entry {}

        /** The turn came to rest. */
        record Rested() implements Entry {}
    }

    /** @param place counted from 1, without gaps */
    record Placed(long place, Entry entry) {
        public Placed {
            requireNonNull(entry, "entry");
        }
    }
}
