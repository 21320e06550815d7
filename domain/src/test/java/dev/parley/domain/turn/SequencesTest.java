package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.cutOff;
import static dev.parley.domain.message.MessageFixture.goesOn;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.message.MessageFixture.thinks;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.malformedCall;
import static dev.parley.domain.tool.ToolFixture.response;
import static dev.parley.domain.tool.ToolFixture.serverTool;
import static dev.parley.domain.turn.ObservationFixture.violation;
import static dev.parley.domain.turn.TurnFixture.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.turn.TurnState.AwaitingInput;
import dev.parley.domain.turn.TurnState.Completed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole turns, as clients see them (agents-api 4): what each asks for after each thing that happens, and how it rests. */
class SequencesTest {

    private static final ToolCall SEARCH = call("call_1", "search", "{\"query\":\"pulse\"}");
    private static final ToolCall LOOK_UP = call("call_2", "look_up");
    private static final ToolCall MEASURE = call("call_3", "measure");
    private static final ToolCall ASK = call("call_4", "ask");

    private static final Effect INFER = new Effect.Infer(new ToolChoice.Auto());
    private static final Effect CHECK_INPUT = new Effect.CheckShields(Touchpoint.USER_INPUT, List.of("guard"));
    private static final Effect CHECK_OUTPUT = new Effect.CheckShields(Touchpoint.ASSISTANT_OUTPUT, List.of("guard"));

    @Test
    void aPlainTurn() {
        Turn turn = plain().asks(INFER)
                .says("Hello")
                .rests(new Completed(says("Hello")))
                .turn();

        assertThat(turn.steps()).extracting(Step::kind).containsExactly(StepKind.INFERENCE);
    }

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
    void aToolOfThisServer() {
        Turn turn = plain().calls(SEARCH)
                .asks(runs(SEARCH))
                .toolRuns("60")
                .asks(INFER)
                .says("Sixty.")
                .rests(new Completed(says("Sixty.")))
                .turn();

        assertThat(turn.steps())
                .extracting(Step::kind)
                .containsExactly(StepKind.INFERENCE, StepKind.TOOL_EXECUTION, StepKind.INFERENCE);
    }

    @Test
    void severalToolsOfThisServerRunOneByOneInTheModelsOrder() {
        Turn turn = plain().calls(LOOK_UP, SEARCH)
                .asks(runs(LOOK_UP, SEARCH))
                .toolRuns("a")
                .asks(runs(SEARCH))
                .toolRuns("b")
                .asks(INFER)
                .turn();

        assertThat(executions(turn))
                .extracting(Step.ToolExecution::calls)
                .containsExactly(List.of(LOOK_UP), List.of(SEARCH));
        assertThat(executions(turn)).extracting(Step.ToolExecution::side).containsOnly(ToolSide.SERVER);
    }

    @Test
    void toolsOfTheClientAreHandedOverTogetherAndAnsweredTogether() {
        ToolResponse measured = response(MEASURE, "118/79");
        ToolResponse asked = response(ASK, "yes");
        Turn turn = plain().calls(MEASURE, ASK)
                .rests(awaits("", MEASURE, ASK))
                .clientAnswers(asked, measured)
                .asks(INFER)
                .says("You are well.")
                .rests(new Completed(says("You are well.")))
                .turn();

        assertThat(executions(turn)).singleElement().satisfies(step -> {
            assertThat(step.side()).isEqualTo(ToolSide.CLIENT);
            assertThat(step.calls()).containsExactly(MEASURE, ASK);
            assertThat(step.responses()).containsExactly(asked, measured);
        });
    }

    @Test
    void theClientsStepBeganWhenItsCallsWereHandedOut() {
        Turn awaiting = plain().calls(MEASURE).turn();
        Turn resumed =
                TurnPlay.of(awaiting).clientAnswers(response(MEASURE, "118/79")).turn();

        assertThat(awaiting.restedAt())
                .hasValue(resumed.steps().getLast().period().start());
        assertThat(resumed.restedAt()).isEmpty();
    }

    @Test
    void aTurnThatPausedWithShieldsHasSevenSteps() {
        Turn turn = shielded()
                .shieldsPass()
                .calls(MEASURE, ASK)
                .asks(CHECK_OUTPUT)
                .shieldsPass()
                .rests(awaits("", MEASURE, ASK))
                .clientAnswers(response(MEASURE, "118/79"), response(ASK, "yes"))
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
    void ofMixedCallsOursRunFirstAndTheClientGetsTheRest() {
        plain().calls(MEASURE, SEARCH, ASK)
                .asks(runs(SEARCH))
                .toolRuns("60")
                .rests(awaits("", MEASURE, ASK))
                .clientAnswers(response(MEASURE, "118/79"), response(ASK, "yes"))
                .asks(INFER);
    }

    @Test
    void whatTheModelSaidAndThoughtGoesWithTheCallsForTheClient() {
        Message.Assistant answer = thinks("I need a value.", "Let me see.", SEARCH, MEASURE);

        plain().answers(answer)
                .toolRuns("60")
                .rests(new AwaitingInput(new Message.Assistant(
                        "Let me see.", Optional.of("I need a value."), List.of(MEASURE), StopReason.END_OF_MESSAGE)));
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
    void aViolationByCallsKeepsThemFromTheClient() {
        shielded()
                .shieldsPass()
                .calls(MEASURE)
                .shieldsObject("I can't do that.")
                .rests(new Completed(says("I can't do that.")));
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
                .clientAnswers(response(MEASURE, "118/79"))
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
        plain().answers(cutOff("", SEARCH, MEASURE)).rests(new Completed(cutOff("", SEARCH, MEASURE)));
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
    void aModelThatMeansToGoOnIsAskedAgain() {
        Turn turn = plain().answers(goesOn("Well,"))
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
    void argumentsThatNobodyCanReadAreAnsweredHereEvenForTheClientsTools() {
        ToolCall garbled = malformedCall("call_9", "measure", "{unit:");

        plain().calls(garbled, MEASURE)
                .asks(runs(garbled))
                .toolRuns("Error: the arguments are not JSON")
                .rests(awaits("", MEASURE));
    }

    @Test
    void aToolThatNobodyOfferedIsAnsweredHere() {
        ToolCall madeUp = call("call_9", "made_up");

        plain().calls(madeUp)
                .asks(runs(madeUp))
                .toolRuns("Unknown tool")
                .asks(INFER)
                .says("Sorry.")
                .rests(new Completed(says("Sorry.")));
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
                .clientAnswers(response(MEASURE, "118/79"))
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

    @Test
    void aForcedChoiceHoldsUntilToolsHaveRun() {
        ToolChoice required = new ToolChoice.Required();

        play(withTools().toolChoice(required))
                .asks(new Effect.Infer(required))
                .answers(goesOn("Well,"))
                .asks(new Effect.Infer(required))
                .calls(SEARCH)
                .toolRuns("60")
                .asks(INFER);
    }

    @Test
    void aForcedChoiceHasBeenObeyedWhenTheClientHasAnswered() {
        ToolChoice named = new ToolChoice.Named("measure");

        play(withTools().toolChoice(named))
                .asks(new Effect.Infer(named))
                .calls(MEASURE)
                .clientAnswers(response(MEASURE, "118/79"))
                .asks(INFER);
    }

    @Test
    void noToolsStaysNoTools() {
        ToolChoice none = new ToolChoice.None();

        play(withTools().toolChoice(none))
                .asks(new Effect.Infer(none))
                .calls(SEARCH)
                .toolRuns("60")
                .asks(new Effect.Infer(none));
    }

    @Test
    void whereClientToolsEndATurnItCompletesWithItsCalls() {
        play(ending()).calls(MEASURE).rests(new Completed(calls(MEASURE)));
    }

    @Test
    void whereClientToolsEndATurnOursRunBefore() {
        play(ending())
                .calls(MEASURE, SEARCH)
                .asks(runs(SEARCH))
                .toolRuns("60")
                .rests(new Completed(calls(MEASURE, SEARCH)));
    }

    @Test
    void whereClientToolsEndATurnTheClientReadsTheArgumentsItself() {
        ToolCall garbled = malformedCall("call_9", "measure", "{unit:");

        play(ending()).calls(garbled).rests(new Completed(calls(garbled)));
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
    void aTurnThatBreaksKeepsItsSteps() {
        Turn turn = plain().calls(SEARCH).toolRuns("60").breaks().turn();

        assertThat(turn.state())
                .isInstanceOfSatisfying(
                        TurnState.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(Failure.Code.PROVIDER_UNAVAILABLE));
        assertThat(turn.steps()).extracting(Step::kind).containsExactly(StepKind.INFERENCE, StepKind.TOOL_EXECUTION);
    }

    @Test
    void aTurnThatIsCalledOffWhileItWaitsKeepsItsSteps() {
        Turn turn = plain().calls(MEASURE)
                .isCancelled()
                .rests(new TurnState.Cancelled())
                .turn();

        assertThat(turn.steps()).extracting(Step::kind).containsExactly(StepKind.INFERENCE);
    }

    private static TurnPlay plain() {
        return play(withTools());
    }

    private static TurnPlay shielded() {
        return play(withTools().inputShields("guard").outputShields("guard"));
    }

    private static SpecFixture ending() {
        return withTools().clientToolPolicy(ClientToolPolicy.END);
    }

    private static SpecFixture withTools() {
        return SpecFixture.spec()
                .tools(clientTool("measure"), clientTool("ask"), serverTool("search"), serverTool("look_up"));
    }

    private static TurnPlay play(SpecFixture spec) {
        return TurnPlay.of(turn(spec.build()));
    }

    private static Effect runs(ToolCall... calls) {
        return new Effect.RunTools(List.of(calls));
    }

    private static TurnState awaits(String text, ToolCall... calls) {
        return new AwaitingInput(
                new Message.Assistant(text, Optional.empty(), List.of(calls), StopReason.END_OF_MESSAGE));
    }

    private static List<Step.ToolExecution> executions(Turn turn) {
        return turn.steps().stream()
                .filter(Step.ToolExecution.class::isInstance)
                .map(Step.ToolExecution.class::cast)
                .toList();
    }
}
