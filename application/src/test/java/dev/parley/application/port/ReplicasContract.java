package dev.parley.application.port;

import static dev.parley.application.testing.StoreScene.someOwner;
import static dev.parley.application.testing.TurnFixture.answered;
import static dev.parley.application.testing.TurnFixture.broke;
import static dev.parley.application.testing.TurnFixture.cancelled;
import static dev.parley.application.testing.TurnFixture.clientAnswered;
import static dev.parley.application.testing.TurnFixture.pickedUp;
import static dev.parley.application.testing.TurnFixture.queued;
import static dev.parley.application.testing.TurnFixture.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Replicas.Abandoned;
import dev.parley.application.port.TurnJournal.Saving;
import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.Together;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store knows of the processes that run turns on it. The store may hold the data of other tests. */
public abstract class ReplicasContract {

    private static final int MANY = 10_000;
    private static final Origin FIRST = new Origin.AfterTurn(Optional.empty());

    private final List<StoreScene> scenes = new ArrayList<>();
    private final List<Store> processes = new ArrayList<>();
    private Store here;
    private Store there;

    /** The store as a process sees it that was never seen before. */
    protected abstract Store newProcess();

    /**
     * Has the last heartbeat of a process lie back further than the time after which it counts as dead, on the store's own
     * clock. Nothing of other processes changes.
     */
    protected abstract void stopHeart(Store process);

    @BeforeEach
    final void start() {
        here = started();
        there = started();
    }

    /** So that what one test leaves is not the abandoned turn of the next. */
    @AfterEach
    final void tidy() {
        scenes.forEach(
                scene -> here.agents().delete(scene.owner(), scene.agent().id()));
        processes.forEach(process -> process.replicas().leave());
    }

    @Test
    void aRunningTurnOfAnotherLivingProcessIsLeftAlone() {
        Turn turn = sceneOf(there).running();

        assertThat(abandonedSeenFrom(here)).doesNotContain(turn.id());
    }

    @Test
    void aRunningTurnOfADeadProcessIsAbandonedAsItWasLastStored() {
        StoreScene scene = sceneOf(there);
        Turn turn = scene.awaitingInput();
        Turn resumed = scene.moved(turn, clientAnswered(turn, "118/79"));

        stopHeart(there);

        assertThat(here.replicas().abandoned(Set.of(), MANY))
                .contains(new Abandoned(scene.owner(), resumed.id(), resumed.revision(), resumed.startedAt()));
    }

    @Test
    void aTurnAtRestIsNeverAbandoned() {
        StoreScene scene = sceneOf(there);
        Turn completed = scene.completed();
        Turn awaiting = scene.awaitingInput();
        Turn failed = scene.running();
        scene.moved(failed, broke(failed));

        stopHeart(there);

        assertThat(abandonedSeenFrom(here)).doesNotContain(completed.id(), awaiting.id(), failed.id());
    }

    @Test
    void aHeartbeatBringsAProcessBackToLife() {
        Turn turn = sceneOf(there).running();
        stopHeart(there);

        there.replicas().beat();

        assertThat(abandonedSeenFrom(here)).doesNotContain(turn.id());
    }

    @Test
    void aTurnThatThisProcessDrivesIsNotAbandoned() {
        Turn turn = sceneOf(here).running();

        assertThat(abandonedSeenFrom(here, turn.id())).doesNotContain(turn.id());
    }

    @Test
    void aTurnThatThisProcessHoldsButDoesNotDriveIsAbandoned() {
        Turn lost = sceneOf(here).running();
        Turn driven = sceneOf(here).running();

        assertThat(abandonedSeenFrom(here, driven.id())).contains(lost.id()).doesNotContain(driven.id());
    }

    @Test
    void whoResumesATurnIsTheOneThatDrivesIt() {
        StoreScene scene = sceneOf(there);
        Turn turn = scene.awaitingInput();
        stopHeart(there);

        Turn resumed = turn.observe(clientAnswered(turn, "118/79"));
        assertThat(here.journal().save(scene.owner(), turn, resumed)).isEqualTo(Saving.SAVED);

        Store third = started();
        assertThat(abandonedSeenFrom(third)).doesNotContain(turn.id());
        assertThat(abandonedSeenFrom(here)).contains(turn.id());
    }

    @Test
    void whatAProcessThatLeftHasRunningIsAbandoned() {
        Turn turn = sceneOf(there).running();

        there.replicas().leave();

        assertThat(abandonedSeenFrom(here)).contains(turn.id());
    }

    @Test
    void aProcessThatLeftTwiceCanComeBack() {
        Turn turn = sceneOf(there).running();
        there.replicas().leave();
        there.replicas().leave();

        there.replicas().beat();

        assertThat(abandonedSeenFrom(here)).doesNotContain(turn.id());
    }

    @Test
    void noMoreAreGivenThanWereAskedFor() {
        Turn first = sceneOf(there).running();
        Turn second = sceneOf(there).running();
        Turn third = sceneOf(there).running();
        stopHeart(there);

        assertThat(here.replicas().abandoned(Set.of(), 2)).hasSize(2);
        assertThat(here.replicas().abandoned(Set.of(), 0)).isEmpty();
        assertThat(abandonedSeenFrom(here)).contains(first.id(), second.id(), third.id());
    }

    @Test
    void turnsThatAreDrivenHereDoNotUseUpTheLimit() {
        TurnId first = sceneOf(here).running().id();
        TurnId second = sceneOf(here).running().id();
        Set<TurnId> driven = Set.of(first, second);
        sceneOf(here).running();

        assertThat(here.replicas().abandoned(driven, 1))
                .extracting(Abandoned::turn)
                .hasSize(1)
                .doesNotContainAnyElementsOf(driven);
    }

    @Test
    void anAbandonedTurnCanBeEndedByOneOfThoseThatFoundIt() {
        StoreScene scene = sceneOf(there);
        Turn turn = scene.running();
        stopHeart(there);
        Observation.Broke broke = broke(turn);
        TurnJournal first = here.journal();
        TurnJournal second = started().journal();

        assertThat(first.fail(scene.owner(), turn.id(), turn.revision(), broke.failure(), broke.at()))
                .isEqualTo(Saving.SAVED);
        assertThat(second.fail(scene.owner(), turn.id(), turn.revision(), broke.failure(), broke.at()))
                .isEqualTo(Saving.LOST);

        assertThat(scene.stored(turn.id())).isEqualTo(turn.observe(broke));
        assertThat(abandonedSeenFrom(here)).doesNotContain(turn.id());
        assertThat(here.journal().begin(scene.owner(), turn(scene.session().id()), Optional.empty()))
                .isEqualTo(new TurnJournal.Beginning.Begun());
    }

    @Test
    void aProcessThatWasThoughtDeadCannotGoOnWithATurnThatWasEndedForIt() {
        StoreScene scene = sceneOf(there);
        Turn turn = scene.running();
        stopHeart(there);
        here.journal().save(scene.owner(), turn, turn.observe(TurnFixture.broke(turn)));
        there.replicas().beat();

        assertThat(there.journal().save(scene.owner(), turn, turn.observe(answered(turn, "Hello"))))
                .isEqualTo(Saving.LOST);
    }

    // ---- background turns, which others go on with

    @Test
    void aBackgroundTurnIsNeverAbandoned() {
        StoreScene scene = sceneOf(there);
        Turn queued = scene.begun(queued(FIRST));
        Turn running = background(scene);

        stopHeart(there);

        assertThat(abandonedSeenFrom(here)).doesNotContain(queued.id(), running.id());
        assertThat(abandonedSeenFrom(there)).doesNotContain(queued.id(), running.id());
    }

    @Test
    void aBackgroundTurnOfALivingProcessCanNotBeClaimed() {
        StoreScene scene = sceneOf(there);
        Turn turn = background(scene);

        assertThat(here.journal().claim(scene.owner(), turn)).isFalse();
        assertThat(there.journal().claim(scene.owner(), turn)).isTrue();
        scene.moved(turn, answered(turn, "Hello"));
    }

    @Test
    void aBackgroundTurnOfADeadProcessIsClaimedByOneAndTheDeadOneCanNotGoOn() {
        StoreScene scene = sceneOf(there);
        Turn turn = background(scene);
        Turn answered = turn.observe(answered(turn, "Hello"));
        stopHeart(there);

        assertThat(here.journal().claim(scene.owner(), turn)).isTrue();
        assertThat(started().journal().claim(scene.owner(), turn)).isFalse();
        there.replicas().beat();

        assertThat(there.journal().claim(scene.owner(), turn)).isFalse();
        assertThat(there.journal().save(scene.owner(), turn, answered)).isEqualTo(Saving.LOST);
        assertThat(here.journal().save(scene.owner(), turn, answered)).isEqualTo(Saving.SAVED);
        assertThat(scene.stored(turn.id())).isEqualTo(answered);
    }

    @Test
    void aBackgroundTurnThatWasHandedOverIsClaimedByAny() {
        StoreScene scene = sceneOf(there);
        Turn turn = background(scene);
        here.journal().handOver(scene.owner(), turn.id());
        assertThat(here.journal().claim(scene.owner(), turn)).isFalse();

        there.journal().handOver(scene.owner(), turn.id());

        assertThat(there.journal().save(scene.owner(), turn, turn.observe(answered(turn, "Hello"))))
                .isEqualTo(Saving.LOST);
        assertThat(here.journal().claim(scene.owner(), turn)).isTrue();
        assertThat(there.journal().claim(scene.owner(), turn)).isFalse();
    }

    @Test
    void whatAProcessThatLeftHasInTheBackgroundIsClaimedAtOnce() {
        StoreScene scene = sceneOf(there);
        Turn turn = background(scene);

        there.replicas().leave();

        assertThat(here.journal().claim(scene.owner(), turn)).isTrue();
    }

    @Test
    void onlyARunningBackgroundTurnIsClaimedAndOnlyAsItIsNow() {
        StoreScene scene = sceneOf(there);
        Turn queued = scene.begun(queued(FIRST));
        Turn running = background(scene);
        Turn inForeground = scene.respondingFirst();
        Turn moved = background(scene);
        scene.moved(moved, answered(moved, "Hello"));
        stopHeart(there);

        for (Turn turn : List.of(queued, inForeground, moved)) {
            assertThat(here.journal().claim(scene.owner(), turn)).isFalse();
        }
        assertThat(here.journal().claim(someOwner(), running)).isFalse();
        assertThat(here.journal().claim(scene.owner(), running)).isTrue();
    }

    @Test
    void aBackgroundTurnIsCalledOffFromAnywhere() {
        StoreScene scene = sceneOf(there);
        Turn turn = background(scene);
        Turn failed = turn.observe(broke(turn));
        Turn cancelled = turn.observe(cancelled(turn));

        assertThat(here.journal().save(scene.owner(), turn, failed)).isEqualTo(Saving.LOST);
        assertThat(here.journal().save(scene.owner(), turn, cancelled)).isEqualTo(Saving.SAVED);

        assertThat(there.journal().save(scene.owner(), turn, turn.observe(answered(turn, "Hello"))))
                .isEqualTo(Saving.LOST);
    }

    @Test
    void whoPicksAQueuedTurnUpDrivesIt() {
        StoreScene scene = sceneOf(there);
        Turn queued = scene.begun(queued(FIRST));
        Turn running = queued.observe(pickedUp(queued));

        assertThat(here.journal().save(scene.owner(), queued, running)).isEqualTo(Saving.SAVED);

        Turn answered = running.observe(answered(running, "Hello"));
        assertThat(there.journal().save(scene.owner(), running, answered)).isEqualTo(Saving.LOST);
        assertThat(here.journal().save(scene.owner(), running, answered)).isEqualTo(Saving.SAVED);
    }

    @Test
    void runsThatBrokeAreCountedForAllProcesses() {
        StoreScene scene = sceneOf(there);
        Turn queued = scene.begun(queued(FIRST));
        Turn other = scene.begun(queued(FIRST));

        assertThat(here.journal().countBroken(scene.owner(), queued.id()))
                .contains(new TurnJournal.BrokenRuns(1, 0, queued.startedAt()));
        assertThat(there.journal().countBroken(scene.owner(), queued.id()))
                .contains(new TurnJournal.BrokenRuns(2, 0, queued.startedAt()));
        Turn running = scene.moved(queued, pickedUp(queued));
        stopHeart(there);
        assertThat(started().journal().countBroken(scene.owner(), queued.id()))
                .contains(new TurnJournal.BrokenRuns(3, 1, queued.startedAt()));
        assertThat(here.journal().countBroken(scene.owner(), other.id()))
                .contains(new TurnJournal.BrokenRuns(1, 0, other.startedAt()));
        assertThat(scene.stored(running.id())).isEqualTo(running);
    }

    @Test
    void onlyBackgroundTurnsThatAreNotAtRestHaveRunsThatBreak() {
        StoreScene scene = sceneOf(here);
        Turn rested = background(scene);
        rested = scene.moved(rested, answered(rested, "Hello"));
        Turn inForeground = scene.respondingFirst();
        Turn queued = scene.begun(queued(FIRST));

        assertThat(here.journal().countBroken(scene.owner(), rested.id())).isEmpty();
        assertThat(here.journal().countBroken(scene.owner(), inForeground.id())).isEmpty();
        assertThat(here.journal().countBroken(scene.owner(), new TurnId("no such turn")))
                .isEmpty();
        assertThat(here.journal().countBroken(someOwner(), queued.id())).isEmpty();
    }

    /** It need not be read for that, so it may be one that can't be. */
    @Test
    void aBackgroundTurnOfADeadProcessIsEndedByItsIdAndRevision() {
        StoreScene scene = sceneOf(there);
        Turn turn = background(scene);
        Observation.Broke broke = broke(turn);
        Callable<TurnJournal.Saving> fail =
                () -> here.journal().fail(scene.owner(), turn.id(), turn.revision(), broke.failure(), broke.at());
        assertThat(here.journal().claim(scene.owner(), turn.id(), turn.revision()))
                .isFalse();
        assertThat(Together.run(List.of(fail))).containsExactly(TurnJournal.Saving.LOST);
        stopHeart(there);

        assertThat(here.journal().claim(scene.owner(), turn.id(), turn.revision() + 1))
                .isFalse();
        assertThat(here.journal().claim(scene.owner(), turn.id(), turn.revision()))
                .isTrue();
        assertThat(Together.run(List.of(fail))).containsExactly(TurnJournal.Saving.SAVED);
        assertThat(scene.stored(turn.id())).isEqualTo(turn.observe(broke));
    }

    private static Turn background(StoreScene scene) {
        Turn queued = scene.begun(queued(FIRST));
        return scene.moved(queued, pickedUp(queued));
    }

    private Store started() {
        Store process = newProcess();
        processes.add(process);
        process.replicas().beat();
        return process;
    }

    private StoreScene sceneOf(Store process) {
        StoreScene scene = StoreScene.in(process);
        scenes.add(scene);
        return scene;
    }

    private static List<TurnId> abandonedSeenFrom(Store process, TurnId... driven) {
        return process.replicas().abandoned(Set.of(driven), MANY).stream()
                .map(Abandoned::turn)
                .toList();
    }
}
