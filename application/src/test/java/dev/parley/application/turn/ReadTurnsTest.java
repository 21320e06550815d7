package dev.parley.application.turn;

import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.AgentFixture.tool;
import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.testing.Chat;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.testing.ScriptedInference;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnState;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ReadTurnsTest {

    private static final ToolCall MEASURE = new ToolCall("call_m", "measure", new ToolArguments.Json("{}"));

    private final ScriptedApplication app = new ScriptedApplication();
    private final ReadTurns readTurns = app.readTurns();
    private final Chat chat = app.chat(config(List.of(tool("measure")), List.of(), List.of()));

    @Test
    void aTurnIsReadInWhateverStateItIs() {
        app.model().then(calls(MEASURE));
        Turn awaiting = chat.say("How am I?");
        assertThat(get(awaiting.id())).isEqualTo(awaiting);

        ScriptedInference.Gate gate = app.model().thenWaitAndSay("You are well.");
        Future<Turn> resumed = Patient.start(() -> chat.answer(awaiting.id(), ToolResponse.text(MEASURE, "1")));
        gate.awaitReached();
        assertThat(get(awaiting.id()).state()).isEqualTo(new TurnState.Running());
        assertThat(get(awaiting.id()).steps()).hasSize(2);

        gate.open();
        Turn completed = Patient.get(resumed);
        assertThat(get(awaiting.id())).isEqualTo(completed);
    }

    @Test
    void everyStepIsReadUnderTheIdThatItWasToldUnder() {
        RecordingSink sink = new RecordingSink();
        app.model().then(calls(MEASURE), says("You are well."));
        Turn awaiting = chat.say("How am I?", sink);
        chat.resume(chat.answering(awaiting.id(), ToolResponse.text(MEASURE, "1")), sink);

        List<TurnEvent.StepCompleted> told = sink.events().stream()
                .filter(TurnEvent.StepCompleted.class::isInstance)
                .map(TurnEvent.StepCompleted.class::cast)
                .toList();

        assertThat(told).hasSize(3);
        for (TurnEvent.StepCompleted step : told) {
            assertThat(readTurns.step(chat.owner(), chat.agent(), chat.session(), awaiting.id(), step.step()))
                    .isEqualTo(new ReadTurns.TurnStep(awaiting.id(), step.step(), step.details()));
        }
    }

    @Test
    void whatDoesNotExistIsNotFoundByItsOwnName() {
        app.model().then(says("Hello"));
        Turn turn = chat.say("Hi");
        StepId step = StepId.of(turn.id(), 0);

        assertNotFound(
                "Session nowhere not found",
                () -> readTurns.get(chat.owner(), chat.agent(), new SessionId("nowhere"), turn.id()));
        assertNotFound("Turn never not found", () -> get(new TurnId("never")));
        assertNotFound(
                "Turn never not found",
                () -> readTurns.step(chat.owner(), chat.agent(), chat.session(), new TurnId("never"), step));
        assertNotFound(
                "Step none not found",
                () -> readTurns.step(chat.owner(), chat.agent(), chat.session(), turn.id(), new StepId("none")));
        assertNotFound(
                "Session", () -> readTurns.get(new Owner("a stranger"), chat.agent(), chat.session(), turn.id()));
        assertNotFound(
                "Session", () -> readTurns.get(chat.owner(), app.chat(config()).agent(), chat.session(), turn.id()));
    }

    @Test
    void theTurnOfAnotherSessionIsNotFound() {
        app.model().then(says("Hello"));
        Turn turn = chat.say("Hi");
        SessionId other =
                app.createSession().create(chat.owner(), chat.agent(), "other").id();

        assertNotFound("Turn", () -> readTurns.get(chat.owner(), chat.agent(), other, turn.id()));
    }

    private Turn get(TurnId turn) {
        return readTurns.get(chat.owner(), chat.agent(), chat.session(), turn);
    }

    private static void assertNotFound(String message, Runnable read) {
        Refusal refusal = catchThrowableOfType(Refusal.class, read::run);

        assertThat(refusal.code()).isEqualTo(Refusal.Code.NOT_FOUND);
        assertThat(refusal.explanation()).startsWith(message);
    }
}
