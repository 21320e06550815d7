package dev.parley.application.response;

import static dev.parley.application.testing.EventFixture.text;
import static dev.parley.application.testing.TurnFixture.answered;
import static dev.parley.application.testing.TurnFixture.pickedUp;
import static dev.parley.application.testing.TurnFixture.queued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.EventLog;
import dev.parley.application.port.EventLog.Entry;
import dev.parley.application.testing.InMemoryStore;
import dev.parley.application.testing.StoreScene;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoggedTurnTest {

    private final InMemoryStore store = new InMemoryStore();
    private final StoreScene scene = StoreScene.in(store.asStore());
    private final Owner owner = scene.owner();
    private final Turn queued = scene.begun(queued(new Origin.AfterTurn(Optional.empty())));
    private final Turn running = scene.moved(queued, pickedUp(queued));

    @Test
    void anEmptyLogHasToldNothing() {
        assertThat(read(running)).isEqualTo(new LoggedTurn(0, 0, false, List.of(new TurnEvent.TurnPickedUp(running))));
    }

    @Test
    void whatIsNotToldYetIsFoundFromTheEnd() {
        logged(new Entry.Started(), new Entry.PickedUp(), text("a"), text("b"));
        Turn rested = scene.moved(running, answered(running, "Hello"));
        TurnEvent completed = new TurnEvent.StepCompleted(
                rested.id(), StepId.of(rested.id(), 0), rested.steps().getFirst());

        assertThat(read(running)).isEqualTo(new LoggedTurn(4, 0, true, List.of()));
        assertThat(read(rested))
                .isEqualTo(new LoggedTurn(4, 0, true, List.of(completed, new TurnEvent.TurnRested(rested))));

        logged(text("c"), new Entry.Completed(0));
        assertThat(read(rested)).isEqualTo(new LoggedTurn(6, 1, false, List.of(new TurnEvent.TurnRested(rested))));

        logged(new Entry.Rested());
        assertThat(read(rested)).isEqualTo(new LoggedTurn(7, 1, false, List.of()));
    }

    @Test
    void theLastStepCountsAndWhatFollowsIt() {
        logged(new Entry.PickedUp(), text("a"), new Entry.Completed(0), text("b"), new Entry.Completed(1));
        assertThat(read(running)).isEqualTo(new LoggedTurn(5, 2, false, List.of()));

        logged(text("c"), text("d"), text("e"));
        assertThat(read(running)).isEqualTo(new LoggedTurn(8, 2, true, List.of()));
    }

    @Test
    void whatIsBeforeTheLastStepIsNotRead() {
        List<Entry> entries = new ArrayList<>(List.of(new Entry.PickedUp()));
        for (int place = 0; place < 1_000; place++) {
            entries.add(text("a"));
        }
        logged(entries.toArray(Entry[]::new));
        logged(new Entry.Completed(0), text("b"));
        List<Long> asked = new ArrayList<>();

        LoggedTurn.read(new Asked(store, asked), owner, running);

        assertThat(asked).containsExactly(Long.MAX_VALUE);
    }

    private void logged(Entry... entries) {
        assertThat(store.append(owner, running.id(), store.last(owner, running.id()), List.of(entries)))
                .isTrue();
    }

    private LoggedTurn read(Turn turn) {
        return LoggedTurn.read(store, owner, turn);
    }

    /** @param places from where it was read back */
    private record Asked(EventLog log, List<Long> places) implements EventLog {

        @Override
        public boolean append(Owner owner, TurnId turn, long after, List<Entry> entries) {
            return log.append(owner, turn, after, entries);
        }

        @Override
        public List<Placed> read(Owner owner, TurnId turn, long after) {
            throw new AssertionError("the log is read from its beginning");
        }

        @Override
        public List<Placed> readBack(Owner owner, TurnId turn, long before) {
            places.add(before);
            return log.readBack(owner, turn, before);
        }
    }
}
