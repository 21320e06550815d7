package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.application.port.TurnJournal.Saving;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.Together;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Turn;
import dev.parley.persistence.embedded.EmbeddedPostgres;
import dev.parley.persistence.testing.TestFolders;
import dev.parley.persistence.testing.TestPostgres.Database;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The database goes away under a running process, and comes back. */
final class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void requestsAreRefusedWhileTheDatabaseIsAwayAndServedWhenItIsBack() throws Exception {
        Path folder = TestFolders.create();
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, TestFolders.binaries());
        try (CuttableLine line = new CuttableLine(port(postgres));
                PersistenceProcess process = PersistenceProcess.on(
                        new Database(
                                "jdbc:postgresql://127.0.0.1:" + line.port() + "/parley",
                                postgres.username(),
                                postgres.password().reveal()),
                        Map.of("parley.database.connection-timeout", "2s"))) {
            Store store = process.store();
            StoreScene scene = StoreScene.in(store);
            Turn turn = scene.running();
            Turn answered = turn.observe(TurnFixture.answered(turn, "Hello"));

            line.cut();
            postgres.stop();

            List<RuntimeException> failures = Together.run(List.of(
                    failing(() ->
                            store.agents().find(scene.owner(), scene.agent().id())),
                    failing(() -> store.turns()
                            .inSession(scene.owner(), scene.session().id())),
                    failing(() -> {
                        store.agents()
                                .add(scene.owner(), AgentFixture.agent(AgentFixture.config(), StoreScene.LONG_AGO));
                        return true;
                    }),
                    failing(() -> store.journal()
                            .begin(
                                    scene.owner(),
                                    TurnFixture.turn(scene.session().id()),
                                    Optional.empty()))));
            assertThat(failures)
                    .allSatisfy(failure -> assertThat(failure)
                            .isInstanceOfSatisfying(
                                    Refusal.class,
                                    refusal -> assertThat(refusal.code()).isEqualTo(Refusal.Code.UNAVAILABLE)));
            assertThatExceptionOfType(IllegalStateException.class)
                    .as("a turn that was at work is not one that nobody began")
                    .isThrownBy(() -> store.journal().save(scene.owner(), turn, answered))
                    .withMessageContaining("turn %s can't be stored", turn.id());

            postgres = EmbeddedPostgres.start(folder, TestFolders.binaries());
            line.mend(port(postgres));

            assertThat(whenItIsBack(() ->
                            store.agents().find(scene.owner(), scene.agent().id())))
                    .contains(scene.agent());
            assertThat(scene.stored(turn.id())).isEqualTo(turn);
            assertThat(store.journal().save(scene.owner(), turn, answered)).isEqualTo(Saving.SAVED);
        } finally {
            postgres.stop();
            TestFolders.delete(folder);
        }
    }

    /** What the work gives once it is no longer refused because of the outage: the pool has to find out, too. */
    private static <T> T whenItIsBack(Supplier<T> work) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return work.get();
            } catch (Refusal refusal) {
                if (refusal.code() != Refusal.Code.UNAVAILABLE || System.nanoTime() > deadline) {
                    throw refusal;
                }
            }
        }
    }

    /** What the work throws. */
    private static Callable<RuntimeException> failing(Callable<?> work) {
        return () -> {
            try {
                throw new AssertionError("it was served: " + work.call());
            } catch (RuntimeException failure) {
                return failure;
            }
        };
    }

    private static int port(EmbeddedPostgres postgres) {
        return URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort();
    }
}
