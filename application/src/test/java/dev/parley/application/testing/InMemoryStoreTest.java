package dev.parley.application.testing;

import dev.parley.application.port.AgentsContract;
import dev.parley.application.port.ConversationsContract;
import dev.parley.application.port.EventLogContract;
import dev.parley.application.port.ItemsContract;
import dev.parley.application.port.ReplicasContract;
import dev.parley.application.port.SessionsContract;
import dev.parley.application.port.TurnJournalContract;
import dev.parley.application.port.TurnsContract;
import org.junit.jupiter.api.Nested;

class InMemoryStoreTest {

    private static final InMemoryStore STORE = new InMemoryStore();

    @Nested
    class AsAgents extends AgentsContract {
        @Override
        protected Store store() {
            return STORE.asStore();
        }
    }

    @Nested
    class AsSessions extends SessionsContract {
        @Override
        protected Store store() {
            return STORE.asStore();
        }
    }

    @Nested
    class AsTurns extends TurnsContract {
        @Override
        protected Store store() {
            return STORE.asStore();
        }
    }

    @Nested
    class AsTurnJournal extends TurnJournalContract {
        @Override
        protected Store store() {
            return STORE.asStore();
        }
    }

    @Nested
    class AsReplicas extends ReplicasContract {
        @Override
        protected Store newProcess() {
            return STORE.another().asStore();
        }

        @Override
        protected void stopHeart(Store process) {
            ((InMemoryStore) process.replicas()).stopHeart();
        }
    }

    @Nested
    class AsConversations extends ConversationsContract {
        @Override
        protected Store store() {
            return STORE.asStore();
        }
    }

    @Nested
    class AsItems extends ItemsContract {
        @Override
        protected Store store() {
            return STORE.asStore();
        }
    }

    @Nested
    class AsEventLog extends EventLogContract {
        @Override
        protected Store newProcess() {
            return STORE.another().asStore();
        }
    }
}
