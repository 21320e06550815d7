package dev.parley.application.turn;

import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.AgentFixture.tool;
import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.RequestKey;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.FaultyJournal;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.testing.ScriptedInference;
import dev.parley.domain.Refusal;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A request that its client named runs once, however often it is made. */
class IdempotentCreateTest {

    private static final RequestKey KEY = new RequestKey("order-66", "the body");
    private static final ToolCall MEASURE = new ToolCall("call_m", "measure", new ToolArguments.Json("{}"));

    private final ScriptedApplication app = new ScriptedApplication();
    private final Chat chat = app.chat(config(List.of(tool("measure")), List.of(), List.of()));
    private final RecordingSink sink = new RecordingSink();
    private final RecordingSink again = new RecordingSink();

    @Test
    void madeAgainAfterwardsItIsToldTheSameTurn() {
        app.model().then(says("Hel", "lo"));
        Turn first = chat.create(chat.saying("Hi", KEY), sink);

        Turn second = chat.create(chat.saying("Hi", KEY), again);

        assertThat(second).isEqualTo(first);
        assertThat(again.lines())
                .containsExactly(
                        "turn started",
                        "1 started: INFERENCE",
                        "1 text: Hello",
                        "1 completed: INFERENCE Hello[]",
                        "turn completed: END_OF_TURN Hello[]");
        assertThat(again.isAllFlushed()).isTrue();
        assertThat(app.model().requests()).hasSize(1);
        assertThat(chat.stored()).containsExactly(first);
    }

    /** It may well be that the shield, or the document, is gone by now. */
    @Test
    void madeAgainItNeedNotFitToWhatIsThereNow() {
        app.model().then(says("Hello"));
        Turn first = chat.create(chat.saying("Hi", KEY), sink);
        CreateTurn.Command same = chat.saying("Hi", KEY);
        CreateTurn.Command unfit = new CreateTurn.Command(
                same.agent(),
                same.session(),
                same.input(),
                List.of(new GivenDocument.ByUrl("https://example.org/gone", "text/plain")),
                List.of(new ToolGroup("gone", Optional.empty())),
                Optional.empty(),
                same.request());

        assertThat(chat.create(unfit, again)).isEqualTo(first);
    }

    @Test
    void madeAgainWhileTheTurnRunsItWaitsForIt() {
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("Hello");
        Future<Turn> first = Patient.start(() -> chat.create(chat.saying("Hi", KEY), sink));
        gate.awaitReached();
        CountDownLatch asked = new CountDownLatch(1);
        app.journal().beforeLookingBack(asked::countDown);
        Future<Turn> second = Patient.start(() -> chat.create(chat.saying("Hi", KEY), again));
        Patient.await(asked);

        gate.open();

        assertThat(Patient.get(second)).isEqualTo(Patient.get(first));
        assertThat(app.model().requests()).hasSize(1);
    }

    @Test
    void madeAgainThroughAnotherProcessItIsToldTheSameTurn() {
        ScriptedApplication there = app.another();
        app.model().then(says("Hello"));
        Turn first = chat.create(chat.saying("Hi", KEY), sink);

        assertThat(chat.through(there).create(chat.saying("Hi", KEY), again)).isEqualTo(first);
        assertThat(there.model().requests()).isEmpty();
    }

    @Test
    void aTurnThatAwaitsInputIsToldAsSuch() {
        app.model().then(calls(MEASURE));
        Turn first = chat.create(chat.saying("Hi", KEY), sink);

        assertThat(chat.create(chat.saying("Hi", KEY), again)).isEqualTo(first);
        assertThat(again.lines()).endsWith("turn awaits input: END_OF_MESSAGE [call_m]");
    }

    @Test
    void anotherBodyUnderTheSameNameIsRefused() {
        app.model().then(says("Hello"));
        Turn first = chat.create(chat.saying("Hi", KEY), sink);

        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> chat.create(chat.saying("Ho", new RequestKey(KEY.key(), "other")), again));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT);
        assertThat(refusal.explanation()).contains("'order-66'");
        assertThat(again.events()).isEmpty();
        assertThat(chat.stored()).containsExactly(first);
    }

    @Test
    void aTurnThatDoesNotRestInTimeIsStillRunningAndNoOther() {
        ScriptedApplication hasty = new ScriptedApplication(new TurnSettings(Duration.ofMillis(10), 1000));
        Chat slow = hasty.chat(config());
        ScriptedInference.Gate gate = hasty.model().thenWaitAndSay("Hello");
        Future<Turn> first = Patient.start(() -> slow.create(slow.saying("Hi", KEY), sink));
        gate.awaitReached();

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> slow.create(slow.saying("Hi", KEY), again));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.BUSY);
        assertThat(refusal.explanation())
                .contains(slow.stored().getFirst().id().value())
                .contains("still running")
                .doesNotContain("another turn");
        gate.open();
        assertThat(Patient.get(first).state()).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void aTurnThatIsDeletedWhileItIsWaitedForIsNotFound() {
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("Hello");
        Future<Turn> first = Patient.start(() -> chat.create(chat.saying("Hi", KEY), sink));
        gate.awaitReached();
        CountDownLatch asked = new CountDownLatch(1);
        app.journal().beforeLookingBack(asked::countDown);
        Future<Turn> second = Patient.start(() -> chat.create(chat.saying("Hi", KEY), again));
        Patient.await(asked);

        app.deleteSession().delete(chat.owner(), chat.agent(), chat.session());

        assertThat(catchThrowableOfType(Refusal.class, () -> Patient.get(second))
                        .code())
                .isEqualTo(Refusal.Code.NOT_FOUND);
        gate.open();
        assertThat(catchThrowableOfType(Refusal.class, () -> Patient.get(first)).code())
                .isEqualTo(Refusal.Code.CONFLICT);
    }

    @Test
    void aRequestThatBeganNothingMayBeMadeAgain() {
        app.journal().beforeBegin(() -> {
            throw new FaultyJournal.StoreFailed();
        });
        app.model().then(says("Hello"));
        assertThatThrownBy(() -> chat.create(chat.saying("Hi", KEY), sink))
                .isInstanceOf(FaultyJournal.StoreFailed.class);

        assertThat(chat.create(chat.saying("Hi", KEY), again).state()).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void requestsWithoutANameAreAllDifferent() {
        app.model().then(says("one"), says("two"));
        chat.say("Hi");
        chat.say("Hi");

        assertThat(chat.stored()).hasSize(2);
    }
}
