package dev.parley.application.turn;

import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.AgentFixture.tool;
import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.testing.Chat;
import dev.parley.application.testing.FaultyJournal;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.Refusal;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A reader is told of nothing that is not stored. */
class SaveThenTellTest {

    private static final ToolCall SEARCH = new ToolCall("call_s", "search", new ToolArguments.Json("{}"));
    private static final ToolCall MEASURE = new ToolCall("call_m", "measure", new ToolArguments.Json("{}"));

    private final ScriptedApplication app = new ScriptedApplication();
    private final Chat chat;

    SaveThenTellTest() {
        app.tools().tool("web", "search", "found");
        chat = app.chat(config(List.of(tool("measure")), List.of(new ToolGroup("web", Optional.empty())), List.of()));
    }

    @Test
    void everyFactIsStoredWhenItIsTold() {
        RecordingSink sink = new RecordingSink(this::requireStored);
        app.model().then(calls(SEARCH), calls(MEASURE), says("Done"));

        Turn awaiting = chat.say("Hi", sink);
        chat.resume(chat.answering(awaiting.id(), ToolResponse.text(MEASURE, "1")), sink);

        assertThat(sink.events())
                .filteredOn(TurnEvent.StepCompleted.class::isInstance)
                .hasSize(5);
        assertThat(sink.events())
                .filteredOn(TurnEvent.TurnRested.class::isInstance)
                .hasSize(2);
    }

    @Test
    void aTurnThatCannotBeBegunIsNotTold() {
        RecordingSink sink = new RecordingSink();
        app.journal().beforeBegin(() -> {
            throw new FaultyJournal.StoreFailed();
        });

        assertThatThrownBy(() -> chat.say("Hi", sink)).isInstanceOf(FaultyJournal.StoreFailed.class);

        assertThat(sink.events()).isEmpty();
        assertThat(app.model().requests()).isEmpty();
        assertThat(app.running().ids()).isEmpty();
    }

    @Test
    void aStepThatCannotBeStoredIsNotTold() {
        RecordingSink sink = new RecordingSink();
        app.model().then(says("Hello"));
        app.journal().failSave();

        assertThatThrownBy(() -> chat.say("Hi", sink)).isInstanceOf(FaultyJournal.StoreFailed.class);

        assertThat(sink.lines()).containsExactly("turn started", "1 started: INFERENCE", "1 text: Hello");
        assertThat(app.running().ids()).isEmpty();
    }

    @Test
    void anAnswerOfTheClientThatCannotBeStoredIsNotTold() {
        RecordingSink sink = new RecordingSink();
        app.model().then(calls(MEASURE));
        Turn awaiting = chat.say("Hi");
        app.journal().failSave();

        assertThatThrownBy(() -> chat.resume(chat.answering(awaiting.id(), ToolResponse.text(MEASURE, "1")), sink))
                .isInstanceOf(FaultyJournal.StoreFailed.class);

        assertThat(sink.events()).isEmpty();
        assertThat(chat.stored()).containsExactly(awaiting);
        assertThat(app.running().ids()).isEmpty();
    }

    @Test
    void aTurnWhoseWriteWasLostIsFoundAndItsSessionGoesOn() {
        app.model().then(says("Hello"), says("Hello again"));
        app.journal().failSave();
        assertThatThrownBy(() -> chat.say("Hi")).isInstanceOf(FaultyJournal.StoreFailed.class);

        assertThat(app.recoverTurns().recover()).isOne();

        assertThat(chat.stored().getFirst().state()).isInstanceOf(TurnState.Failed.class);
        assertThat(chat.say("Hi again").state()).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void whoLosesTheTurnToSomebodyElseEndsAndTellsNoMore() {
        RecordingSink sink = new RecordingSink();
        app.model().then(says("Hello"));
        app.journal().beforeSave(() -> app.deleteSession().delete(chat.owner(), chat.agent(), chat.session()));

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> chat.say("Hi", sink));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT);
        assertThat(sink.lines()).containsExactly("turn started", "1 started: INFERENCE", "1 text: Hello");
        assertThat(app.running().ids()).isEmpty();
    }

    private void requireStored(TurnEvent event) {
        switch (event) {
            case TurnEvent.TurnStarted(Turn turn) ->
                assertThat(chat.stored(turn.id())).isEqualTo(turn);
            case TurnEvent.StepCompleted completed ->
                assertThat(chat.stored(completed.turn()).steps()).endsWith(completed.details());
            case TurnEvent.TurnRested(Turn turn) ->
                assertThat(chat.stored(turn.id())).isEqualTo(turn);
            case TurnEvent.TurnPickedUp(Turn turn) ->
                assertThat(chat.stored(turn.id())).isEqualTo(turn);
            case TurnEvent.StepStarted _, TurnEvent.StepProgressed _ -> {
                // progress is not stored
            }
        }
    }
}
