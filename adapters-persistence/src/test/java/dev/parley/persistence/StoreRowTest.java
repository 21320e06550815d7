package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.ChunkIndex.Indexing;
import dev.parley.application.testing.Library;
import dev.parley.application.testing.LibraryScene;
import dev.parley.application.testing.Together;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.FileBatch;
import dev.parley.domain.retrieval.FileBatchId;
import dev.parley.domain.retrieval.FileCounts;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.persistence.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What this process does while another has taken a store's row, as for the time of writing a long document. */
final class StoreRowTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CONNECTIONS = 4;

    private static final PersistenceProcess PROCESS = PersistenceProcess.on(
            TestPostgres.freshDatabase(),
            Map.of("parley.database.pool-size", CONNECTIONS, "parley.database.connection-timeout", "1s"));

    private final Library library = PROCESS.library();
    private final LibraryScene scene = LibraryScene.in(library);
    private final VectorStore store = scene.store();

    @AfterAll
    static void end() {
        PROCESS.close();
    }

    @Test
    void thoseWhoWaitForAStoreLeaveConnectionsForOthers() throws Exception {
        List<FutureTask<Indexing>> writes = new ArrayList<>();
        try (Connection other = PROCESS.database().connect()) {
            take(other);
            List<Thread> writers = new ArrayList<>();
            for (int number = 0; number < CONNECTIONS + 2; number++) {
                StoreFile document = LibraryScene.inserted(store, "d" + number, Attributes.NONE);
                FutureTask<Indexing> write = new FutureTask<>(
                        () -> library.index().put(scene.owner(), document, LibraryScene.chunks("apple")));
                writes.add(write);
                writers.add(Thread.ofPlatform().start(write));
            }
            await(
                    "one waits in the database, the others here",
                    () -> waiting() == 1
                            && writers.stream().filter(StoreRowTest::rests).count() == CONNECTIONS + 1);

            PROCESS.store().replicas().beat();
            assertThat(library.stores().find(scene.owner(), store.id())).isPresent();
            assertThat(waiting()).isEqualTo(1);
            other.rollback();
        }
        for (FutureTask<Indexing> write : writes) {
            assertThat(write.get(20, TimeUnit.SECONDS)).isEqualTo(new Indexing.Done());
        }
    }

    @Test
    void nobodyWaitsForEver() throws Exception {
        scene.document(store, "d", Attributes.NONE, "apple");
        VectorStore another = scene.store();
        StoreFileRows rows = PROCESS.bean(StoreFileRows.class);
        try (Connection other = PROCESS.database().connect()) {
            take(other);
            library.stores().touch(scene.owner(), store.id(), Instant.now()); // which is not worth a wait

            List<Refusal> refusals = Together.run(List.of(
                    refused(() -> library.index()
                            .put(
                                    scene.owner(),
                                    LibraryScene.inserted(store, "e", Attributes.NONE),
                                    LibraryScene.chunks("pear"))),
                    refused(() -> rows.remove(scene.owner().id(), another.id().value(), "d"))));

            assertThat(refusals).allSatisfy(refusal -> {
                assertThat(refusal.code()).isEqualTo(Refusal.Code.UNAVAILABLE);
                assertThat(refusal.explanation()).contains("Others are changing", "repeat the request");
            });
            other.rollback();
        }
        assertThat(scene.near(store, "apple")).containsExactly("apple");
    }

    @Test
    void whoCallsABatchOffTakesTheStoreFirst() throws Exception {
        FileBatch batch =
                new FileBatch(new FileBatchId("vsfb_1"), store.id(), LibraryScene.LONG_AGO, false, FileCounts.NONE);
        StoreFile file = StoreFile.toRead(
                store.id(),
                scene.upload("a.txt", "a"),
                Attributes.NONE,
                store.chunking(),
                LibraryScene.LONG_AGO,
                Optional.of(batch.id()));
        library.storeFiles().begin(scene.owner(), batch, List.of(file));
        FutureTask<Optional<FileBatch>> cancelling =
                new FutureTask<>(() -> library.storeFiles().cancelBatch(scene.owner(), store.id(), batch.id()));
        try (Connection other = PROCESS.database().connect()) {
            take(other);
            Thread.ofVirtual().start(cancelling);
            await("it waits for the store", () -> waiting() == 1);

            // with what it has not taken, the other can go on
            execute(other, "update store_file set attempt = 0");
            execute(other, "update store_batch set cancelled = false");
            other.commit();
        }
        assertThat(cancelling.get(20, TimeUnit.SECONDS))
                .hasValueSatisfying(now -> assertThat(now.cancelled()).isTrue());
    }

    /** Takes the rows of all stores. */
    private static void take(Connection other) throws SQLException {
        other.setAutoCommit(false);
        execute(other, "set local lock_timeout = '5s'");
        execute(other, "update vector_store set revision = nextval('library_revision')");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int waiting() {
        return Integer.parseInt(PROCESS.ask("""
            select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
            """));
    }

    private static boolean rests(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING;
    }

    private static Callable<Refusal> refused(Callable<?> work) {
        return () -> catchThrowableOfType(Refusal.class, work::call);
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(5_000_000);
        }
    }
}
