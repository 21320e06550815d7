package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.cutOff;
import static dev.parley.domain.message.MessageFixture.goesOn;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.turn.SampleTools.LOOK_UP;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.MEASURED;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.SampleTools.play;
import static dev.parley.domain.turn.SampleTools.withTools;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.TurnState.Completed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ways in which turns end, as clients see them (agents-api 4.1, 4.9 to 4.11): by an answer, a limit or a break. */
class EndingSequencesTest {

    private static final Effect INFER = new Effect.Infer(new ToolChoice.Auto());
    private static final Effect CHECK_OUTPUT = new Effect.CheckShields(Touchpoint.ASSISTANT_OUTPUT, List.of("guard"));

    @Test
    void aPlainTurn() {
        Turn turn = play().asks(INFER)
                .says("Hello")
                .rests(new Completed(says("Hello")))
                .turn();

        assertThat(turn.steps()).extracting(Step::kind).containsExactly(StepKind.INFERENCE);
    }

    @Test
    void aModelThatMeansToGoOnIsAskedAgain() {
        Turn turn = play().answers(goesOn("Well,"))
                .asks(INFER)
                .answers(goesOn("let me see:"))
                .asks(INFER)
                .says("no.")
                .rests(new Completed(says("no.")))
                .turn();

        assertThat(turn.steps())
                .extracting(Step::kind)
                .containsExactly(StepKind.INFERENCE, StepKind.INFERENCE, StepKind.INFERENCE);
    }

    @Test
    void theLastInferenceThatIsAllowedEndsTheTurnWithItsCallsOpen() {
        play(withTools().maxInferenceSteps(2))
                .calls(SEARCH)
                .toolRuns("60")
                .calls(LOOK_UP, MEASURE)
                .rests(new Completed(calls(LOOK_UP, MEASURE)));
    }

    @Test
    void theLastInferenceThatIsAllowedMayBeAnAnswer() {
        play(withTools().maxInferenceSteps(1)).says("Hello").rests(new Completed(says("Hello")));
    }

    @Test
    void theLastInferenceThatIsAllowedIsTheEndEvenWhenTheModelMeansToGoOn() {
        play(withTools().maxInferenceSteps(1)).answers(goesOn("Well,")).rests(new Completed(says("Well,")));
    }

    @Test
    void theLimitHoldsForTheWholeTurnHoweverOftenItIsResumed() {
        ToolCall again = call("call_9", "measure");

        play(withTools().maxInferenceSteps(2))
                .calls(MEASURE)
                .clientAnswers(MEASURED)
                .asks(INFER)
                .calls(again)
                .rests(new Completed(calls(again)));
    }

    @Test
    void aTurnThatALimitEndsIsShownToTheOutputShieldsToo() {
        play(withTools().maxInferenceSteps(1).outputShields("guard"))
                .calls(MEASURE)
                .asks(CHECK_OUTPUT)
                .shieldsPass()
                .rests(new Completed(calls(MEASURE)));
    }

    @Test
    void callsThatWereCutOffAreNotRun() {
        play().answers(cutOff("", SEARCH, MEASURE)).rests(new Completed(cutOff("", SEARCH, MEASURE)));
    }

    @Test
    void aTextThatWasCutOffIsTheAnswer() {
        play(withTools().outputShields("guard"))
                .answers(cutOff("Once upon a"))
                .asks(CHECK_OUTPUT)
                .shieldsPass()
                .rests(new Completed(cutOff("Once upon a")));
    }

    @Test
    void aTurnThatBreaksKeepsItsSteps() {
        Turn turn = play().calls(SEARCH).toolRuns("60").breaks().turn();

        assertThat(turn.state())
                .isInstanceOfSatisfying(
                        TurnState.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(Failure.Code.PROVIDER_UNAVAILABLE));
        assertThat(turn.steps()).extracting(Step::kind).containsExactly(StepKind.INFERENCE, StepKind.TOOL_EXECUTION);
    }

    @Test
    void aTurnThatIsCalledOffWhileItWaitsKeepsItsSteps() {
        Turn turn = play().calls(MEASURE)
                .isCancelled()
                .rests(new TurnState.Cancelled())
                .turn();

        assertThat(turn.steps()).extracting(Step::kind).containsExactly(StepKind.INFERENCE);
    }
}
