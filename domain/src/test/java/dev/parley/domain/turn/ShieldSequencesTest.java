package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.response;
import static dev.parley.domain.turn.ObservationFixture.violation;
import static dev.parley.domain.turn.SampleTools.ASK;
import static dev.parley.domain.turn.SampleTools.ASKED;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.MEASURED;
import static dev.parley.domain.turn.SampleTools.play;
import static dev.parley.domain.turn.SampleTools.withTools;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.TurnState.AwaitingInput;
import dev.parley.domain.turn.TurnState.Completed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Turns with shields and retrieval, as clients see them (agents-api 4.2, 4.5 to 4.8). */
class ShieldSequencesTest {

    private static final Effect INFER = new Effect.Infer(new ToolChoice.Auto());
    private static final Effect CHECK_INPUT = new Effect.CheckShields(Touchpoint.USER_INPUT, List.of("guard"));
    private static final Effect CHECK_OUTPUT = new Effect.CheckShields(Touchpoint.ASSISTANT_OUTPUT, List.of("guard"));

    @Test
    void shieldsLookAtBothSides() {
        Turn turn = shielded()
                .asks(CHECK_INPUT)
                .shieldsPass()
                .asks(INFER)
                .says("Hello")
                .asks(CHECK_OUTPUT)
                .shieldsPass()
                .rests(new Completed(says("Hello")))
                .turn();

        assertThat(turn.steps())
                .extracting(Step::kind)
                .containsExactly(StepKind.SHIELD_CALL, StepKind.INFERENCE, StepKind.SHIELD_CALL);
    }

    @Test
    void aTurnThatPausedWithShieldsHasSevenSteps() {
        Turn turn = shielded()
                .shieldsPass()
                .calls(MEASURE, ASK)
                .asks(CHECK_OUTPUT)
                .shieldsPass()
                .rests(awaits(MEASURE, ASK))
                .clientAnswers(MEASURED, ASKED)
                .asks(CHECK_INPUT)
                .shieldsPass()
                .says("You are well.")
                .asks(CHECK_OUTPUT)
                .shieldsPass()
                .rests(new Completed(says("You are well.")))
                .turn();

        assertThat(turn.steps())
                .extracting(Step::kind)
                .containsExactly(
                        StepKind.SHIELD_CALL,
                        StepKind.INFERENCE,
                        StepKind.SHIELD_CALL,
                        StepKind.TOOL_EXECUTION,
                        StepKind.SHIELD_CALL,
                        StepKind.INFERENCE,
                        StepKind.SHIELD_CALL);
    }

    @Test
    void aViolationByTheInputEndsTheTurnBeforeTheModelIsAsked() {
        Turn turn = shielded()
                .shieldsObject("I can't answer that.")
                .rests(new Completed(says("I can't answer that.")))
                .turn();

        assertThat(turn.steps()).extracting(Step::kind).containsExactly(StepKind.SHIELD_CALL);
    }

    @Test
    void aViolationByTheOutputTakesThePlaceOfTheAnswer() {
        Turn turn = shielded()
                .shieldsPass()
                .says("Something bad")
                .shieldsObject("I can't say that.")
                .rests(new Completed(says("I can't say that.")))
                .turn();

        assertThat(turn.steps().get(1))
                .isInstanceOfSatisfying(
                        Step.Inference.class,
                        inference -> assertThat(inference.answer()).isEqualTo(says("Something bad")));
    }

    @Test
    void anAnswerThatIsStoppedOnItsWayKeepsWhatWasTold() {
        Violation objection = violation(Violation.Level.ERROR, "I can't say that.");

        Turn turn = shielded()
                .shieldsPass()
                .isStopped(says("Something"))
                .asks(new Effect.CheckShields(Touchpoint.ASSISTANT_OUTPUT, List.of("guard"), Optional.of(objection)))
                .shieldsObject(objection)
                .rests(new Completed(says("I can't say that.")))
                .turn();

        assertThat(turn.steps())
                .extracting(Step::kind)
                .containsExactly(StepKind.SHIELD_CALL, StepKind.INFERENCE, StepKind.SHIELD_CALL);
        assertThat(turn.steps().get(1)).isInstanceOfSatisfying(Step.Inference.class, inference -> {
            assertThat(inference.answer()).isEqualTo(says("Something"));
            assertThat(inference.stopped()).contains(objection);
        });
    }

    @Test
    void ofAnAnswerOfWhichNothingWasToldOnlyTheRefusalIsRemembered() {
        Turn turn = shielded()
                .shieldsPass()
                .isStopped(says(""))
                .shieldsObject("I can't say that.")
                .turn();

        assertThat(Prompt.of(List.of(turn), shielded().turn()))
                .filteredOn(Message.Assistant.class::isInstance)
                .containsExactly(says("I can't say that."));
    }

    @Test
    void aLesserViolationStopsNoAnswer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Observation.AnswerStopped(
                        says("Hel"),
                        violation(Violation.Level.WARN, "Careful."),
                        new Period(Instant.EPOCH, Instant.EPOCH.plusSeconds(1))));
    }

    @Test
    void aViolationByCallsKeepsThemFromTheClient() {
        shielded()
                .shieldsPass()
                .calls(MEASURE)
                .shieldsObject("I can't do that.")
                .rests(new Completed(says("I can't do that.")));
    }

    @Test
    void aRefusedAnswerOfTheClientLeavesTheModelUnasked() {
        shielded()
                .shieldsPass()
                .calls(MEASURE)
                .shieldsPass()
                .clientAnswers(response(MEASURE, "something bad"))
                .asks(CHECK_INPUT)
                .shieldsObject("I can't read that.")
                .rests(new Completed(says("I can't read that.")));
    }

    @Test
    void aShieldWithoutWordsOfItsOwnStillMakesARefusal() {
        Violation silent = new Violation(Violation.Level.ERROR, Optional.empty(), JsonText.EMPTY_OBJECT);

        shielded().shieldsObject(silent).rests(new Completed(says("I can't help with that.")));
    }

    @ParameterizedTest
    @EnumSource(
            value = Violation.Level.class,
            names = {"INFO", "WARN"})
    void lesserViolationsPassAndAreNotKept(Violation.Level level) {
        Turn turn = shielded()
                .shieldsObject(violation(level, "Careful."))
                .asks(INFER)
                .says("Hello")
                .shieldsObject(violation(level, "Careful."))
                .rests(new Completed(says("Hello")))
                .turn();

        assertThat(turn.steps().getFirst())
                .isInstanceOfSatisfying(
                        Step.ShieldCall.class,
                        shield -> assertThat(shield.violation()).isEmpty());
    }

    @Test
    void aCompletedTurnGoesOnWithAnswersToCallsThatTheClientReadOutOfTheText() {
        ToolResponse invented = response(call("made-by-the-client", "measure"), "118/79");
        Turn turn = shielded()
                .shieldsPass()
                .says("Action: measure")
                .shieldsPass()
                .clientAnswers(invented)
                .asks(CHECK_INPUT)
                .shieldsPass()
                .asks(INFER)
                .says("You are well.")
                .shieldsPass()
                .rests(new Completed(says("You are well.")))
                .turn();

        assertThat(executions(turn)).singleElement().satisfies(step -> {
            assertThat(step.calls()).isEmpty();
            assertThat(step.responses()).containsExactly(invented);
        });
    }

    @Test
    void materialIsLookedUpOnceAfterTheInputWasSeen() {
        play(withTools().inputShields("guard").retrieveFrom("handbook", "faq"))
                .asks(CHECK_INPUT)
                .shieldsPass()
                .asks(new Effect.Retrieve(List.of("handbook", "faq")))
                .retrieves("Normal is 120/80.")
                .asks(INFER)
                .calls(MEASURE)
                .clientAnswers(MEASURED)
                .asks(CHECK_INPUT)
                .shieldsPass()
                .asks(INFER);
    }

    @Test
    void theStepOfARetrievalNamesItsStores() {
        Turn turn = play(withTools().retrieveFrom("handbook")).retrieves("text").turn();

        assertThat(turn.steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        Step.MemoryRetrieval.class,
                        step -> assertThat(step.stores()).containsExactly("handbook"));
    }

    private static TurnPlay shielded() {
        return play(withTools().inputShields("guard").outputShields("guard"));
    }

    private static TurnState awaits(ToolCall... calls) {
        return new AwaitingInput(
                new Message.Assistant("", Optional.empty(), List.of(calls), StopReason.END_OF_MESSAGE));
    }

    private static List<Step.ToolExecution> executions(Turn turn) {
        return turn.steps().stream()
                .filter(Step.ToolExecution.class::isInstance)
                .map(Step.ToolExecution.class::cast)
                .toList();
    }
}
