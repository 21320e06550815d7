package dev.parley.application.turn;

import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.AgentFixture.tool;
import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.TurnSink;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.testing.ScriptedInference;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One turn of a session at a time: the next one waits, for a while. */
class BusySessionsTest {

    private static final ToolCall MEASURE = new ToolCall("call_m", "measure", new ToolArguments.Json("{}"));

    private final ScriptedApplication app = new ScriptedApplication();
    private final Chat chat = app.chat(config(List.of(tool("measure")), List.of(), List.of()));
    private final RecordingSink sink = new RecordingSink();

    @Test
    void theNextTurnWaitsAndThenSeesTheOneBefore() {
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("one");
        app.model().then(says("two"));
        Future<Turn> first = Patient.start(() -> chat.say("1"));
        gate.awaitReached();
        CountDownLatch tried = triesToBegin();
        Future<Turn> second = Patient.start(() -> chat.say("2", sink));
        Patient.await(tried);
        assertThat(sink.events()).isEmpty();
        assertThat(app.model().requests()).hasSize(1);

        gate.open();

        assertThat(Patient.get(second).state()).isInstanceOf(TurnState.Completed.class);
        assertStored(chat, Patient.get(first), Patient.get(second));
        assertThat(app.model().lastRequest().messages()).contains(Message.Assistant.of("one"));
    }

    @Test
    void aTurnOfAnotherProcessIsWaitedForToo() {
        ScriptedApplication there = app.another();
        ScriptedInference.Gate gate = there.model().thenWaitAndSay("one");
        app.model().then(says("two"));
        Future<Turn> first = Patient.start(() -> chat.through(there).say("1"));
        gate.awaitReached();
        CountDownLatch tried = triesToBegin();
        Future<Turn> second = Patient.start(() -> chat.say("2"));
        Patient.await(tried);

        gate.open();

        assertStored(chat, Patient.get(first), Patient.get(second));
    }

    @Test
    void whoWaitedLongEnoughIsRefusedAndNothingWasBegun() {
        ScriptedApplication hasty = impatient();
        Chat busy = hasty.chat(config());
        ScriptedInference.Gate gate = hasty.model().thenWaitAndSay("one");
        Future<Turn> first = Patient.start(() -> busy.say("1"));
        gate.awaitReached();

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> busy.say("2", sink));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.BUSY);
        assertThat(refusal.explanation()).contains("is running another turn");
        assertThat(sink.events()).isEmpty();
        gate.open();
        assertStored(busy, Patient.get(first));
    }

    @Test
    void otherSessionsDoNotWait() {
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("one");
        app.model().then(says("two"));
        Future<Turn> first = Patient.start(() -> chat.say("1"));
        gate.awaitReached();

        Turn other = app.chat(config()).say("2");

        assertThat(other.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(first.isDone()).isFalse();
        gate.open();
        assertThat(Patient.get(first).state()).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void whoLeavesWhileWaitingBeginsNothing() {
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("one");
        Future<Turn> first = Patient.start(() -> chat.say("1"));
        gate.awaitReached();
        CountDownLatch tried = triesToBegin();
        Cancellation cancellation = new Cancellation();
        Future<Turn> second = Patient.start(() -> chat.create(chat.saying("2"), TurnSink.DISCARDING, cancellation));
        Patient.await(tried);

        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(catchThrowableOfType(Refusal.class, () -> Patient.get(second))
                        .code())
                .isEqualTo(Refusal.Code.BUSY);
        gate.open();
        assertStored(chat, Patient.get(first));
    }

    @Test
    void whoWaitsWhenTheProcessIsAboutToEndIsRefused() {
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("one");
        Future<Turn> first = Patient.start(() -> chat.say("1"));
        gate.awaitReached();
        CountDownLatch tried = triesToBegin();
        Future<Turn> second = Patient.start(() -> chat.say("2"));
        Patient.await(tried);

        Future<Boolean> drained = Patient.start(() -> {
            app.running().drain(Duration.ofSeconds(10));
            return true;
        });

        assertThat(catchThrowableOfType(Refusal.class, () -> Patient.get(second))
                        .code())
                .isEqualTo(Refusal.Code.UNAVAILABLE);
        gate.open();
        assertThat(Patient.get(first).state()).isInstanceOf(TurnState.Completed.class);
        assertThat(Patient.get(drained)).isTrue();
        assertThat(chat.stored()).hasSize(1);
    }

    @Test
    void whoWaitedUntilTheSessionWasDeletedIsTold() {
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("one");
        Future<Turn> first = Patient.start(() -> chat.say("1"));
        gate.awaitReached();
        CountDownLatch tried = triesToBegin();
        Future<Turn> second = Patient.start(() -> chat.say("2"));
        Patient.await(tried);

        app.deleteSession().delete(chat.owner(), chat.agent(), chat.session());

        assertThat(catchThrowableOfType(Refusal.class, () -> Patient.get(second))
                        .code())
                .isEqualTo(Refusal.Code.NOT_FOUND);
        gate.open();
        assertThat(catchThrowableOfType(Refusal.class, () -> Patient.get(first)).code())
                .isEqualTo(Refusal.Code.CONFLICT);
    }

    @Test
    void aTurnDoesNotGoOnOnceALaterOneRuns() {
        app.model().then(calls(MEASURE));
        Turn awaiting = chat.say("1");
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("two");
        Future<Turn> later = Patient.start(() -> chat.say("2"));
        gate.awaitReached();

        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> chat.answer(awaiting.id(), ToolResponse.text(MEASURE, "118/79")));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT);
        gate.open();
        assertStored(chat, awaiting, Patient.get(later));
    }

    @Test
    void aTurnThatLosesItsPlaceWhileItIsAnsweredDoesNotGoOn() {
        app.model().then(calls(MEASURE));
        Turn awaiting = chat.say("1");
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("two");
        List<Future<Turn>> later = new ArrayList<>();
        app.journal().beforeSave(() -> {
            later.add(Patient.start(() -> chat.say("2")));
            gate.awaitReached();
        });

        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> chat.answer(awaiting.id(), ToolResponse.text(MEASURE, "118/79")));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT);
        gate.open();
        assertStored(chat, awaiting, Patient.get(later.getFirst()));
    }

    /** The turns are waited for before the store is read. */
    private static void assertStored(Chat chat, Turn... turns) {
        assertThat(chat.stored()).containsExactly(turns);
    }

    private static ScriptedApplication impatient() {
        return new ScriptedApplication(new TurnSettings(Duration.ofMillis(10), 1000));
    }

    /** Opens when the next request has asked the store twice, so that it waits for its session. */
    private CountDownLatch triesToBegin() {
        CountDownLatch tries = new CountDownLatch(2);
        app.journal().beforeBegin(tries::countDown);
        app.journal().beforeBegin(tries::countDown);
        return tries;
    }
}
