package dev.parley.persistence;

import dev.parley.application.port.TurnsContract;
import dev.parley.application.testing.Store;

final class PostgresTurnsTest extends TurnsContract {
    @Override
    protected Store store() {
        return PersistenceProcess.shared().store();
    }
}
