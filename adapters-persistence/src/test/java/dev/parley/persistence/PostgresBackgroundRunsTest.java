package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BackgroundRuns;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.persistence.testing.TestPostgres;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs in the background, by one process and by two on one database. */
final class PostgresBackgroundRunsTest {

    private static final Owner OWNER = new Owner("an owner: 日本語");

    private final TestPostgres.Database database = TestPostgres.freshDatabase();
    private final List<PersistenceProcess> processes = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    private record Run(String process, Owner owner, TurnId turn) {}

    private final BlockingQueue<Run> runs = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        end.countDown();
        processes.forEach(process -> {
            process.bean(BackgroundRuns.class).stop();
            process.close();
        });
    }

    @Test
    void aScheduledTurnIsRunOnceAndForgotten() {
        BackgroundRuns background = process().bean(BackgroundRuns.class);
        background.start(telling("here"));
        TurnId turn = StoreScene.someTurnId();

        background.schedule(OWNER, turn);

        assertThat(nextRun()).isEqualTo(new Run("here", OWNER, turn));
        awaitRows(0);
        background.schedule(OWNER, turn);
        assertThat(nextRun().turn()).isEqualTo(turn);
    }

    @Test
    void aTurnThatIsToRunAlreadyIsNotScheduledTwice() {
        BackgroundRuns background = process().bean(BackgroundRuns.class);
        TurnId turn = StoreScene.someTurnId();
        background.schedule(OWNER, turn);
        background.schedule(OWNER, turn);

        background.start(telling("here"));

        assertThat(nextRun().turn()).isEqualTo(turn);
        awaitRows(0);
        assertThat(runs).isEmpty();
    }

    @Test
    void aRunThatThrowsIsRepeated() {
        BackgroundRuns background = process().bean(BackgroundRuns.class);
        AtomicInteger attempts = new AtomicInteger();
        background.start((owner, turn) -> {
            if (attempts.getAndIncrement() == 0) {
                throw new IllegalStateException("not yet");
            }
            runs.add(new Run("here", owner, turn));
        });

        background.schedule(OWNER, StoreScene.someTurnId());

        assertThat(nextRun().owner()).isEqualTo(OWNER);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void manyRunAtATime() {
        BackgroundRuns background = process().bean(BackgroundRuns.class);
        int many = 40;
        CountDownLatch together = new CountDownLatch(many);
        background.start((_, _) -> {
            together.countDown();
            Patient.await(together);
        });

        for (int turn = 0; turn < many; turn++) {
            background.schedule(OWNER, StoreScene.someTurnId());
        }

        Patient.await(together);
        awaitRows(0);
    }

    @Test
    void ofTwoProcessesOneRunsEachTurn() {
        BackgroundRuns first = process().bean(BackgroundRuns.class);
        BackgroundRuns second = process().bean(BackgroundRuns.class);
        first.start(telling("first"));
        second.start(telling("second"));
        Set<TurnId> turns = new HashSet<>();
        for (int turn = 0; turn < 50; turn++) {
            TurnId id = StoreScene.someTurnId();
            turns.add(id);
            (turn % 2 == 0 ? first : second).schedule(OWNER, id);
        }

        awaitRows(0);

        assertThat(runs).extracting(Run::turn).containsExactlyInAnyOrderElementsOf(turns);
    }

    @Test
    void whatAProcessHadThatDiedWithoutAWordIsRunByAnother() {
        PersistenceProcess dying = process();
        BackgroundRuns background = dying.bean(BackgroundRuns.class);
        CountDownLatch under = new CountDownLatch(1);
        background.start((_, _) -> {
            under.countDown();
            Patient.await(end);
        });
        TurnId turn = StoreScene.someTurnId();
        background.schedule(OWNER, turn);
        Patient.await(under);
        process().bean(BackgroundRuns.class).start(telling("another"));

        // from now on nothing of it reaches the database, as after a kill
        dying.bean(Database.class).pool().close();

        assertThat(nextRun()).isEqualTo(new Run("another", OWNER, turn));
    }

    @Test
    void whatAProcessThatStopsGivesUpIsRunByAnother() {
        BackgroundRuns stopping = process().bean(BackgroundRuns.class);
        CountDownLatch under = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        stopping.start((_, _) -> {
            under.countDown();
            Patient.await(told);
            throw new IllegalStateException("this process ends");
        });
        TurnId turn = StoreScene.someTurnId();
        stopping.schedule(OWNER, turn);
        Patient.await(under);
        process().bean(BackgroundRuns.class).start(telling("another"));

        told.countDown();
        stopping.stop();

        assertThat(nextRun()).isEqualTo(new Run("another", OWNER, turn));
        awaitRows(0);
        stopping.schedule(OWNER, turn);
        assertThat(nextRun().process()).isEqualTo("another");
    }

    @Test
    void aProcessThatIsAloneRunsAtOnceWhatItsPredecessorHad() {
        PersistenceProcess dead = process(Map.of("parley.replica.dead-after", "1h"));
        BackgroundRuns background = dead.bean(BackgroundRuns.class);
        CountDownLatch under = new CountDownLatch(1);
        background.start((_, _) -> {
            under.countDown();
            Patient.await(end);
        });
        TurnId turn = StoreScene.someTurnId();
        background.schedule(OWNER, turn);
        Patient.await(under);
        dead.bean(Database.class).pool().close();

        process(Map.of("parley.replica.dead-after", "1h", "parley.replica.alone", true))
                .bean(BackgroundRuns.class)
                .start(telling("alone"));

        assertThat(nextRun()).isEqualTo(new Run("alone", OWNER, turn));
    }

    @Test
    void aTurnThatWasQueuedAndNeverScheduledIsFound() {
        PersistenceProcess process = process();
        StoreScene scene = StoreScene.in(process.store());
        Turn forgotten = scene.begun(TurnFixture.queued(new Origin.AfterTurn(Optional.empty())));
        scene.respondingFirst();

        process.bean(BackgroundRuns.class).start(telling("here"));

        assertThat(nextRun()).isEqualTo(new Run("here", scene.owner(), forgotten.id()));
        assertThat(runs).isEmpty();
    }

    private PersistenceProcess process() {
        return process(Map.of("parley.replica.heartbeat", "250ms", "parley.replica.dead-after", "1s"));
    }

    private PersistenceProcess process(Map<String, Object> settings) {
        PersistenceProcess process = PersistenceProcess.on(database, settings);
        processes.add(process);
        return process;
    }

    private BackgroundRuns.Runner telling(String process) {
        return (owner, turn) -> runs.add(new Run(process, owner, turn));
    }

    private Run nextRun() {
        try {
            return Optional.ofNullable(runs.poll(20, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("nothing was run"));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** A run's row goes after the run. */
    private void awaitRows(int count) {
        PersistenceProcess any = processes.getFirst();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!any.ask("select count(*) from background_run where task_name = 'turn'")
                .equals(Integer.toString(count))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("there are other runs still");
            }
            Thread.onSpinWait();
        }
    }
}
