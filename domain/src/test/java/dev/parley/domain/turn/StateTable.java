package dev.parley.domain.turn;

import static dev.parley.domain.Refusal.Code.CONFLICT;
import static dev.parley.domain.Refusal.Code.INVALID;
import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.response;
import static dev.parley.domain.tool.ToolFixture.serverTool;
import static dev.parley.domain.turn.ObservationFixture.broke;
import static dev.parley.domain.turn.ObservationFixture.cancelRequested;
import static dev.parley.domain.turn.ObservationFixture.clientAnswered;
import static dev.parley.domain.turn.ObservationFixture.modelAnswered;
import static dev.parley.domain.turn.ObservationFixture.retrieved;
import static dev.parley.domain.turn.ObservationFixture.shieldsObject;
import static dev.parley.domain.turn.ObservationFixture.shieldsPass;
import static dev.parley.domain.turn.ObservationFixture.toolRan;
import static dev.parley.domain.turn.ObservationFixture.violation;
import static dev.parley.domain.turn.TurnFixture.periodAfter;
import static dev.parley.domain.turn.TurnFixture.turn;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.parley.domain.Refusal;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.TurnState.AwaitingInput;
import dev.parley.domain.turn.TurnState.Cancelled;
import dev.parley.domain.turn.TurnState.Completed;
import dev.parley.domain.turn.TurnState.Failed;
import dev.parley.domain.turn.TurnState.Running;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of what each observation does to a turn in each situation. It is a list of examples; which cell an example
 * belongs to follows from its turn and its observation, so none can stand in a wrong place.
 */
final class StateTable {

    /**
     * @param when what sets the example apart from the others of its cell; empty when all of the cell come out alike
     */
    record Example(String when, Turn turn, Observation observation, Outcome outcome) {
        Example {
            requireNonNull(when, "when");
            requireNonNull(turn, "turn");
            requireNonNull(observation, "observation");
            requireNonNull(outcome, "outcome");
        }

        Cell cell() {
            return new Cell(Situation.of(turn), observation.getClass());
        }

        @Override
        public String toString() {
            return "%s %s -> %s".formatted(cell(), when, outcome);
        }
    }

    record Cell(Situation situation, Class<?> observation) {
        Cell {
            requireNonNull(situation, "situation");
            requireNonNull(observation, "observation");
        }

        static List<Cell> all() {
            return Situation.all().stream()
                    .flatMap(situation ->
                            Situation.permitted(Observation.class).map(observation -> new Cell(situation, observation)))
                    .toList();
        }

        @Override
        public String toString() {
            return "[%s] x %s".formatted(situation, observation.getSimpleName());
        }
    }

    private static final ToolCall SEARCH = call("call_1", "search");
    private static final ToolCall LOOK_UP = call("call_2", "look_up");
    private static final ToolCall MEASURE = call("call_3", "measure");
    private static final Violation ERROR = violation(Violation.Level.ERROR, "I can't help with that.");
    private static final Violation WARNING = violation(Violation.Level.WARN, "Careful.");

    private StateTable() {}

    static List<Example> examples() {
        return Stream.of(
                        whileShieldsLook(),
                        whileRetrieving(),
                        whileTheModelAnswers(),
                        whileToolsRun(),
                        awaitingInput(),
                        completed(),
                        broken(TurnPlay.of(turn(withTools().build())).breaks().turn()),
                        broken(TurnPlay.of(turn(withTools().build()))
                                .isCancelled()
                                .turn()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Example> whileShieldsLook() {
        Turn input = turn(withTools().inputShields("guard").build());
        TurnPlay asked = TurnPlay.of(turn(withTools().outputShields("guard").build()));
        Turn answer = asked.says("Hello").turn();
        Turn handOver = asked.calls(MEASURE).turn();
        return List.of(
                becomes(Running.class, "input passes", input, shieldsPass(input, Touchpoint.USER_INPUT)),
                becomes(Running.class, "input passes", input, shieldsObject(input, Touchpoint.USER_INPUT, WARNING)),
                becomes(
                        AwaitingInput.class,
                        "calls pass",
                        handOver,
                        shieldsPass(handOver, Touchpoint.ASSISTANT_OUTPUT)),
                becomes(Completed.class, "answer passes", answer, shieldsPass(answer, Touchpoint.ASSISTANT_OUTPUT)),
                becomes(Completed.class, "any objection", input, shieldsObject(input, Touchpoint.USER_INPUT, ERROR)),
                becomes(
                        Completed.class,
                        "any objection",
                        answer,
                        shieldsObject(answer, Touchpoint.ASSISTANT_OUTPUT, ERROR)),
                becomes(
                        Completed.class,
                        "any objection",
                        handOver,
                        shieldsObject(handOver, Touchpoint.ASSISTANT_OUTPUT, ERROR)),
                unexpected("other side", input, shieldsPass(input, Touchpoint.ASSISTANT_OUTPUT)),
                unexpected("other side", answer, shieldsPass(answer, Touchpoint.USER_INPUT)),
                unexpected("", input, retrieved(input, "text")),
                unexpected("", input, modelAnswered(input, says("Hello"))),
                unexpected("", input, toolRan(input, SEARCH, "found")),
                refused(CONFLICT, "", input, clientAnswered(input, response(MEASURE, "118/79"))),
                refused(CONFLICT, "", handOver, clientAnswered(handOver, response(MEASURE, "118/79"))),
                becomes(Failed.class, "", input, broke(input)),
                becomes(Cancelled.class, "", input, cancelRequested(input)));
    }

    private static List<Example> whileRetrieving() {
        Turn turn = turn(withTools().retrieveFrom("handbook").build());
        return List.of(
                unexpected("", turn, shieldsPass(turn, Touchpoint.USER_INPUT)),
                becomes(Running.class, "", turn, retrieved(turn, "text")),
                unexpected("", turn, modelAnswered(turn, says("Hello"))),
                unexpected("", turn, toolRan(turn, SEARCH, "found")),
                refused(CONFLICT, "", turn, clientAnswered(turn, response(MEASURE, "118/79"))),
                becomes(Failed.class, "", turn, broke(turn)),
                becomes(Cancelled.class, "", turn, cancelRequested(turn)));
    }

    private static List<Example> whileTheModelAnswers() {
        Turn turn = turn(withTools().build());
        return List.of(
                unexpected("", turn, shieldsPass(turn, Touchpoint.USER_INPUT)),
                unexpected("", turn, retrieved(turn, "text")),
                becomes(Running.class, "there is more to do", turn, modelAnswered(turn, calls(SEARCH))),
                becomes(AwaitingInput.class, "only the client can go on", turn, modelAnswered(turn, calls(MEASURE))),
                becomes(Completed.class, "that was all", turn, modelAnswered(turn, says("Hello"))),
                unexpected("", turn, toolRan(turn, SEARCH, "found")),
                refused(CONFLICT, "", turn, clientAnswered(turn, response(MEASURE, "118/79"))),
                becomes(Failed.class, "", turn, broke(turn)),
                becomes(Cancelled.class, "", turn, cancelRequested(turn)));
    }

    private static List<Example> whileToolsRun() {
        TurnPlay called = TurnPlay.of(turn(withTools().build()));
        Turn turn = called.calls(SEARCH, LOOK_UP).turn();
        Turn mixed = called.calls(MEASURE, SEARCH).turn();
        Turn mixedThatEnds = TurnPlay.of(
                        turn(withTools().clientToolPolicy(ClientToolPolicy.END).build()))
                .calls(MEASURE, SEARCH)
                .turn();
        return List.of(
                unexpected("", turn, shieldsPass(turn, Touchpoint.ASSISTANT_OUTPUT)),
                unexpected("", turn, retrieved(turn, "text")),
                unexpected("", turn, modelAnswered(turn, says("Hello"))),
                becomes(Running.class, "there is more to do", turn, toolRan(turn, SEARCH, "found")),
                becomes(AwaitingInput.class, "the rest is the client's", mixed, toolRan(mixed, SEARCH, "found")),
                becomes(
                        Completed.class,
                        "the rest is the client's, `END`",
                        mixedThatEnds,
                        toolRan(mixedThatEnds, SEARCH, "found")),
                unexpected("not the first of the calls", turn, toolRan(turn, LOOK_UP, "found")),
                unexpected("not the first of the calls", mixed, toolRan(mixed, MEASURE, "118/79")),
                unexpected("not the first of the calls", turn, answerToAnotherCall(turn)),
                refused(CONFLICT, "", turn, clientAnswered(turn, response(SEARCH, "found"))),
                becomes(Failed.class, "", turn, broke(turn)),
                becomes(Cancelled.class, "", turn, cancelRequested(turn)));
    }

    private static List<Example> awaitingInput() {
        TurnPlay first = TurnPlay.of(turn(withTools().build())).calls(MEASURE);
        Turn turn = first.turn();
        Turn second = first.clientAnswers(response(MEASURE, "118/79"))
                .calls(call("call_4", "measure"))
                .turn();
        return Stream.concat(
                        nothingIsRunning(turn).stream(),
                        Stream.of(
                                becomes(
                                        Running.class,
                                        "just the pending calls",
                                        turn,
                                        clientAnswered(turn, response(MEASURE, "118/79"))),
                                refused(INVALID, "other calls", turn, clientAnswered(turn, response(SEARCH, "found"))),
                                refused(INVALID, "other calls", turn, clientAnswered(turn)),
                                refused(
                                        CONFLICT,
                                        "calls answered before",
                                        second,
                                        clientAnswered(second, response(MEASURE, "90/60"))),
                                becomes(Cancelled.class, "", turn, cancelRequested(turn))))
                .toList();
    }

    private static List<Example> completed() {
        Turn turn =
                TurnPlay.of(turn(withTools().build())).says("Action: measure").turn();
        Turn ended = TurnPlay.of(
                        turn(withTools().clientToolPolicy(ClientToolPolicy.END).build()))
                .calls(MEASURE)
                .turn();
        Turn spent = TurnPlay.of(turn(withTools().maxInferenceSteps(1).build()))
                .calls(MEASURE)
                .turn();
        Turn resumed = TurnPlay.of(turn(withTools().build()))
                .calls(MEASURE)
                .clientAnswers(response(MEASURE, "118/79"))
                .says("You are well.")
                .turn();
        return Stream.concat(
                        nothingIsRunning(turn).stream(),
                        Stream.of(
                                becomes(
                                        Running.class,
                                        "new calls",
                                        turn,
                                        clientAnswered(turn, response(MEASURE, "118/79"))),
                                refused(INVALID, "no answers", turn, clientAnswered(turn)),
                                refused(
                                        INVALID,
                                        "no inference step left",
                                        spent,
                                        clientAnswered(spent, response(MEASURE, "118/79"))),
                                refused(
                                        CONFLICT,
                                        "calls answered before",
                                        resumed,
                                        clientAnswered(resumed, response(MEASURE, "90/60"))),
                                refused(CONFLICT, "`END`", ended, clientAnswered(ended, response(MEASURE, "118/79"))),
                                refused(CONFLICT, "", turn, cancelRequested(turn))))
                .toList();
    }

    private static List<Example> broken(Turn turn) {
        return Stream.concat(
                        nothingIsRunning(turn).stream(),
                        Stream.of(
                                refused(CONFLICT, "", turn, clientAnswered(turn, response(MEASURE, "118/79"))),
                                refused(CONFLICT, "", turn, cancelRequested(turn))))
                .toList();
    }

    /** What no turn at rest has asked for. */
    private static List<Example> nothingIsRunning(Turn turn) {
        return List.of(
                unexpected("", turn, shieldsPass(turn, Touchpoint.USER_INPUT)),
                unexpected("", turn, retrieved(turn, "text")),
                unexpected("", turn, modelAnswered(turn, says("Hello"))),
                unexpected("", turn, toolRan(turn, SEARCH, "found")),
                unexpected("", turn, broke(turn)));
    }

    private static Observation answerToAnotherCall(Turn turn) {
        return new Observation.ToolRan(SEARCH, ToolResponse.text(LOOK_UP, "found"), periodAfter(turn));
    }

    private static SpecFixture withTools() {
        return SpecFixture.spec().tools(clientTool("measure"), serverTool("search"), serverTool("look_up"));
    }

    private static Example becomes(Class<? extends TurnState> state, String when, Turn turn, Observation observation) {
        return new Example(when, turn, observation, new Outcome.Becomes(state));
    }

    private static Example refused(Refusal.Code code, String when, Turn turn, Observation observation) {
        return new Example(when, turn, observation, new Outcome.Refused(code));
    }

    private static Example unexpected(String when, Turn turn, Observation observation) {
        return new Example(when, turn, observation, new Outcome.Unexpected());
    }

    /** The table as the README shows it. */
    static String markdown() {
        List<Example> examples = examples();
        List<Class<?>> observations = Situation.permitted(Observation.class).toList();
        String head = "| Turn | %s |\n|---|%s\n"
                .formatted(
                        observations.stream().map(Class::getSimpleName).collect(joining(" | ")),
                        "---|".repeat(observations.size()));
        return head
                + Situation.all().stream()
                        .map(situation -> "| **%s** | %s |\n"
                                .formatted(
                                        situation,
                                        observations.stream()
                                                .map(observation -> text(examples, new Cell(situation, observation)))
                                                .collect(joining(" | "))))
                        .collect(joining());
    }

    private static String text(List<Example> examples, Cell cell) {
        return examples.stream()
                .filter(example -> example.cell().equals(cell))
                .map(example -> example.when().isEmpty()
                        ? example.outcome().toString()
                        : example.outcome() + ": " + example.when())
                .distinct()
                .collect(joining("<br>"));
    }
}
