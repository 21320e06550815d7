package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnId;

/** Has queued turns run by whichever process has the time, and by another one when that one dies. */
public interface BackgroundRuns {

    /**
     * Has the turn run soon. Blocks until that is durable; the run itself is not waited for. It is run at least once, so
     * whoever runs it looks first how far it has come.
     */
    void schedule(Owner owner, TurnId turn);

    /** Runs a turn that was scheduled. */
    @FunctionalInterface
    interface Runner {

        /**
         * Blocks until the turn rests, or is another's.
         *
         * @throws RuntimeException when it is to be run again later
         */
        void run(Owner owner, TurnId turn);
    }
}
