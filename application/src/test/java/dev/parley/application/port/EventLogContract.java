package dev.parley.application.port;

import static dev.parley.application.testing.EventFixture.text;
import static dev.parley.application.testing.StoreScene.someOwner;
import static dev.parley.application.testing.StoreScene.someTurnId;
import static dev.parley.application.testing.TurnFixture.answered;
import static dev.parley.application.testing.TurnFixture.pickedUp;
import static dev.parley.application.testing.TurnFixture.queued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.EventLog.Entry;
import dev.parley.application.port.EventLog.Placed;
import dev.parley.application.testing.EventFixture;
import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.Together;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every log of what readers are told does. The store may hold the data of other tests. */
public abstract class EventLogContract {

    private static final Entry ONE = text("one");
    private static final Entry TWO = text("two");
    private static final Entry THREE = text("three");

    private Store here;
    private Store there;
    private EventLog log;
    private StoreScene scene;
    private Owner owner;

    /** The store as a process sees it that was never seen before. */
    protected abstract Store newProcess();

    @BeforeEach
    final void open() {
        here = newProcess();
        there = newProcess();
        here.replicas().beat();
        there.replicas().beat();
        log = here.eventLog();
        scene = StoreScene.in(here);
        owner = scene.owner();
    }

    @Test
    void everyEntryComesBackExactlyInItsPlace() {
        Turn turn = running();
        List<Entry> entries = EventFixture.everyEntry();

        assertThat(log.append(owner, turn.id(), 0, entries)).isTrue();
        assertThat(log.append(owner, turn.id(), entries.size(), List.of(ONE))).isTrue();

        List<Placed> all = new ArrayList<>();
        entries.forEach(entry -> all.add(new Placed(all.size() + 1, entry)));
        all.add(new Placed(all.size() + 1, ONE));
        assertThat(log.read(owner, turn.id(), 0)).isEqualTo(all);
        assertThat(last(owner, turn.id())).isEqualTo(all.size());
    }

    @Test
    void aReaderBeginsBehindAnyPlace() {
        Turn turn = running();
        log.append(owner, turn.id(), 0, List.of(ONE, TWO));
        log.append(owner, turn.id(), 2, List.of(THREE));

        assertThat(log.read(owner, turn.id(), 0))
                .containsExactly(new Placed(1, ONE), new Placed(2, TWO), new Placed(3, THREE));
        assertThat(log.read(owner, turn.id(), 1)).containsExactly(new Placed(2, TWO), new Placed(3, THREE));
        assertThat(log.read(owner, turn.id(), 2)).containsExactly(new Placed(3, THREE));
        assertThat(log.read(owner, turn.id(), 3)).isEmpty();
        assertThat(log.read(owner, turn.id(), 99)).isEmpty();
    }

    @Test
    void theEndIsReadBackFromAnyPlace() {
        Turn turn = running();
        log.append(owner, turn.id(), 0, List.of(ONE, TWO));
        log.append(owner, turn.id(), 2, List.of(THREE));
        log.append(owner, turn.id(), 3, List.of(ONE, TWO));

        assertThat(log.readBack(owner, turn.id(), Long.MAX_VALUE)).startsWith(new Placed(5, TWO), new Placed(4, ONE));
        assertThat(log.readBack(owner, turn.id(), 5)).startsWith(new Placed(4, ONE));
        assertThat(log.readBack(owner, turn.id(), 3)).containsExactly(new Placed(2, TWO), new Placed(1, ONE));
        assertThat(log.readBack(owner, turn.id(), 2)).containsExactly(new Placed(1, ONE));
        assertThat(log.readBack(owner, turn.id(), 1)).isEmpty();
    }

    @Test
    void aLongLogIsReadBackPageByPage() {
        Turn turn = running();
        List<Placed> all = new ArrayList<>();
        for (int written = 0; written < 60; written += 3) {
            log.append(owner, turn.id(), written, List.of(ONE, TWO, THREE));
            for (Entry entry : List.of(ONE, TWO, THREE)) {
                all.add(new Placed(all.size() + 1, entry));
            }
        }

        List<Placed> read = new ArrayList<>();
        List<Placed> page = log.readBack(owner, turn.id(), Long.MAX_VALUE);
        assertThat(page).hasSizeLessThan(60);
        while (!page.isEmpty()) {
            read.addAll(page);
            page = log.readBack(owner, turn.id(), page.getLast().place());
        }

        assertThat(read).isEqualTo(all.reversed());
    }

    @Test
    void aLogWithoutEventsIsEmpty() {
        Turn turn = running();

        assertThat(last(owner, turn.id())).isZero();
        assertThat(log.read(owner, turn.id(), 0)).isEmpty();
        assertThat(last(owner, someTurnId())).isZero();
        assertThat(log.read(owner, someTurnId(), 0)).isEmpty();
    }

    @Test
    void aLongLogIsReadPageByPage() {
        Turn turn = running();
        List<Entry> batch = new ArrayList<>();
        for (int place = 1; place <= 1_500; place++) {
            batch.add(text(Integer.toString(place)));
        }
        for (int written = 0; written < 6_000; written += batch.size()) {
            assertThat(log.append(owner, turn.id(), written, batch)).isTrue();
        }

        List<Placed> read = new ArrayList<>();
        List<Placed> page;
        do {
            page = log.read(owner, turn.id(), read.size());
            read.addAll(page);
        } while (!page.isEmpty());

        assertThat(read).hasSize(6_000);
        assertThat(read.getLast()).isEqualTo(new Placed(6_000, text("1500")));
        assertThat(read.get(1_600)).isEqualTo(new Placed(1_601, text("101")));
    }

    @Test
    void whoDoesNotKnowTheLastPlaceAddsNothing() {
        Turn turn = running();
        log.append(owner, turn.id(), 0, List.of(ONE, TWO));

        assertThat(log.append(owner, turn.id(), 0, List.of(THREE))).isFalse();
        assertThat(log.append(owner, turn.id(), 1, List.of(THREE))).isFalse();
        assertThat(log.append(owner, turn.id(), 3, List.of(THREE))).isFalse();

        assertThat(last(owner, turn.id())).isEqualTo(2);
    }

    @RepeatedTest(5)
    void ofSeveralThatAddAtOnceOneDoes() {
        Turn turn = running();
        Callable<Boolean> attempt = () -> log.append(owner, turn.id(), 0, List.of(ONE, TWO));

        List<Boolean> outcomes = Together.run(List.of(attempt, attempt, attempt));

        assertThat(outcomes).containsExactlyInAnyOrder(true, false, false);
        assertThat(last(owner, turn.id())).isEqualTo(2);
    }

    @Test
    void ofARunningTurnOnlyTheProcessThatDrivesItAdds() {
        Turn queued = scene.begun(queued(new Origin.AfterTurn(Optional.empty())));
        assertThat(there.eventLog().append(owner, queued.id(), 0, List.of(new Entry.Started())))
                .isTrue();

        Turn running = scene.moved(queued, pickedUp(queued));
        assertThat(there.eventLog().append(owner, queued.id(), 1, List.of(TWO))).isFalse();
        assertThat(log.append(owner, queued.id(), 1, List.of(TWO))).isTrue();

        here.journal().handOver(owner, running.id());
        assertThat(log.append(owner, queued.id(), 2, List.of(THREE))).isFalse();
        assertThat(there.journal().claim(owner, running)).isTrue();
        assertThat(log.append(owner, queued.id(), 2, List.of(THREE))).isFalse();
        assertThat(there.eventLog().append(owner, queued.id(), 2, List.of(THREE)))
                .isTrue();

        Turn rested = running.observe(answered(running, "Hello"));
        there.journal().save(owner, running, rested);
        assertThat(log.append(owner, queued.id(), 3, List.of(new Entry.Rested())))
                .isTrue();
    }

    @Test
    void anotherOwnerReadsAndAddsNothing() {
        Turn turn = running();
        log.append(owner, turn.id(), 0, List.of(ONE));
        Owner other = someOwner();

        assertThat(log.read(other, turn.id(), 0)).isEmpty();
        assertThat(log.readBack(other, turn.id(), Long.MAX_VALUE)).isEmpty();
        assertThat(last(other, turn.id())).isZero();
        assertThat(log.append(other, turn.id(), 1, List.of(TWO))).isFalse();
        assertThat(log.append(owner, someTurnId(), 0, List.of(TWO))).isFalse();
        assertThat(last(owner, turn.id())).isEqualTo(1);
    }

    @Test
    void theLogGoesWithItsTurn() {
        Turn turn = running();
        log.append(owner, turn.id(), 0, List.of(ONE));
        scene.moved(turn, answered(turn, "Hello"));

        here.turns().delete(owner, turn.id());

        assertThat(log.read(owner, turn.id(), 0)).isEmpty();
        assertThat(last(owner, turn.id())).isZero();
    }

    private long last(Owner reader, TurnId turn) {
        List<Placed> end = log.readBack(reader, turn, Long.MAX_VALUE);
        return end.isEmpty() ? 0 : end.getFirst().place();
    }

    private Turn running() {
        Turn queued = scene.begun(queued(new Origin.AfterTurn(Optional.empty())));
        return scene.moved(queued, pickedUp(queued));
    }
}
