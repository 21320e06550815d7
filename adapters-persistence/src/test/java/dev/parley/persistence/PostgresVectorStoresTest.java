package dev.parley.persistence;

import dev.parley.application.port.VectorStoresContract;
import dev.parley.application.testing.Library;

final class PostgresVectorStoresTest extends VectorStoresContract {
    @Override
    protected Library library() {
        return PersistenceProcess.shared().library();
    }
}
