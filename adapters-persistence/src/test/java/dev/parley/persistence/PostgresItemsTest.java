package dev.parley.persistence;

import dev.parley.application.port.ItemsContract;
import dev.parley.application.testing.Store;

final class PostgresItemsTest extends ItemsContract {
    @Override
    protected Store store() {
        return PersistenceProcess.shared().store();
    }
}
