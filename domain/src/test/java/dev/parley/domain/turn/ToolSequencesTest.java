package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.goesOn;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.message.MessageFixture.thinks;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.malformedCall;
import static dev.parley.domain.turn.SampleTools.ASK;
import static dev.parley.domain.turn.SampleTools.ASKED;
import static dev.parley.domain.turn.SampleTools.LOOK_UP;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.MEASURED;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.SampleTools.play;
import static dev.parley.domain.turn.SampleTools.withTools;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.turn.TurnState.AwaitingInput;
import dev.parley.domain.turn.TurnState.Completed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Turns with tools, as clients see them (agents-api 4.3, 4.4, 5.7): ours, the client's, mixed, made up, and forced. */
class ToolSequencesTest {

    private static final Effect INFER = new Effect.Infer(new ToolChoice.Auto());

    @Test
    void aToolOfThisServer() {
        Turn turn = play().calls(SEARCH)
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
        Turn turn = play().calls(LOOK_UP, SEARCH)
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
        Turn turn = play().calls(MEASURE, ASK)
                .rests(awaits(MEASURE, ASK))
                .clientAnswers(ASKED, MEASURED)
                .asks(INFER)
                .says("You are well.")
                .rests(new Completed(says("You are well.")))
                .turn();

        assertThat(executions(turn)).singleElement().satisfies(step -> {
            assertThat(step.side()).isEqualTo(ToolSide.CLIENT);
            assertThat(step.calls()).containsExactly(MEASURE, ASK);
            assertThat(step.responses()).containsExactly(ASKED, MEASURED);
        });
    }

    @Test
    void theClientsStepBeganWhenItsCallsWereHandedOut() {
        Turn awaiting = play().calls(MEASURE).turn();
        Turn resumed = TurnPlay.of(awaiting).clientAnswers(MEASURED).turn();

        assertThat(awaiting.restedAt())
                .hasValue(resumed.steps().getLast().period().start());
        assertThat(resumed.restedAt()).isEmpty();
    }

    @Test
    void ofMixedCallsOursRunFirstAndTheClientGetsTheRest() {
        play().calls(MEASURE, SEARCH, ASK)
                .asks(runs(SEARCH))
                .toolRuns("60")
                .rests(awaits(MEASURE, ASK))
                .clientAnswers(MEASURED, ASKED)
                .asks(INFER);
    }

    @Test
    void whatTheModelSaidAndThoughtGoesWithTheCallsForTheClient() {
        Message.Assistant answer = thinks("I need a value.", "Let me see.", SEARCH, MEASURE);

        play().answers(answer)
                .toolRuns("60")
                .rests(new AwaitingInput(new Message.Assistant(
                        "Let me see.", Optional.of("I need a value."), List.of(MEASURE), StopReason.END_OF_MESSAGE)));
    }

    @Test
    void argumentsThatNobodyCanReadAreAnsweredHereEvenForTheClientsTools() {
        ToolCall garbled = malformedCall("call_9", "measure", "{unit:");

        play().calls(garbled, MEASURE)
                .asks(runs(garbled))
                .toolRuns("Error: the arguments are not JSON")
                .rests(awaits(MEASURE));
    }

    @Test
    void aToolThatNobodyOfferedIsAnsweredHere() {
        ToolCall madeUp = call("call_9", "made_up");

        play().calls(madeUp)
                .asks(runs(madeUp))
                .toolRuns("Unknown tool")
                .asks(INFER)
                .says("Sorry.")
                .rests(new Completed(says("Sorry.")));
    }

    @Test
    void aForcedChoiceHoldsUntilToolsHaveRun() {
        ToolChoice hosted = new ToolChoice.Hosted(HostedKind.WEB_SEARCH, Optional.empty(), Optional.empty());
        for (ToolChoice forced : List.of(new ToolChoice.Required(), hosted)) {
            play(withTools().toolChoice(forced))
                    .asks(new Effect.Infer(forced))
                    .answers(goesOn("Well,"))
                    .asks(new Effect.Infer(forced))
                    .calls(SEARCH)
                    .toolRuns("60")
                    .asks(INFER);
        }
    }

    @Test
    void aForcedChoiceHasBeenObeyedWhenTheClientHasAnswered() {
        ToolChoice named = new ToolChoice.Named("measure");

        play(withTools().toolChoice(named))
                .asks(new Effect.Infer(named))
                .calls(MEASURE)
                .clientAnswers(MEASURED)
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

    private static SpecFixture ending() {
        return withTools().clientToolPolicy(ClientToolPolicy.END);
    }

    private static Effect runs(ToolCall... calls) {
        return new Effect.RunTools(List.of(calls));
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
