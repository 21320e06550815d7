package dev.parley.persistence;

import dev.parley.application.port.ChunkIndexContract;
import dev.parley.application.testing.Library;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

final class PostgresChunkIndexTest extends ChunkIndexContract {

    private static final PersistenceProcess SMALL = PersistenceProcess.on(
            PersistenceProcess.shared().database(), Map.of("parley.retrieval.exact-search-limit", 10));

    @AfterAll
    static void end() {
        SMALL.close();
    }

    @Override
    protected Library library() {
        return PersistenceProcess.shared().library();
    }

    @Override
    protected Library smallLibrary() {
        return SMALL.library();
    }
}
