package dev.parley.persistence;

import dev.parley.application.port.TurnJournalContract;
import dev.parley.application.testing.Store;

final class PostgresTurnJournalTest extends TurnJournalContract {
    @Override
    protected Store store() {
        return PersistenceProcess.shared().store();
    }
}
