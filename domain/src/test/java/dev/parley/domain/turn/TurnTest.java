package dev.parley.domain.turn;

import static dev.parley.domain.Refusal.Code.CONFLICT;
import static dev.parley.domain.Refusal.Code.INVALID;
import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.cutOff;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.response;
import static dev.parley.domain.tool.ToolFixture.serverTool;
import static dev.parley.domain.turn.ObservationFixture.clientAnswered;
import static dev.parley.domain.turn.ObservationFixture.modelAnswered;
import static dev.parley.domain.turn.TurnFixture.STARTED_AT;
import static dev.parley.domain.turn.TurnFixture.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TurnTest {

    private static final ToolCall MEASURE = call("call_1", "measure");
    private static final ToolCall ASK = call("call_2", "ask");
    private static final ToolResponse MEASURED = response(MEASURE, "118/79");
    private static final ToolResponse ASKED = response(ASK, "yes");

    @Nested
    class Beginning {

        @Test
        void needsAMessage() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> turn(TurnFixture.TURN, SpecFixture.spec().build()));
        }

        @Test
        void isInWholeMicroseconds() {
            Turn turn = Turn.begin(
                    TurnFixture.TURN,
                    new Origin.InSession(TurnFixture.SESSION),
                    SpecFixture.spec().build(),
                    List.of(Message.User.of("Hi")),
                    List.of(),
                    STARTED_AT.plusNanos(999));

            assertThat(turn.startedAt()).isEqualTo(STARTED_AT);
        }
    }

    @Nested
    class AnAnswerOfTheClient {

        @Test
        void isRefusedWhenItLeavesCallsOut() {
            Turn turn = play().calls(MEASURE, ASK).turn();

            assertRefused(turn, INVALID, MEASURED)
                    .withMessageContaining("awaits one response for each of the calls [call_1, call_2]")
                    .withMessageContaining("got responses for [call_1]");
        }

        @Test
        void isRefusedWhenItAnswersMoreThanWasAsked() {
            assertRefused(play().calls(MEASURE).turn(), INVALID, MEASURED, ASKED);
        }

        @Test
        void isRefusedWhenItAnswersACallTwice() {
            assertRefused(play().calls(MEASURE).turn(), INVALID, MEASURED, MEASURED);
        }

        @Test
        void namesTheFieldThatIsToBlame() {
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> {
                        Turn turn = play().calls(MEASURE).turn();
                        turn.observe(clientAnswered(turn, ASKED));
                    })
                    .satisfies(refusal -> assertThat(refusal.field()).hasValue("tool_responses"));
        }

        @Test
        void comesTooLateWhenTheTurnHasGoneOn() {
            Turn turn = play().calls(MEASURE).clientAnswers(MEASURED).calls(ASK).turn();

            assertRefused(turn, CONFLICT, response(MEASURE, "90/60"));
        }

        @Test
        void comesTooLateWhenTheTurnHasCompletedWithAnother() {
            Turn turn =
                    play().calls(MEASURE).clientAnswers(MEASURED).says("Fine.").turn();

            assertRefused(turn, CONFLICT, response(MEASURE, "90/60")).withMessageContaining("call_1");
        }

        @Test
        void comesTooLateAlsoWhenNoInferenceIsLeft() {
            Turn turn = play(withTools().maxInferenceSteps(2))
                    .calls(MEASURE)
                    .clientAnswers(MEASURED)
                    .says("Fine.")
                    .turn();

            assertRefused(turn, CONFLICT, response(MEASURE, "90/60"));
        }

        @Test
        void doesNotReviveATurnThatHasHadAllItsInferences() {
            Turn turn =
                    play(withTools().maxInferenceSteps(1)).says("Action: ask").turn();

            assertRefused(turn, INVALID, ASKED).withMessageContaining("max_infer_iters");
        }

        @Test
        void doesNotReviveATurnWhoseCallsWereCutOff() {
            Turn turn = play().answers(cutOff("", MEASURE)).turn();

            assertRefused(turn, INVALID, MEASURED).withMessageContaining("start a new turn");
        }

        @Test
        void mayGoOnWithATextThatWasCutOff() {
            Turn turn =
                    play().answers(cutOff("Action: ask")).clientAnswers(ASKED).turn();

            assertThat(turn.state()).isEqualTo(new TurnState.Running());
        }

        private static ThrowableAssertAlternative<Refusal> assertRefused(
                Turn turn, Refusal.Code code, ToolResponse... responses) {
            return assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> turn.observe(clientAnswered(turn, responses)))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
        }
    }

    @Nested
    class TheSameAnswerAgain {

        @Test
        void isFoundWhereItWasGiven() {
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
        void isNotFoundWhenItDiffers() {
            Turn turn = play().calls(MEASURE).clientAnswers(MEASURED).turn();

            assertThat(turn.answeredAt(List.of(response(MEASURE, "90/60")))).isEmpty();
            assertThat(turn.answeredAt(List.of())).isEmpty();
        }

        @Test
        void isNotFoundAmongTheAnswersOfThisServer() {
            ToolCall search = call("call_9", "search");
            Turn turn = play().calls(search).toolRuns("found").turn();

            assertThat(turn.answeredAt(List.of(ToolResponse.text(search, "found"))))
                    .isEmpty();
        }

        @Test
        void isANewOneWhenTheTurnAwaitsACallOfTheSameIdAgain() {
            Turn turn =
                    play().calls(MEASURE).clientAnswers(MEASURED).calls(MEASURE).turn();

            assertThat(turn.answeredAt(List.of(MEASURED))).isEmpty();
            assertThat(TurnPlay.of(turn).clientAnswers(MEASURED).turn().answeredAt(List.of(MEASURED)))
                    .hasValue(3);
        }
    }

    @Nested
    class ItsFacts {

        @Test
        void areTheStepsThatAreNew() {
            Turn before = play().turn();
            Turn after =
                    TurnPlay.of(before).calls(MEASURE, call("call_9", "search")).turn();

            assertThat(after.factsSince(before))
                    .containsExactly(new TurnEvent.StepCompleted(
                            after.id(), StepId.of(after.id(), 0), after.steps().getFirst()));
        }

        @Test
        void endWithTheRest() {
            Turn before = play().turn();
            Turn after = TurnPlay.of(before).says("Hello").turn();

            assertThat(after.factsSince(before))
                    .containsExactly(
                            new TurnEvent.StepCompleted(
                                    after.id(),
                                    StepId.of(after.id(), 0),
                                    after.steps().getFirst()),
                            new TurnEvent.TurnRested(after));
        }

        @Test
        void areNoneForWhoKnowsTheTurn() {
            Turn turn = play().says("Hello").turn();

            assertThat(turn.factsSince(turn)).isEmpty();
        }
    }

    @Nested
    class ItsTimes {

        @Test
        void areTheClocksWhenTheClockHasGoneOn() {
            Instant clock = STARTED_AT.plusSeconds(5).plusNanos(999);

            assertThat(play().turn().later(clock)).isEqualTo(STARTED_AT.plusSeconds(5));
        }

        @Test
        void goOnWhenTheClockStandsStillOrGoesBack() {
            Turn turn = play().turn();
            Turn rested = TurnPlay.of(turn).says("Hello").turn();

            assertThat(turn.later(STARTED_AT)).isEqualTo(STARTED_AT.plusNanos(1_000));
            assertThat(turn.later(STARTED_AT.minusSeconds(60))).isEqualTo(STARTED_AT.plusNanos(1_000));
            assertThat(rested.restedAt())
                    .hasValueSatisfying(restedAt ->
                            assertThat(rested.later(STARTED_AT)).isEqualTo(restedAt.plus(Duration.ofNanos(1_000))));
        }

        @Test
        void mayNotBeThoseOfThePast() {
            Turn turn = play().turn();
            Turn awaiting = TurnPlay.of(turn).calls(MEASURE).turn();
            Instant atOnce = awaiting.restedAt().orElseThrow();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> turn.observe(new Observation.ModelAnswered(
                            calls(MEASURE), Optional.empty(), new Period(STARTED_AT, STARTED_AT.plusSeconds(1)))));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> awaiting.observe(new Observation.CancelRequested(atOnce)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> awaiting.observe(new Observation.ClientAnswered(List.of(MEASURED), atOnce)));
        }
    }

    @Test
    void whatIsUnexpectedSaysWhatWasExpected() {
        Turn turn = play().says("Hello").turn();

        assertThatExceptionOfType(UnexpectedObservation.class)
                .isThrownBy(() -> turn.observe(modelAnswered(turn, calls(MEASURE))))
                .withMessageContaining("is Completed and next is Rest, so it cannot observe ModelAnswered");
    }

    @Test
    void aStepHasTheTokensThatItTook() {
        Turn turn = play().says("Hello").turn();

        assertThat(turn.steps().getFirst())
                .isInstanceOfSatisfying(
                        Step.Inference.class,
                        inference -> assertThat(inference.usage()).hasValue(ObservationFixture.USAGE));
    }

    private static TurnPlay play() {
        return play(withTools());
    }

    private static TurnPlay play(SpecFixture spec) {
        return TurnPlay.of(turn(spec.build()));
    }

    private static SpecFixture withTools() {
        return SpecFixture.spec().tools(clientTool("measure"), clientTool("ask"), serverTool("search"));
    }
}
