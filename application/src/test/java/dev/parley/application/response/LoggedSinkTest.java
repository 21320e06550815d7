package dev.parley.application.response;

import static dev.parley.application.testing.ResponseFixture.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.EventLog;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoggedSinkTest {

    /** Nothing is written by the clock. */
    private static final Duration NEVER = Duration.ofDays(1);

    private final ScriptedApplication app = new ScriptedApplication();
    private final Turn turn = response(app).says("Hi").inBackground().create();
    private final Cancellation cancellation = new Cancellation();

    @Test
    void aFactIsWrittenWithAllBeforeItWhenItHasBeenTold() {
        try (LoggedSink sink = sink(app.store(), NEVER)) {
            sink.emit(text("a"));
            sink.emit(text("b"));
            assertThat(logged()).isEmpty();

            sink.emit(new TurnEvent.TurnPickedUp(turn));

            assertThat(logged()).containsExactly(told("a"), told("b"), new EventLog.Entry.PickedUp());
            sink.emit(text("c"));
        }
        assertThat(logged()).endsWith(told("c"));
    }

    @Test
    void whoTellsDoesNotWaitWhileWhatWasToldBeforeIsWritten() {
        Gated log = new Gated(app.store());
        try (LoggedSink sink = sink(log, Duration.ofMillis(1))) {
            sink.emit(text("a"));
            Patient.await(log.reached);

            // would wait for ever
            sink.emit(text("b"));
            sink.emit(text("c"));
            log.open.countDown();
            sink.emit(new TurnEvent.TurnPickedUp(turn));

            assertThat(logged()).containsExactly(told("a"), told("b"), told("c"), new EventLog.Entry.PickedUp());
        }
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenInItsPlaceLater() {
        Gated log = new Gated(app.store());
        log.failures.set(2);
        log.open.countDown();
        try (LoggedSink sink = sink(log, NEVER)) {
            sink.emit(text("a"));
            sink.emit(new TurnEvent.TurnPickedUp(turn));
            sink.emit(text("b"));
            sink.emit(new TurnEvent.TurnRested(turn));
            assertThat(logged()).isEmpty();
            sink.emit(text("c"));
        }

        assertThat(logged())
                .containsExactly(
                        told("a"), new EventLog.Entry.PickedUp(), told("b"), new EventLog.Entry.Rested(), told("c"));
        assertThat(cancellation.requested()).isEmpty();
    }

    @Test
    void keepsTheOrderOfManyWhileTheyAreWrittenByTheWay() {
        List<EventLog.Entry> all = new ArrayList<>();
        try (LoggedSink sink = sink(app.store(), Duration.ofNanos(1))) {
            for (int index = 0; index < 10_000; index++) {
                sink.emit(text(Integer.toString(index)));
                all.add(told(Integer.toString(index)));
            }
        }

        assertThat(logged()).isEqualTo(all);
    }

    @Test
    void aLogThatIsAnothersMeansThatTheTurnIs() {
        app.store().append(Owner.SOLE, turn.id(), 0, List.of(new EventLog.Entry.PickedUp()));
        try (LoggedSink sink = sink(app.store(), NEVER)) {
            sink.emit(new TurnEvent.TurnRested(turn));

            assertThat(cancellation.requested()).contains(Cancellation.Reason.TAKEN);
        }
        assertThat(logged()).containsExactly(new EventLog.Entry.PickedUp());
    }

    private LoggedSink sink(EventLog log, Duration pause) {
        return new LoggedSink(log, Owner.SOLE, turn, new LoggedTurn(0, 0, false, List.of()), cancellation, pause);
    }

    private TurnEvent.Progress text(String text) {
        return new TurnEvent.StepProgressed(StepId.of(turn.id(), 0), StepKind.INFERENCE, new Delta.Text(text));
    }

    private EventLog.Entry told(String text) {
        return new EventLog.Entry.Progress(text(text));
    }

    private List<EventLog.Entry> logged() {
        return app.store().read(Owner.SOLE, turn.id(), 0).stream()
                .map(EventLog.Placed::entry)
                .toList();
    }

    /** Writes nothing before it is opened, and not the first times. */
    private static final class Gated implements EventLog {

        private final EventLog log;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
        private final AtomicInteger failures = new AtomicInteger();

        Gated(EventLog log) {
            this.log = log;
        }

        @Override
        public boolean append(Owner owner, TurnId turn, long after, List<Entry> entries) {
            reached.countDown();
            Patient.await(open);
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the log can't be written");
            }
            return log.append(owner, turn, after, entries);
        }

        @Override
        public List<Placed> read(Owner owner, TurnId turn, long after) {
            return log.read(owner, turn, after);
        }

        @Override
        public List<Placed> readBack(Owner owner, TurnId turn, long before) {
            return log.readBack(owner, turn, before);
        }
    }
}
