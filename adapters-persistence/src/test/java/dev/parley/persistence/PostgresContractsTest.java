package dev.parley.persistence;

import dev.parley.application.port.AgentsContract;
import dev.parley.application.port.SessionsContract;
import dev.parley.application.port.TurnJournalContract;
import dev.parley.application.port.TurnsContract;
import dev.parley.application.testing.Store;
import org.junit.jupiter.api.Nested;

class PostgresContractsTest {

    private static final PersistenceProcess P = PersistenceProcess.onFreshDatabase();

    @Nested
    class AsAgents extends AgentsContract {
        @Override
        protected Store store() {
            return P.store();
        }
    }

    @Nested
    class AsSessions extends SessionsContract {
        @Override
        protected Store store() {
            return P.store();
        }
    }

    @Nested
    class AsTurns extends TurnsContract {
        @Override
        protected Store store() {
            return P.store();
        }
    }

    @Nested
    class AsTurnJournal extends TurnJournalContract {
        @Override
        protected Store store() {
            return P.store();
        }
    }
}
