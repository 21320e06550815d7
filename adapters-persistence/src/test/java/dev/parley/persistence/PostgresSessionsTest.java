package dev.parley.persistence;

import dev.parley.application.port.SessionsContract;
import dev.parley.application.testing.Store;

final class PostgresSessionsTest extends SessionsContract {
    @Override
    protected Store store() {
        return PersistenceProcess.shared().store();
    }
}
