package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnId;

/** Has queued turns run by whichever process has the time, and by another one when that one dies. */
public interface BackgroundRuns {

    /**
     * Has the turn run soon. Blocks until that is durable; the run itself is not waited for. It is run at least once, so
     * whoever runs it looks first how far it has come. A turn that is to run already is not scheduled twice, and one that
     * was queued and never scheduled, because its process died in between, is found after a minute.
     */
    void schedule(Owner owner, TurnId turn);

    /** Begins to run turns here, several at a time, each on a virtual thread of its own. Once only. */
    void start(Runner runner);

    /** Takes up no more runs here; those that are under way go on. Does not block, and does nothing when it was not started. */
    void pause();

    /**
     * Runs no more turns here, and waits some seconds for the runs that are under way; those that have not ended by then are
     * interrupted. Whoever wants them to end has told them before. Does nothing when it was not started.
     */
    void stop();

    /** Runs a turn. */
    @FunctionalInterface
    interface Runner {

        /**
         * Blocks until the turn is at rest and nothing is left to do. It may be at rest before, be gone, or be driven by
         * another process.
         *
         * @throws RuntimeException when something is left to do, here or elsewhere: the turn is run again soon, and later each
         *     time
         */
        void run(Owner owner, TurnId turn);
    }
}
