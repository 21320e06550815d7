package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.application.port.ChunkIndexContract;
import dev.parley.application.testing.Library;
import dev.parley.persistence.testing.TestPostgres;
import dev.parley.persistence.testing.TestPostgres.Database;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The index of chunks on a database that has pgvector. Skipped where the test database has none, as the embedded one has not. */
final class PgVectorTest extends ChunkIndexContract {

    private static final Database DATABASE = TestPostgres.freshDatabase();
    private static final PersistenceProcess PROCESS = PersistenceProcess.on(DATABASE, Map.of());
    private static final PersistenceProcess WITHOUT = PersistenceProcess.on(
            DATABASE, Map.of("parley.retrieval.exact-search-limit", 10, "parley.retrieval.pgvector", false));

    @BeforeAll
    static void requireExtension() {
        assumeTrue(
                PROCESS.ask("select count(*) from pg_available_extensions where name = 'vector'")
                        .equals("1"),
                "the test database has no pgvector");
    }

    @AfterAll
    static void end() {
        PROCESS.close();
        WITHOUT.close();
    }

    @Test
    void theExtensionIsInUse() {
        assertThat(PROCESS.bean(PgVector.class).isThere()).isTrue();
        assertThat(WITHOUT.bean(PgVector.class).isThere()).isFalse();
    }

    @Override
    protected Library library() {
        return PROCESS.library();
    }

    /** With pgvector a store has no such limit. */
    @Override
    protected Library smallLibrary() {
        return WITHOUT.library();
    }
}
