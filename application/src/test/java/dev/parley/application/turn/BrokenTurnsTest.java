package dev.parley.application.turn;

import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.AgentFixture.tool;
import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.ModelScript;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.testing.ScriptedInference;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.PartialAnswer;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnState;
import dev.parley.domain.turn.Usage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Turns that do not get to their answer: what broke them, what is kept, and that their session goes on. */
class BrokenTurnsTest {

    private static final ToolCall SEARCH = new ToolCall("call_s", "search", new ToolArguments.Json("{}"));

    private final ScriptedApplication app = new ScriptedApplication();
    private final RecordingSink sink = new RecordingSink();
    private final Cancellation cancellation = new Cancellation();

    // ---- providers, shields and mistakes

    @Test
    void aModelThatRefusesFailsTheTurnBeforeAnyStep() {
        app.model().then(new ModelScript.Refuses(Failure.Code.MODEL_NOT_FOUND));
        Chat chat = app.chat(config());

        Turn turn = chat.say("Hi", sink);

        assertThat(turn.state())
                .isEqualTo(new TurnState.Failed(Failure.of(Failure.Code.MODEL_NOT_FOUND, "The model refused")));
        assertThat(sink.lines()).containsExactly("turn started", "turn failed: MODEL_NOT_FOUND");
        assertThat(chat.stored()).containsExactly(turn);
    }

    @Test
    void aProviderThatBreaksOffFailsTheTurnAndTheStepsBeforeAreKept() {
        app.model().then(calls(SEARCH), new ModelScript.BreaksOff(List.of("Hel")));
        Chat chat = app.chat(withTools("found"));

        Turn turn = chat.say("Hi", sink);

        assertThat(turn.steps()).hasSize(3);
        assertBrokeAfter("Hel", Optional.empty(), turn);
        assertThat(sink.lines())
                .contains("3 started: INFERENCE", "3 text: Hel")
                .endsWith("turn failed: PROVIDER_UNAVAILABLE");
        assertThat(chat.stored()).containsExactly(turn);
    }

    @Test
    void whatAnAnswerThatCameToNothingHasCostIsKept() {
        Usage spent = new Usage(10, 1, 5, 2);
        app.model().thenDo((_, _, _) -> {
            throw new BrokenOff(Failure.Code.ANSWER_OFF_SCHEMA, "It does not keep to it").after(Optional.of(spent));
        });

        Turn turn = app.chat(config()).say("Hi", sink);

        assertThat(turn.steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        Step.BrokenAnswer.class,
                        broken -> assertThat(broken.told()).isEqualTo(PartialAnswer.NOTHING));
        assertThat(turn.usage()).contains(spent);
    }

    @Test
    void whatWasToldBeforeAMistakeIsKept() {
        app.model().thenDo((_, progress, _) -> {
            progress.opened();
            progress.delta(new Delta.Text("Hel"));
            throw new IllegalStateException("a secret detail");
        });

        Turn turn = app.chat(config()).say("Hi", sink);

        assertBrokeAfter("Hel", Optional.empty(), turn);
        assertThat(sink.lines()).endsWith("turn failed: INTERNAL");
    }

    private static void assertBrokeAfter(String text, Optional<Usage> usage, Turn turn) {
        assertThat(turn.state()).isInstanceOf(TurnState.Failed.class);
        assertThat(turn.steps().getLast()).isInstanceOfSatisfying(Step.BrokenAnswer.class, broken -> {
            assertThat(broken.told()).isEqualTo(new PartialAnswer(List.of(), Optional.of(Passage.Spoken.of(text))));
            assertThat(broken.usage()).isEqualTo(usage);
        });
    }

    @Test
    void aBrokenTurnIsWithoutItsHalfSaidWordsInTheNextOne() {
        app.model().then(new ModelScript.BreaksOff(List.of("Hel")), says("Hello"));
        Chat chat = app.chat(config());
        chat.say("Hi");

        chat.say("Hi again");

        assertThat(app.model().lastRequest().messages())
                .containsExactly(new Message.System("Be brief."), Message.User.of("Hi again"));
    }

    @Test
    void aShieldWithoutAVerdictFailsTheTurn() {
        app.shields().fails("guard");

        Turn turn = app.chat(config(List.of(), List.of(), List.of("guard"))).say("Hi", sink);

        assertThat(turn.state())
                .isEqualTo(
                        new TurnState.Failed(Failure.of(Failure.Code.SHIELD_FAILED, "Shield guard gave no verdict")));
        assertThat(app.model().requests()).isEmpty();
    }

    @Test
    void aMistakeInAnAdapterFailsTheTurnWithoutTellingInternals() {
        app.model().thenDo((_, _, _) -> {
            throw new IllegalStateException("a secret detail");
        });

        Turn turn = app.chat(config()).say("Hi", sink);

        assertThat(turn.state()).isInstanceOfSatisfying(TurnState.Failed.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo(Failure.Code.INTERNAL);
            assertThat(failed.failure().message()).doesNotContain("secret", "IllegalState");
        });
        assertThat(sink.lines()).endsWith("turn failed: INTERNAL");
    }

    @Test
    void aHistoryThatCannotBeReadFailsTheTurnInsteadOfLeavingItRunning() {
        ScriptedApplication broken = new ScriptedApplication();
        Chat chat = broken.chat(config());
        broken.store().failNextHistory();

        Turn turn = chat.say("Hi", sink);

        assertThat(turn.state())
                .isInstanceOfSatisfying(
                        TurnState.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(Failure.Code.INTERNAL));
        assertThat(chat.stored()).containsExactly(turn);
    }

    // ---- whoever reads leaves

    @Test
    void aWishToEndBeforeAnythingIsDoneCancelsTheTurn() {
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);
        Chat chat = app.chat(config());

        Turn turn = chat.create(chat.saying("Hi"), sink, cancellation);

        assertThat(turn.state()).isEqualTo(new TurnState.Cancelled());
        assertThat(turn.steps()).isEmpty();
        assertThat(app.model().requests()).isEmpty();
        assertThat(chat.stored()).containsExactly(turn);
    }

    @Test
    void aWishToEndWhileTheModelSpeaksCancelsTheTurn() {
        app.model().then(calls(SEARCH));
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("never");
        Chat chat = app.chat(withTools("found"));
        Future<Turn> created = Patient.start(() -> chat.create(chat.saying("Hi"), sink, cancellation));
        gate.awaitReached();

        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        Turn turn = Patient.get(created);
        assertThat(turn.state()).isEqualTo(new TurnState.Cancelled());
        assertThat(turn.steps()).hasSize(2);
        assertThat(chat.stored()).containsExactly(turn);
        assertThat(sink.lines()).endsWith("3 started: INFERENCE", "turn cancelled");
        assertThat(app.running().ids()).isEmpty();
    }

    @Test
    void aWishToEndAfterTheModelAnsweredRunsNoTools() {
        RecordingSink leaving = new RecordingSink(event -> {
            if (event instanceof TurnEvent.StepCompleted) {
                cancellation.request(Cancellation.Reason.CLIENT_LEFT);
            }
        });
        app.model().then(calls(SEARCH));
        Chat chat = app.chat(withTools("found"));

        Turn turn = chat.create(chat.saying("Hi"), leaving, cancellation);

        assertThat(turn.state()).isEqualTo(new TurnState.Cancelled());
        assertThat(turn.steps()).hasSize(1);
        assertThat(app.tools().calls()).isEmpty();
    }

    @Test
    void whatAToolDidBeforeItHeardOfTheWishIsKept() {
        app.tools().tool("web", "search", (_, wish) -> {
            assertThat(wish.requested()).isEmpty();
            cancellation.request(Cancellation.Reason.CLIENT_LEFT);
            assertThat(wish.requested()).isPresent();
            return new Tools.Output(Content.of("done anyhow"), Optional.empty());
        });
        app.model().then(calls(SEARCH));
        Chat chat = app.chat(config(List.of(), List.of(new ToolGroup("web", Optional.empty())), List.of()));

        Turn turn = chat.create(chat.saying("Hi"), sink, cancellation);

        assertThat(turn.state()).isEqualTo(new TurnState.Cancelled());
        assertThat(sink.lines()).endsWith("2 completed: TOOL_EXECUTION SERVER [call_s=done anyhow]", "turn cancelled");
    }

    @Test
    void aWishToEndAfterTheLastAnswerChangesNothing() {
        RecordingSink leaving = new RecordingSink(event -> {
            if (event instanceof TurnEvent.TurnRested) {
                cancellation.request(Cancellation.Reason.CLIENT_LEFT);
            }
        });
        app.model().then(says("Hello"));
        Chat chat = app.chat(config());

        Turn turn = chat.create(chat.saying("Hi"), leaving, cancellation);

        assertThat(turn.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(chat.stored()).containsExactly(turn);
    }

    @Test
    void afterACancelledTurnTheSessionGoesOn() {
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);
        app.model().then(says("Hello"));
        Chat chat = app.chat(config());
        chat.create(chat.saying("Hi"), sink, cancellation);

        assertThat(chat.say("Hi again").state()).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void aMistakeThatAWishToEndCausedCountsAsTheWish() {
        app.model().thenDo((_, _, wish) -> {
            cancellation.request(Cancellation.Reason.CLIENT_LEFT);
            throw new IllegalStateException("the connection is closed");
        });
        Chat chat = app.chat(config());

        assertThat(chat.create(chat.saying("Hi"), sink, cancellation).state()).isEqualTo(new TurnState.Cancelled());
    }

    // ---- the process ends

    @Test
    void aTurnThatTheEndOfTheProcessBreaksOffIsMarked() {
        ScriptedInference.Gate gate = app.model().thenWaitAndSay("never");
        Chat chat = app.chat(config());
        Future<Turn> created = Patient.start(() -> chat.create(chat.saying("Hi"), sink, cancellation));
        gate.awaitReached();

        cancellation.request(Cancellation.Reason.SHUTDOWN);

        Turn turn = Patient.get(created);
        assertThat(turn.state())
                .isInstanceOfSatisfying(
                        TurnState.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(Failure.Code.INTERRUPTED));
        assertThat(chat.stored()).containsExactly(turn);
        assertThat(sink.lines()).endsWith("turn failed: INTERRUPTED");
    }

    @Test
    void aToolIsToldOfTheWishToEnd() {
        CountDownLatch running = new CountDownLatch(1);
        app.tools().tool("web", "search", (_, wish) -> {
            CountDownLatch wished = new CountDownLatch(1);
            try (Cancellation.Registration _ = wish.onRequest(wished::countDown)) {
                running.countDown();
                Patient.await(wished);
            }
            throw new Tools.ToolFailed("broken off");
        });
        app.model().then(calls(SEARCH));
        Chat chat = app.chat(config(List.of(), List.of(new ToolGroup("web", Optional.empty())), List.of()));
        Future<Turn> created = Patient.start(() -> chat.create(chat.saying("Hi"), sink, cancellation));
        Patient.await(running);

        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(Patient.get(created).state()).isEqualTo(new TurnState.Cancelled());
    }

    private AgentConfig withTools(String result) {
        app.tools().tool("web", "search", result);
        return config(List.of(tool("measure")), List.of(new ToolGroup("web", Optional.empty())), List.of());
    }
}
