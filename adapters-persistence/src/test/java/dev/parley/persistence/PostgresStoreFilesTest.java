package dev.parley.persistence;

import dev.parley.application.port.StoreFilesContract;
import dev.parley.application.testing.Library;

final class PostgresStoreFilesTest extends StoreFilesContract {
    @Override
    protected Library library() {
        return PersistenceProcess.shared().library();
    }
}
