package dev.parley.application.turn;

import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.AgentFixture.limited;
import static dev.parley.application.testing.AgentFixture.tool;
import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.ModelScript;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.testing.ScriptedInference;
import dev.parley.application.testing.Together;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ResumeTurnTest {

    private static final ToolCall MEASURE = call("call_m", "measure");
    private static final ToolCall WEIGH = call("call_w", "weigh");
    private static final ToolResponse MEASURED = new ToolResponse(
            "call_m", "measure", Content.of("118/79"), Optional.of(new JsonText("{\"source\": 1.10}")));

    private final ScriptedApplication app = new ScriptedApplication();
    private final Chat chat = app.chat(withTools());
    private final RecordingSink sink = new RecordingSink();

    @Test
    void theAnswerIsKeptAsItCameAndShownToTheModel() {
        Turn awaiting = awaiting(MEASURE);
        app.model().then(says("You are well."));

        Turn turn = chat.resume(chat.answering(awaiting.id(), MEASURED), sink);

        assertThat(turn.steps().get(1)).isInstanceOfSatisfying(Step.ToolExecution.class, step -> {
            assertThat(step.calls()).containsExactly(MEASURE);
            assertThat(step.responses()).containsExactly(MEASURED);
            assertThat(step.period().start()).isEqualTo(awaiting.restedAt().orElseThrow());
        });
        assertThat(app.model().lastRequest().messages()).endsWith(new Message.Tool("call_m", Content.of("118/79")));
    }

    @Test
    void aTurnMayAskItsClientMoreThanOnce() {
        Turn first = awaiting(MEASURE);
        app.model().then(calls(WEIGH), says("Done"));

        Turn second = chat.answer(first.id(), MEASURED);
        Turn third = chat.answer(first.id(), ToolResponse.text(WEIGH, "70"));

        assertThat(second.state()).isInstanceOf(TurnState.AwaitingInput.class);
        assertThat(third.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(third.steps()).hasSize(5);
    }

    @Test
    void aTurnGoesOnInAnotherProcess() {
        Turn awaiting = awaiting(MEASURE);
        ScriptedApplication there = app.another();
        there.model().then(says("You are well."));

        Turn turn = chat.through(there).answer(awaiting.id(), MEASURED);

        assertThat(turn.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(chat.stored()).containsExactly(turn);
    }

    // ---- the same answer again

    @Test
    void theSameAnswerAgainIsToldWhatCameOfItTheFirstTime() {
        Turn awaiting = awaiting(MEASURE);
        app.model().then(says("You are ", "well."));
        Turn first = chat.answer(awaiting.id(), MEASURED);

        Turn second = chat.resume(chat.answering(awaiting.id(), MEASURED), sink);

        assertThat(second).isEqualTo(first);
        assertThat(sink.lines())
                .containsExactly(
                        "1 completed: TOOL_EXECUTION CLIENT [call_m=118/79]",
                        "2 started: INFERENCE",
                        "2 text: You are well.",
                        "2 completed: INFERENCE You are well.[]",
                        "turn completed: END_OF_TURN You are well.[]");
        assertThat(sink.isAllFlushed()).isTrue();
        assertThat(app.model().requests()).hasSize(2);
    }

    @Test
    void theSameAnswerWhileTheTurnRunsWaitsForIt() {
        Turn awaiting = awaiting(MEASURE);
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("You are well.");
        Future<Turn> first = Patient.start(() -> chat.answer(awaiting.id(), MEASURED));
        gate.awaitReached();
        Future<Turn> second = Patient.start(() -> chat.resume(chat.answering(awaiting.id(), MEASURED), sink));

        gate.open();

        assertThat(Patient.get(second)).isEqualTo(Patient.get(first));
        assertThat(app.model().requests()).hasSize(2);
    }

    @Test
    void theSameAnswerIsStillKnownAfterLaterTurns() {
        Turn awaiting = awaiting(MEASURE);
        app.model().then(says("You are well."), says("Hello again"));
        Turn first = chat.answer(awaiting.id(), MEASURED);
        chat.say("Hi again");

        assertThat(chat.answer(awaiting.id(), MEASURED)).isEqualTo(first);
    }

    @Test
    void theSameAnswerToATurnThatFailedSinceIsToldSo() {
        Turn awaiting = awaiting(MEASURE);
        app.model().then(new ModelScript.Refuses(Failure.Code.RATE_LIMITED));
        Turn failed = chat.answer(awaiting.id(), MEASURED);

        Turn again = chat.resume(chat.answering(awaiting.id(), MEASURED), sink);

        assertThat(again).isEqualTo(failed);
        assertThat(sink.lines())
                .containsExactly("1 completed: TOOL_EXECUTION CLIENT [call_m=118/79]", "turn failed: RATE_LIMITED");
    }

    @Test
    void aTurnThatDoesNotRestInTimeIsStillRunning() {
        ScriptedApplication hasty = new ScriptedApplication(new TurnSettings(Duration.ofMillis(10), 1000));
        Chat slow = hasty.chat(withTools());
        hasty.model().then(calls(MEASURE));
        Turn awaiting = slow.say("How am I?");
        ScriptedInference.Gate gate = hasty.model().thenWaitAndSay("You are well.");
        Future<Turn> first = Patient.start(() -> slow.answer(awaiting.id(), MEASURED));
        gate.awaitReached();

        Refusal refusal = refused(() -> slow.answer(awaiting.id(), MEASURED));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.BUSY);
        assertThat(refusal.explanation()).contains(awaiting.id().value(), "still running");
        gate.open();
        assertThat(Patient.get(first).state()).isInstanceOf(TurnState.Completed.class);
    }

    @RepeatedTest(5)
    void ofTheSameAnswerSeveralTimesAtOnceOneRunsTheTurn() {
        Turn awaiting = awaiting(MEASURE);
        ScriptedApplication there = app.another();
        app.model().then(says("You are well."));
        there.model().then(says("You are well."));
        Callable<Turn> here = () -> chat.answer(awaiting.id(), MEASURED);

        List<Turn> outcomes =
                Together.run(List.of(here, () -> chat.through(there).answer(awaiting.id(), MEASURED), here));

        assertThat(outcomes).containsOnly(chat.stored(awaiting.id()));
        assertThat(app.model().requests().size() + there.model().requests().size())
                .as("inferences, the first turn's included")
                .isEqualTo(2);
    }

    // ---- another answer

    @Test
    void anotherAnswerToATurnThatHasMovedOnIsRefused() {
        Turn awaiting = awaiting(MEASURE);
        app.model().then(says("You are well."));
        Turn done = chat.answer(awaiting.id(), MEASURED);

        Refusal refusal = refused(() -> chat.answer(awaiting.id(), ToolResponse.text(MEASURE, "200/100")));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT);
        assertThat(chat.stored()).containsExactly(done);
    }

    @Test
    void anotherAnswerToARunningTurnIsRefused() {
        Turn awaiting = awaiting(MEASURE);
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("You are well.");
        Future<Turn> first = Patient.start(() -> chat.answer(awaiting.id(), MEASURED));
        gate.awaitReached();

        Refusal refusal = refused(() -> chat.answer(awaiting.id(), ToolResponse.text(MEASURE, "200/100")));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT);
        gate.open();
        assertThat(Patient.get(first).state()).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void anotherAnswerToATurnThatAsksForSomethingElseByNowIsRefused() {
        Turn awaiting = awaiting(MEASURE);
        app.model().then(calls(WEIGH));
        chat.answer(awaiting.id(), MEASURED);

        Refusal refusal = refused(() -> chat.answer(awaiting.id(), ToolResponse.text(MEASURE, "200/100")));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT);
    }

    @RepeatedTest(5)
    void ofDifferentAnswersAtOnceOneIsTaken() {
        Turn awaiting = awaiting(MEASURE);
        app.model().then(says("You are well."));

        List<Boolean> won = Together.run(
                List.of(() -> isTaken(awaiting, "1"), () -> isTaken(awaiting, "2"), () -> isTaken(awaiting, "3")));

        assertThat(won).containsOnlyOnce(true);
        assertThat(chat.stored(awaiting.id()).steps()).hasSize(3);
    }

    private boolean isTaken(Turn awaiting, String result) {
        try {
            chat.answer(awaiting.id(), ToolResponse.text(MEASURE, result));
            return true;
        } catch (Refusal refused) {
            assertThat(refused.code()).isEqualTo(Refusal.Code.CONFLICT);
            return false;
        }
    }

    @Test
    void whoLosesToTheSameAnswerOfAnotherProcessIsToldItsTurn() {
        Turn awaiting = awaiting(MEASURE);
        ScriptedApplication there = app.another();
        there.model().then(says("You are well."));
        app.journal().beforeSave(() -> chat.through(there).answer(awaiting.id(), MEASURED));

        Turn turn = chat.resume(chat.answering(awaiting.id(), MEASURED), sink);

        assertThat(turn.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(sink.lines()).startsWith("1 completed: TOOL_EXECUTION CLIENT [call_m=118/79]");
        assertThat(app.model().requests()).hasSize(1);
    }

    // ---- answers that do not fit

    @Test
    void everyCallNeedsItsAnswerAndNoOther() {
        Turn awaiting = awaiting(MEASURE, WEIGH);
        ToolResponse weighed = ToolResponse.text(WEIGH, "70");
        ToolResponse made = ToolResponse.text(call("call_x", "dance"), "no");

        for (List<ToolResponse> wrong : List.of(
                List.<ToolResponse>of(),
                List.of(MEASURED),
                List.of(MEASURED, made),
                List.of(MEASURED, weighed, made),
                List.of(MEASURED, MEASURED))) {
            Refusal refusal = refused(() -> chat.answer(awaiting.id(), wrong.toArray(ToolResponse[]::new)));

            assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
            assertThat(refusal.field()).contains("tool_responses");
            assertThat(refusal.explanation()).contains("call_m", "call_w");
        }
        assertThat(chat.stored()).containsExactly(awaiting);
    }

    @Test
    void theOrderOfTheAnswersIsTheClients() {
        Turn awaiting = awaiting(MEASURE, WEIGH);
        app.model().then(says("Done"));

        Turn turn = chat.answer(awaiting.id(), ToolResponse.text(WEIGH, "70"), MEASURED);

        assertThat(turn.state()).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void onlyTheLastTurnOfASessionGoesOn() {
        Turn awaiting = awaiting(MEASURE);
        app.model().then(says("Hello again"));
        chat.say("Hi again");

        Refusal refusal = refused(() -> chat.answer(awaiting.id(), MEASURED));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT);
        assertThat(refusal.explanation()).contains("not the last one");
        assertThat(chat.stored().getFirst()).isEqualTo(awaiting);
    }

    @Test
    void unknownIdsAreNotFound() {
        Turn awaiting = awaiting(MEASURE);
        Chat otherSession = new Chat(app, chat.owner(), chat.agent(), new SessionId("no such session"));
        Chat otherAgent = new Chat(app, chat.owner(), app.chat(config()).agent(), chat.session());
        Chat stranger = new Chat(app, new Owner("a stranger"), chat.agent(), chat.session());

        assertThat(refused(() -> chat.answer(new TurnId("no such turn"), MEASURED))
                        .explanation())
                .isEqualTo("Turn no such turn not found");
        for (Chat wrong : List.of(otherSession, otherAgent, stranger)) {
            Refusal refusal = refused(() -> wrong.answer(awaiting.id(), MEASURED));
            assertThat(refusal.code()).isEqualTo(Refusal.Code.NOT_FOUND);
            assertThat(refusal.explanation()).startsWith("Session");
        }
        assertThat(chat.stored()).containsExactly(awaiting);
    }

    @Test
    void failedAndCancelledTurnsDoNotGoOn() {
        app.model().then(new ModelScript.Refuses(Failure.Code.MODEL_NOT_FOUND));
        Turn failed = chat.say("Hi");
        assertThat(refused(() -> chat.answer(failed.id(), MEASURED)).code()).isEqualTo(Refusal.Code.CONFLICT);

        Cancellation cancellation = new Cancellation();
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);
        Turn cancelled = chat.create(chat.saying("Hi"), sink, cancellation);
        assertThat(refused(() -> chat.answer(cancelled.id(), MEASURED)).code()).isEqualTo(Refusal.Code.CONFLICT);
    }

    // ---- clients that read calls out of the text by themselves

    @Test
    void aCompletedTurnGoesOnWithAnswersToCallsThatOnlyTheClientSaw() {
        app.model().then(says("Action: measure()"), says("You are well."));
        Turn completed = chat.say("How am I?");
        ToolResponse invented = ToolResponse.text(call("react-1", "measure"), "118/79");

        Turn turn = chat.resume(chat.answering(completed.id(), invented), sink);

        assertThat(turn.id()).isEqualTo(completed.id());
        assertThat(turn.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(turn.steps().get(1)).isInstanceOfSatisfying(Step.ToolExecution.class, step -> {
            assertThat(step.calls()).isEmpty();
            assertThat(step.responses()).containsExactly(invented);
        });
        assertThat(app.model().lastRequest().messages())
                .filteredOn(Message.Tool.class::isInstance)
                .as("answers without a call that the provider knows of")
                .isEmpty();
        assertThat(chat.answer(completed.id(), invented)).isEqualTo(turn);
        assertThat(app.model().requests()).hasSize(2);
    }

    @Test
    void aCompletedTurnThatIsNotTheLastDoesNotGoOn() {
        app.model().then(says("Action: measure()"), says("Hello again"));
        Turn completed = chat.say("How am I?");
        chat.say("Hi again");

        assertThat(refused(() -> chat.answer(completed.id(), MEASURED)).code()).isEqualTo(Refusal.Code.CONFLICT);
    }

    @Test
    void aTurnAtItsLimitDoesNotGoOn() {
        Chat limited = app.chat(limited(withTools(), 1));
        app.model().then(calls(MEASURE));
        Turn spent = limited.say("How am I?");

        Refusal refusal = refused(() -> limited.answer(spent.id(), MEASURED));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.explanation()).contains("max_infer_iters");
        assertThat(limited.stored()).containsExactly(spent);
    }

    @Test
    void theLimitHoldsAcrossResumes() {
        Chat limited = app.chat(limited(withTools(), 2));
        app.model().then(calls(MEASURE), calls(WEIGH));
        Turn first = limited.say("How am I?");

        Turn second = limited.answer(first.id(), MEASURED);

        assertThat(second.state())
                .isInstanceOfSatisfying(
                        TurnState.Completed.class,
                        state -> assertThat(state.output().toolCalls()).containsExactly(WEIGH));
    }

    @Test
    void aProcessThatIsAboutToEndResumesNothing() {
        Turn awaiting = awaiting(MEASURE);
        app.running().drain(Duration.ZERO);

        assertThat(refused(() -> chat.answer(awaiting.id(), MEASURED)).code()).isEqualTo(Refusal.Code.UNAVAILABLE);
        assertThat(chat.stored()).containsExactly(awaiting);
    }

    private Turn awaiting(ToolCall... pending) {
        app.model().then(calls(pending));
        return chat.say("How am I?");
    }

    private Refusal refused(Callable<Turn> resume) {
        Refusal refusal = catchThrowableOfType(Refusal.class, resume::call);
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static AgentConfig withTools() {
        return config(List.of(tool("measure"), tool("weigh")), List.of(), List.of());
    }

    private static ToolCall call(String id, String name) {
        return new ToolCall(id, name, new ToolArguments.Json("{}"));
    }
}
