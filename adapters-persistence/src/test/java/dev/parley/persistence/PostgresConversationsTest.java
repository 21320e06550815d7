package dev.parley.persistence;

import dev.parley.application.port.ConversationsContract;
import dev.parley.application.testing.Store;

final class PostgresConversationsTest extends ConversationsContract {
    @Override
    protected Store store() {
        return PersistenceProcess.shared().store();
    }
}
