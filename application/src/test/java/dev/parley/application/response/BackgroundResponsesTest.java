package dev.parley.application.response;

import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static dev.parley.application.testing.ResponseFixture.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.BackgroundRuns;
import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.EventLog;
import dev.parley.application.port.TurnSink;
import dev.parley.application.port.UnreadableTurn;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.testing.ScriptedInference;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackgroundResponsesTest {

    private static final ToolCall SEARCH = new ToolCall("call_1", "search", new ToolArguments.Json("{}"));

    private final ScriptedApplication app = new ScriptedApplication();

    @Test
    void isQueuedAtOnceAndToldToWhoeverFollows() {
        app.model().then(says("Hel", "lo"));

        Turn queued = response(app).says("Hi").inBackground().create();
        assertThat(queued.state()).isEqualTo(new TurnState.Queued());
        assertThat(app.model().requests()).isEmpty();
        runNext(app);

        assertThat(app.readResponses().get(Owner.SOLE, queued.id()).state()).isInstanceOf(TurnState.Completed.class);
        assertThat(follow(app, queued))
                .containsExactly(
                        "turn started",
                        "turn picked up",
                        "1 started: INFERENCE",
                        "1 text: Hel",
                        "1 text: lo",
                        "1 completed: INFERENCE Hello[]",
                        "turn completed: END_OF_TURN Hello[]")
                .isEqualTo(follow(app, queued));
    }

    @Test
    void anotherProcessGoesOnAfterTheLastStepOfADeadOne() {
        app.tools().tool("web_search", "search", "found");
        ScriptedApplication other = app.another();
        other.tools().tool("web_search", "search", "found again");
        app.model().then(calls(SEARCH));
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("never told");
        Turn queued = response(app)
                .hostedTool(HostedKind.WEB_SEARCH, "web_search")
                .says("Search")
                .inBackground()
                .create();
        Thread first = Thread.ofVirtual().start(() -> runNext(app));
        gate.awaitReached();
        awaitLogged(queued, 10);

        app.store().stopHeart();
        other.model().then(says("Done"));
        other.runInBackground().run(Owner.SOLE, queued.id());

        assertThat(app.tools().calls()).containsExactly(SEARCH);
        assertThat(other.tools().calls()).isEmpty();
        assertThat(follow(other, queued))
                .containsSubsequence(
                        "turn picked up",
                        "2 completed: TOOL_EXECUTION SERVER [call_1=found]",
                        "3 completed: ABANDONED INFERENCE",
                        "4 text: Done",
                        "turn completed: END_OF_TURN Done[]");
        gate.open();
        join(first);
        assertThat(app.readResponses().get(Owner.SOLE, queued.id()).state())
                .isEqualTo(new TurnState.Completed(Message.Assistant.of("Done")));
    }

    /** Readers know the call of the answer that was lost, and a model that counts its calls uses the id again. */
    @Test
    void noTwoCallsShareAnIdAlthoughAnAnswerWasLost() {
        ScriptedApplication other = app.another();
        CountDownLatch end = new CountDownLatch(1);
        app.model().thenDo((_, progress, _) -> {
            progress.opened();
            progress.delta(new Delta.CallOpened("call_1", "measure"));
            progress.flush();
            Patient.await(end);
            throw new BrokenOff(Failure.Code.INTERRUPTED, "lost");
        });
        Turn queued = response(app)
                .clientTool("measure")
                .says("Measure")
                .inBackground()
                .create();
        Thread first = Thread.ofVirtual().start(() -> runNext(app));
        awaitLogged(queued, 3);

        app.store().stopHeart();
        other.model().then(calls(new ToolCall("call_1", "measure", new ToolArguments.Json("{}"))));
        other.runInBackground().run(Owner.SOLE, queued.id());

        assertThat(follow(other, queued))
                .filteredOn(line -> line.endsWith(" opened: measure"))
                .containsExactly("1 call call_1 opened: measure", "2 call call_1_r1 opened: measure");
        assertThat(stored(queued).steps().getLast())
                .isInstanceOfSatisfying(
                        Step.Inference.class,
                        inference -> assertThat(inference.answer().toolCalls())
                                .extracting(ToolCall::callId)
                                .containsExactly("call_1_r1"));
        end.countDown();
        join(first);
    }

    @Test
    void aStepThatWasStoredButNotLoggedIsToldByWhoeverGoesOn() {
        Turn queued = response(app).says("Hi").inBackground().create();
        Turn running = queued.observe(new Observation.PickedUp(queued.later(queued.startedAt())));
        app.store().save(Owner.SOLE, queued, running);
        app.store().append(Owner.SOLE, queued.id(), 0, List.of(new EventLog.Entry.PickedUp()));
        Turn cancelled = running.observe(new Observation.CancelRequested(running.later(running.startedAt())));
        app.store().save(Owner.SOLE, running, cancelled);

        assertThat(follow(app, queued)).containsExactly("turn started", "turn picked up", "turn cancelled");
    }

    @Test
    void aRunThatIsCalledOffStopsItsModelAndTellsItsReaders() {
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("never told");
        Turn queued = response(app).says("Hi").inBackground().create();
        Thread run = Thread.ofVirtual().start(() -> runNext(app));
        gate.awaitReached();

        Turn cancelled = app.cancelResponse().cancel(Owner.SOLE, queued.id());
        join(run);

        assertThat(cancelled.state()).isEqualTo(new TurnState.Cancelled());
        assertThat(app.cancelResponse().cancel(Owner.SOLE, queued.id())).isEqualTo(cancelled);
        assertThat(follow(app, queued)).endsWith("turn cancelled");
    }

    /** Nobody reads it any more, so nothing is left to be told. */
    @Test
    void aRunThatIsCalledOffAndDeletedAtOnceIsForgotten() {
        Turn queued = response(app).says("Hi").inBackground().create();
        EventLog log = reading(app.store(), () -> {
            boolean _ = app.store().delete(Owner.SOLE, queued.id());
        });
        CancelResponse cancelling =
                new CancelResponse(app.store(), app.journal(), log, app.running(), queued::startedAt);

        Turn cancelled = cancelling.cancel(Owner.SOLE, queued.id());

        assertThat(cancelled.state()).isEqualTo(new TurnState.Cancelled());
        assertThat(app.store().find(Owner.SOLE, queued.id())).isEmpty();
    }

    /** The turn says it: another commit would tell nobody anything. */
    @Test
    void thatItIsQueuedIsNotLogged() {
        Turn queued = response(app).says("Hi").inBackground().create();

        assertThat(app.store().last(Owner.SOLE, queued.id())).isZero();
    }

    /** It is found and run later, so a client that tried again would have it run twice. */
    @Test
    void isQueuedAlsoWhenItCouldNotBeScheduled() {
        CreateResponse creating = app.createResponse(new NotScheduling());
        CreateResponse.Command command = response(app).says("Hi").inBackground().command();

        Turn queued = creating.create(Owner.SOLE, command, TurnSink.DISCARDING, new Cancellation());

        assertThat(stored(queued)).isEqualTo(queued);
    }

    @Test
    void aReaderIsSentAwayWhenTheServerStops() {
        Turn queued = response(app).says("Hi").inBackground().create();
        RecordingSink sink = new RecordingSink(_ -> app.running().drain(Duration.ZERO));

        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> app.followResponse().follow(Owner.SOLE, queued.id(), sink, new Cancellation()));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.UNAVAILABLE);
        assertThat(sink.lines()).containsExactly("turn started");
    }

    @Test
    void aServerThatStopsStillTellsWhatHasEnded() {
        app.model().then(says("Hello"));
        Turn queued = response(app).says("Hi").inBackground().create();
        runNext(app);

        app.running().drain(Duration.ZERO);

        assertThat(follow(app, queued)).endsWith("turn completed: END_OF_TURN Hello[]");
    }

    @Test
    void aReaderLooksLessOftenWhileNothingComes() {
        Turn queued = response(app).says("Hi").inBackground().create();
        AtomicInteger looks = new AtomicInteger();
        EventLog log = reading(app.store(), () -> {
            if (looks.incrementAndGet() == 5) {
                app.cancelResponse().cancel(Owner.SOLE, queued.id());
            }
        });
        long start = System.nanoTime();

        app.followResponse(log).follow(Owner.SOLE, queued.id(), new RecordingSink(), new Cancellation());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(750));
    }

    @Test
    void oneThatStillWaitsIsCalledOffBeforeItBegins() {
        Turn queued = response(app).says("Hi").inBackground().create();

        app.cancelResponse().cancel(Owner.SOLE, queued.id());
        runNext(app);

        assertThat(app.model().requests()).isEmpty();
        assertThat(follow(app, queued)).containsExactly("turn started", "turn cancelled");
    }

    @Test
    void oneInTheForegroundCanNotBeCalledOff() {
        app.model().then(says("Hello"));
        Turn turn = response(app).says("Hi").create();

        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> app.cancelResponse().cancel(Owner.SOLE, turn.id()));

        assertThat(refusal.explanation()).isEqualTo("Cannot cancel a synchronous response.");
    }

    @Test
    void aServerThatStopsLeavesTheRunToAnother() {
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("never told");
        Turn queued = response(app).says("Hi").inBackground().create();
        Thread run = Thread.ofVirtual().start(() -> {
            Refusal handedOver = catchThrowableOfType(Refusal.class, () -> runNext(app));
            assertThat(handedOver.code()).isEqualTo(Refusal.Code.UNAVAILABLE);
        });
        gate.awaitReached();

        app.running().drain(Duration.ZERO);
        join(run);

        assertThat(app.readResponses().get(Owner.SOLE, queued.id()).state()).isEqualTo(new TurnState.Running());
    }

    /** A process may also end between picking a turn up and logging that. */
    @Test
    void oneWhosePickingUpWasNotLoggedIsToldOfItByWhoeverGoesOn() {
        Turn queued = response(app).says("Hi").inBackground().create();
        app.store()
                .save(Owner.SOLE, queued, queued.observe(new Observation.PickedUp(queued.later(queued.startedAt()))));
        app.model().then(says("Hello"));

        app.runInBackground().run(Owner.SOLE, queued.id());

        assertThat(follow(app, queued)).startsWith("turn started", "turn picked up", "1 started: INFERENCE");
    }

    /** What the process before it still writes is read, or is not written. */
    @Test
    void whoeverGoesOnReadsTheLogWhenNobodyElseWritesItAnyMore() {
        ScriptedApplication other = app.another();
        Turn queued = response(app).says("Hi").inBackground().create();
        app.store()
                .save(Owner.SOLE, queued, queued.observe(new Observation.PickedUp(queued.later(queued.startedAt()))));
        app.store().stopHeart();
        other.model().then(says("Hello"));
        List<Boolean> written = new ArrayList<>();
        EventLog log = reading(
                other.store(),
                () -> written.add(app.store()
                        .append(
                                Owner.SOLE,
                                queued.id(),
                                app.store().last(Owner.SOLE, queued.id()),
                                List.of(new EventLog.Entry.PickedUp()))));

        other.runInBackground(log).run(Owner.SOLE, queued.id());

        assertThat(written).isNotEmpty().containsOnly(false);
        assertThat(stored(queued).state()).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void oneWhoseHistoryCanNotBeReadFailsAsInTheForeground() {
        app.model().then(says("One"));
        Turn first = response(app).says("1").create();
        Turn queued = response(app).says("2").after(first.id()).inBackground().create();
        app.store().failNextHistory();

        runNext(app);

        assertThat(stored(queued).state()).isEqualTo(new TurnState.Failed(Failure.MISTAKE));
        assertThat(follow(app, queued)).endsWith("turn failed: INTERNAL");
    }

    @Test
    void oneWhoseHistoryIsOutOfReachIsRunAgain() {
        app.model().then(says("One"), says("Two"));
        Turn first = response(app).says("1").create();
        Turn queued = response(app).says("2").after(first.id()).inBackground().create();
        Refusal away = Refusal.of(Refusal.Code.UNAVAILABLE, "The store is away");
        app.store().failNextHistory(away);

        assertThatThrownBy(() -> app.runInBackground().run(Owner.SOLE, queued.id()))
                .isEqualTo(away);
        app.runInBackground().run(Owner.SOLE, queued.id());

        assertThat(stored(queued).state()).isEqualTo(new TurnState.Completed(Message.Assistant.of("Two")));
    }

    @Test
    void oneWhoseLogCanNotBeReadFailsAtLast() {
        Turn queued = response(app).says("Hi").inBackground().create();
        RunInBackground runs = app.runInBackground(unreadable(app.store()));

        assertThatFailsAtLast(runs, queued);

        assertThat(follow(app, queued)).endsWith("turn failed: INTERNAL");
        runs.run(Owner.SOLE, queued.id());
    }

    @Test
    void oneThatTheStoreNeverTakesFailsAtLast() {
        Turn queued = response(app).says("Hi").inBackground().create();
        for (int time = 0; time < 5; time++) {
            app.journal().failSave();
        }

        assertThatFailsAtLast(app.runInBackground(), queued);
    }

    @Test
    void whatBreaksAtSeveralProcessesIsCountedTogetherAndOutlivesThem() {
        Turn queued = response(app).says("Hi").inBackground().create();

        for (int time = 0; time < 4; time++) {
            ScriptedApplication process = app.another();
            RunInBackground runs = process.runInBackground(unreadable(process.store()));
            assertThatThrownBy(() -> runs.run(Owner.SOLE, queued.id())).hasMessage("the log can't be read");
        }
        ScriptedApplication last = app.another();
        last.runInBackground(unreadable(last.store())).run(Owner.SOLE, queued.id());

        assertThat(stored(queued).state()).isEqualTo(new TurnState.Failed(Failure.MISTAKE));
    }

    @Test
    void oneThatCanNotBeReadFailsAtLastAndSaysSo() {
        Turn queued = response(app).says("Hi").inBackground().create();
        app.store().damage(queued.id(), true);

        assertThatUnreadableFailsAtLast(queued);
    }

    /** Its process died, and nobody can read what it has left. */
    @Test
    void oneThatRunsAndCanNotBeReadFailsAtLastAndSaysSo() {
        ScriptedApplication dying = app.another();
        Turn queued = response(app).says("Hi").inBackground().create();
        Turn running = queued.observe(new Observation.PickedUp(queued.later(queued.startedAt())));
        dying.store().save(Owner.SOLE, queued, running);
        dying.store().stopHeart();
        app.store().damage(queued.id(), true);

        assertThatUnreadableFailsAtLast(queued);
    }

    @Test
    void oneThatCanNotBeReadIsLeftToTheProcessThatRunsIt() {
        ScriptedApplication other = app.another();
        Turn queued = response(app).says("Hi").inBackground().create();
        Turn running = queued.observe(new Observation.PickedUp(queued.later(queued.startedAt())));
        other.store().save(Owner.SOLE, queued, running);
        app.store().damage(queued.id(), true);

        for (int time = 0; time < 12; time++) {
            assertThatThrownBy(() -> app.runInBackground().run(Owner.SOLE, queued.id()))
                    .isInstanceOf(UnreadableTurn.class);
        }

        assertThat(other.readResponses().get(Owner.SOLE, queued.id())).isEqualTo(running);
    }

    /** As while a new version takes the place of an old one. */
    @Test
    void oneThatCanNotBeReadHereIsRunWhereItCan() {
        ScriptedApplication newer = app.another();
        newer.model().then(says("Hello"));
        Turn queued = response(app).says("Hi").inBackground().create();
        app.store().damage(queued.id(), true);
        for (int time = 0; time < 9; time++) {
            assertThatThrownBy(() -> app.runInBackground().run(Owner.SOLE, queued.id()))
                    .isInstanceOf(UnreadableTurn.class);
        }

        newer.runInBackground().run(Owner.SOLE, queued.id());

        app.store().damage(queued.id(), false);
        assertThat(stored(queued).state()).isEqualTo(new TurnState.Completed(Message.Assistant.of("Hello")));
    }

    private void assertThatUnreadableFailsAtLast(Turn queued) {
        for (int time = 0; time < 9; time++) {
            assertThatThrownBy(() -> app.runInBackground().run(Owner.SOLE, queued.id()))
                    .isInstanceOf(UnreadableTurn.class);
        }

        app.runInBackground().run(Owner.SOLE, queued.id());

        app.store().damage(queued.id(), false);
        assertThat(stored(queued).state())
                .isEqualTo(new TurnState.Failed(Failure.of(
                        Failure.Code.INTERNAL,
                        "What is stored of this response can't be read, so it could not be run; create it anew")));
    }

    @Test
    void aStoreThatIsAwayIsNoFailureOfTheTurn() {
        Turn queued = response(app).says("Hi").inBackground().create();
        Refusal away = Refusal.of(Refusal.Code.UNAVAILABLE, "The store is away");
        RunInBackground runs = app.runInBackground();
        for (int time = 0; time < 8; time++) {
            app.journal().beforeSave(() -> {
                throw new IllegalStateException("the turn can't be stored", away);
            });
            assertThatThrownBy(() -> runs.run(Owner.SOLE, queued.id())).hasCause(away);
        }
        app.model().then(says("Hello"));

        runs.run(Owner.SOLE, queued.id());

        assertThat(stored(queued).state()).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void oneThatAnotherProcessRunsIsNotFailed() {
        ScriptedApplication other = app.another();
        Turn queued = response(app).says("Hi").inBackground().create();
        Turn running = queued.observe(new Observation.PickedUp(queued.later(queued.startedAt())));
        app.store().save(Owner.SOLE, queued, running);
        RunInBackground runs = other.runInBackground();

        for (int time = 0; time < 8; time++) {
            assertThatThrownBy(() -> runs.run(Owner.SOLE, queued.id()))
                    .hasMessageEndingWith("another process is running it");
        }

        assertThat(stored(queued)).isEqualTo(running);
    }

    private void assertThatFailsAtLast(RunInBackground runs, Turn queued) {
        for (int time = 0; time < 4; time++) {
            assertThatThrownBy(() -> runs.run(Owner.SOLE, queued.id())).isNotInstanceOf(Refusal.class);
            assertThat(stored(queued).isAtRest()).isFalse();
        }

        runs.run(Owner.SOLE, queued.id());

        assertThat(stored(queued).state()).isEqualTo(new TurnState.Failed(Failure.MISTAKE));
    }

    private Turn stored(Turn turn) {
        return app.readResponses().get(Owner.SOLE, turn.id());
    }

    /** As if the store were lost just then. */
    private static final class NotScheduling implements BackgroundRuns {

        @Override
        public void schedule(Owner owner, TurnId turn) {
            throw Refusal.of(Refusal.Code.UNAVAILABLE, "The store is away");
        }

        @Override
        public void start(Runner runner) {}

        @Override
        public void pause() {}

        @Override
        public void stop() {}
    }

    private static EventLog unreadable(EventLog log) {
        return reading(log, () -> {
            throw new IllegalStateException("the log can't be read");
        });
    }

    private static EventLog reading(EventLog log, Runnable before) {
        return new Watched(log, before);
    }

    /** @param beforeRead happens before each reading */
    private record Watched(EventLog log, Runnable beforeRead) implements EventLog {

        @Override
        public boolean append(Owner owner, TurnId turn, long after, List<Entry> entries) {
            return log.append(owner, turn, after, entries);
        }

        @Override
        public List<Placed> read(Owner owner, TurnId turn, long after) {
            beforeRead.run();
            return log.read(owner, turn, after);
        }

        @Override
        public List<Placed> readBack(Owner owner, TurnId turn, long before) {
            beforeRead.run();
            return log.readBack(owner, turn, before);
        }
    }

    private static void runNext(ScriptedApplication app) {
        app.runInBackground().run(Owner.SOLE, app.scheduled().remove());
    }

    private static List<String> follow(ScriptedApplication app, Turn turn) {
        RecordingSink sink = new RecordingSink();
        app.followResponse().follow(Owner.SOLE, turn.id(), sink, new Cancellation());
        return sink.lines();
    }

    private void awaitLogged(Turn turn, int events) {
        while (app.store().last(Owner.SOLE, turn.id()) < events) {
            Thread.onSpinWait();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
