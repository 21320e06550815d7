package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.thinks;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.MEASURED;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.SampleTools.play;
import static dev.parley.domain.turn.TurnFixture.turn;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayTest {

    @Test
    void tellsAnInferenceInOnePieceEach() {
        Turn turn = play().answers(thinks("Hm.", "Let me see.", MEASURE)).turn();
        StepId id = StepId.of(turn.id(), 0);

        assertThat(Replay.of(turn, 0))
                .containsExactly(
                        new TurnEvent.TurnStarted(turn),
                        new TurnEvent.StepStarted(id, StepKind.INFERENCE, Optional.empty()),
                        progress(id, new Delta.Reasoning("Hm.")),
                        progress(id, new Delta.Text("Let me see.")),
                        progress(id, new Delta.CallOpened("call_3", "measure")),
                        progress(id, new Delta.CallArguments("{}")),
                        progress(id, new Delta.CallClosed(MEASURE)),
                        completed(turn, 0),
                        new TurnEvent.TurnRested(turn));
    }

    @Test
    void tellsNoTextWhereThereWasNone() {
        assertThat(Replay.of(play().calls(MEASURE).turn(), 0))
                .filteredOn(TurnEvent.StepProgressed.class::isInstance)
                .extracting(event -> ((TurnEvent.StepProgressed) event).delta())
                .noneMatch(Delta.Text.class::isInstance)
                .isNotEmpty();
    }

    @Test
    void tellsFromAStepOn() {
        Turn turn = play().calls(MEASURE).clientAnswers(MEASURED).says("Fine.").turn();
        StepId second = StepId.of(turn.id(), 2);

        assertThat(Replay.of(turn, 1))
                .containsExactly(
                        completed(turn, 1),
                        new TurnEvent.StepStarted(second, StepKind.INFERENCE, Optional.empty()),
                        progress(second, new Delta.Text("Fine.")),
                        completed(turn, 2),
                        new TurnEvent.TurnRested(turn));
    }

    @Test
    void tellsThatToolsOfThisServerRan() {
        Turn turn = play().calls(SEARCH).toolRuns("found").turn();
        StepId id = StepId.of(turn.id(), 1);

        assertThat(Replay.of(turn, 1))
                .containsExactly(
                        new TurnEvent.StepStarted(id, StepKind.TOOL_EXECUTION, Optional.empty()),
                        new TurnEvent.StepProgressed(id, StepKind.TOOL_EXECUTION, new Delta.CallRunning(SEARCH)),
                        completed(turn, 1));
    }

    @Test
    void tellsWhichSideShieldsLookedAtAndWhatWasLookedUp() {
        Turn turn = TurnPlay.of(turn(SpecFixture.spec()
                        .inputShields("guard")
                        .retrieveFrom("handbook")
                        .build()))
                .shieldsPass()
                .retrieves("text")
                .turn();

        assertThat(Replay.of(turn, 0))
                .containsExactly(
                        new TurnEvent.TurnStarted(turn),
                        new TurnEvent.StepStarted(
                                StepId.of(turn.id(), 0), StepKind.SHIELD_CALL, Optional.of(Touchpoint.USER_INPUT)),
                        completed(turn, 0),
                        new TurnEvent.StepStarted(StepId.of(turn.id(), 1), StepKind.MEMORY_RETRIEVAL, Optional.empty()),
                        completed(turn, 1));
    }

    private static TurnEvent progress(StepId id, Delta delta) {
        return new TurnEvent.StepProgressed(id, StepKind.INFERENCE, delta);
    }

    private static TurnEvent completed(Turn turn, int index) {
        return new TurnEvent.StepCompleted(
                turn.id(), StepId.of(turn.id(), index), turn.steps().get(index));
    }
}
