package dev.parley.persistence;

import dev.parley.application.port.AgentsContract;
import dev.parley.application.testing.Store;

final class PostgresAgentsTest extends AgentsContract {
    @Override
    protected Store store() {
        return PersistenceProcess.shared().store();
    }
}
