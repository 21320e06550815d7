package dev.parley.domain.turn;

import static dev.parley.domain.Refusal.Code.CONFLICT;
import static dev.parley.domain.Refusal.Code.INVALID;
import static dev.parley.domain.message.MessageFixture.cutOff;
import static dev.parley.domain.turn.ObservationFixture.clientAnswered;
import static dev.parley.domain.turn.SampleTools.ASK;
import static dev.parley.domain.turn.SampleTools.ASKED;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.MEASURED;
import static dev.parley.domain.turn.SampleTools.MEASURED_OTHERWISE;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.SampleTools.play;
import static dev.parley.domain.turn.SampleTools.withTools;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.domain.Refusal;
import dev.parley.domain.tool.ToolResponse;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

class AnswerRulesTest {

    @Test
    void anAnswerIsRefusedWhenItLeavesCallsOut() {
        Turn turn = play().calls(MEASURE, ASK).turn();

        assertRefused(turn, INVALID, MEASURED)
                .withMessageContaining("awaits one response for each of the calls [call_3, call_4]")
                .withMessageContaining("got responses for [call_3]");
    }

    @Test
    void anAnswerIsRefusedWhenItAnswersMoreThanWasAsked() {
        assertRefused(play().calls(MEASURE).turn(), INVALID, MEASURED, ASKED);
    }

    @Test
    void anAnswerIsRefusedWhenItAnswersACallTwice() {
        assertRefused(play().calls(MEASURE).turn(), INVALID, MEASURED, MEASURED);
    }

    @Test
    void anAnswerWithMoreThanWasAskedIsNoConflictWhenTheModelUsedAnIdAgain() {
        Turn turn = play().calls(MEASURE).clientAnswers(MEASURED).calls(MEASURE).turn();

        assertRefused(turn, INVALID, MEASURED, ASKED);
    }

    @Test
    void anAnswerNamesTheFieldThatIsToBlame() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> {
                    Turn turn = play().calls(MEASURE).turn();
                    turn.observe(clientAnswered(turn, ASKED));
                })
                .satisfies(refusal -> assertThat(refusal.field()).hasValue("tool_responses"));
    }

    @Test
    void anAnswerComesTooLateWhenTheTurnHasGoneOn() {
        Turn turn = play().calls(MEASURE).clientAnswers(MEASURED).calls(ASK).turn();

        assertRefused(turn, CONFLICT, MEASURED_OTHERWISE);
    }

    @Test
    void anAnswerComesTooLateWhenTheTurnHasCompletedWithAnother() {
        Turn turn = play().calls(MEASURE).clientAnswers(MEASURED).says("Fine.").turn();

        assertRefused(turn, CONFLICT, MEASURED_OTHERWISE).withMessageContaining("call_3");
    }

    @Test
    void anAnswerComesTooLateAlsoWhenNoInferenceIsLeft() {
        Turn turn = play(withTools().maxInferenceSteps(2))
                .calls(MEASURE)
                .clientAnswers(MEASURED)
                .says("Fine.")
                .turn();

        assertRefused(turn, CONFLICT, MEASURED_OTHERWISE);
    }

    @Test
    void anAnswerDoesNotReviveATurnThatHasHadAllItsInferences() {
        Turn turn = play(withTools().maxInferenceSteps(1)).says("Action: ask").turn();

        assertRefused(turn, INVALID, ASKED).withMessageContaining("max_infer_iters");
    }

    @Test
    void anAnswerDoesNotReviveATurnWhoseCallsWereCutOff() {
        Turn turn = play().answers(cutOff("", MEASURE)).turn();

        assertRefused(turn, INVALID, MEASURED).withMessageContaining("start a new turn");
    }

    @Test
    void anAnswerMayGoOnWithATextThatWasCutOff() {
        Turn turn = play().answers(cutOff("Action: ask")).clientAnswers(ASKED).turn();

        assertThat(turn.state()).isEqualTo(new TurnState.Running());
    }

    @Test
    void theSameAnswerAgainIsFoundWhereItWasGiven() {
        Turn turn = play().calls(MEASURE)
                .clientAnswers(MEASURED)
                .calls(ASK)
                .clientAnswers(ASKED)
                .says("Fine.")
                .turn();

        assertThat(turn.answeredAt(List.of(MEASURED))).hasValue(1);
        assertThat(turn.answeredAt(List.of(ASKED))).hasValue(3);
    }

    @Test
    void theSameAnswerAgainIsNotFoundWhenItDiffers() {
        Turn turn = play().calls(MEASURE).clientAnswers(MEASURED).turn();

        assertThat(turn.answeredAt(List.of(MEASURED_OTHERWISE))).isEmpty();
        assertThat(turn.answeredAt(List.of())).isEmpty();
    }

    @Test
    void theSameAnswerAgainIsNotFoundAmongTheAnswersOfThisServer() {
        Turn turn = play().calls(SEARCH).toolRuns("found").turn();

        assertThat(turn.answeredAt(List.of(ToolResponse.text(SEARCH, "found")))).isEmpty();
    }

    @Test
    void theSameAnswerAgainIsANewOneWhenTheTurnAwaitsACallOfTheSameIdAgain() {
        Turn turn = play().calls(MEASURE).clientAnswers(MEASURED).calls(MEASURE).turn();

        assertThat(turn.answeredAt(List.of(MEASURED))).isEmpty();
        assertThat(TurnPlay.of(turn).clientAnswers(MEASURED).turn().answeredAt(List.of(MEASURED)))
                .hasValue(3);
    }

    private static ThrowableAssertAlternative<Refusal> assertRefused(
            Turn turn, Refusal.Code code, ToolResponse... responses) {
        return assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> turn.observe(clientAnswered(turn, responses)))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
