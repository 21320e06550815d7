package dev.parley.domain.turn;

import static dev.parley.domain.Refusal.Code.CONFLICT;
import static dev.parley.domain.Refusal.Code.INVALID;
import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.cutOff;
import static dev.parley.domain.message.MessageFixture.filtered;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.listed;
import static dev.parley.domain.tool.ToolFixture.response;
import static dev.parley.domain.tool.ToolFixture.server;
import static dev.parley.domain.turn.ClientToolPolicy.END;
import static dev.parley.domain.turn.ObservationFixture.answerBroke;
import static dev.parley.domain.turn.ObservationFixture.answerStopped;
import static dev.parley.domain.turn.ObservationFixture.broke;
import static dev.parley.domain.turn.ObservationFixture.cancelRequested;
import static dev.parley.domain.turn.ObservationFixture.clientAnswered;
import static dev.parley.domain.turn.ObservationFixture.compacted;
import static dev.parley.domain.turn.ObservationFixture.listingFailed;
import static dev.parley.domain.turn.ObservationFixture.modelAnswered;
import static dev.parley.domain.turn.ObservationFixture.pickedUp;
import static dev.parley.domain.turn.ObservationFixture.retrieved;
import static dev.parley.domain.turn.ObservationFixture.shieldsObject;
import static dev.parley.domain.turn.ObservationFixture.shieldsPass;
import static dev.parley.domain.turn.ObservationFixture.stepLost;
import static dev.parley.domain.turn.ObservationFixture.toolRan;
import static dev.parley.domain.turn.ObservationFixture.toolsListed;
import static dev.parley.domain.turn.ObservationFixture.violation;
import static dev.parley.domain.turn.SampleTools.LOOK_UP;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.MEASURED;
import static dev.parley.domain.turn.SampleTools.MEASURED_OTHERWISE;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.SampleTools.play;
import static dev.parley.domain.turn.SampleTools.withTools;
import static dev.parley.domain.turn.Touchpoint.ASSISTANT_OUTPUT;
import static dev.parley.domain.turn.Touchpoint.USER_INPUT;
import static dev.parley.domain.turn.TurnFixture.periodAfter;

import dev.parley.domain.Refusal;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.StateTable.Example;
import dev.parley.domain.turn.TurnState.AwaitingInput;
import dev.parley.domain.turn.TurnState.Cancelled;
import dev.parley.domain.turn.TurnState.Completed;
import dev.parley.domain.turn.TurnState.Failed;
import dev.parley.domain.turn.TurnState.Running;
import java.util.List;
import java.util.stream.Stream;

/** At least one example for each cell of the {@link StateTable}, and one for each way in which a cell can come out. */
final class StateExamples {

    private static final ToolCall MEASURE_AGAIN = call("call_9", "measure");
    private static final Violation ERROR = violation(Violation.Level.ERROR, "I can't help with that.");
    private static final Violation WARNING = violation(Violation.Level.WARN, "Careful.");

    private StateExamples() {}

    static List<Example> all() {
        return Stream.of(
                        queued(),
                        whileShieldsLook(),
                        whileRetrieving(),
                        whileToolsAreListed(),
                        whileTheModelAnswers(),
                        whileToolsRun(),
                        whileItIsCompacted(),
                        awaitingInput(),
                        completed(),
                        broken(play().breaks().turn()),
                        broken(play().isCancelled().turn()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Example> queued() {
        Turn turn = TurnFixture.queued(withTools().build());
        return List.of(
                unexpected(turn, shieldsPass(turn, USER_INPUT)),
                unexpected(turn, retrieved(turn, "text")),
                unexpected(turn, toolsListed(turn, "docs")),
                unexpected(turn, modelAnswered(turn, says("Hello"))),
                unexpected(turn, answerStopped(turn, says("Hel"))),
                unexpected(turn, toolRan(turn, SEARCH, "found")),
                unexpected(turn, compacted(turn, "text")),
                unexpected(turn, stepLost(turn)),
                refused(CONFLICT, "", turn, clientAnswered(turn, MEASURED)),
                becomes(Running.class, "", turn, pickedUp(turn)),
                unexpected(turn, answerBroke(turn)),
                becomes(Failed.class, "", turn, broke(turn)),
                becomes(Cancelled.class, "", turn, cancelRequested(turn)));
    }

    private static List<Example> whileShieldsLook() {
        Turn input = play(withTools().inputShields("guard")).turn();
        Turn answer = play(withTools().outputShields("guard")).says("Hello").turn();
        Turn handOver = play(withTools().outputShields("guard")).calls(MEASURE).turn();
        Turn filtered = play(withTools().outputShields("guard"))
                .answers(filtered("How"))
                .turn();
        return List.of(
                becomes(Running.class, "input passes", input, shieldsPass(input, USER_INPUT)),
                becomes(Running.class, "input passes", input, shieldsObject(input, USER_INPUT, WARNING)),
                becomes(AwaitingInput.class, "calls pass", handOver, shieldsPass(handOver, ASSISTANT_OUTPUT)),
                becomes(Completed.class, "answer passes", answer, shieldsPass(answer, ASSISTANT_OUTPUT)),
                becomes(
                        Failed.class,
                        "what the provider's filter left passes",
                        filtered,
                        shieldsPass(filtered, ASSISTANT_OUTPUT)),
                becomes(Completed.class, "any objection", input, shieldsObject(input, USER_INPUT, ERROR)),
                becomes(Completed.class, "any objection", answer, shieldsObject(answer, ASSISTANT_OUTPUT, ERROR)),
                becomes(Completed.class, "any objection", handOver, shieldsObject(handOver, ASSISTANT_OUTPUT, ERROR)),
                unexpected("other side", input, shieldsPass(input, ASSISTANT_OUTPUT)),
                unexpected("other side", answer, shieldsPass(answer, USER_INPUT)),
                unexpected(input, retrieved(input, "text")),
                unexpected(input, toolsListed(input, "docs")),
                unexpected(input, modelAnswered(input, says("Hello"))),
                unexpected(input, answerStopped(input, says("Hel"))),
                unexpected(input, toolRan(input, SEARCH, "found")),
                unexpected(input, compacted(input, "text")),
                becomes(Running.class, "", input, stepLost(input)),
                refused(CONFLICT, "", input, clientAnswered(input, MEASURED)),
                refused(CONFLICT, "", handOver, clientAnswered(handOver, MEASURED)),
                unexpected(input, pickedUp(input)),
                unexpected(input, answerBroke(input)),
                becomes(Failed.class, "", input, broke(input)),
                becomes(Cancelled.class, "", input, cancelRequested(input)));
    }

    private static List<Example> whileRetrieving() {
        Turn turn = play(withTools().retrieveFrom("handbook")).turn();
        return List.of(
                unexpected(turn, shieldsPass(turn, USER_INPUT)),
                becomes(Running.class, "", turn, retrieved(turn, "text")),
                unexpected(turn, toolsListed(turn, "docs")),
                unexpected(turn, modelAnswered(turn, says("Hello"))),
                unexpected(turn, answerStopped(turn, says("Hel"))),
                unexpected(turn, toolRan(turn, SEARCH, "found")),
                unexpected(turn, compacted(turn, "text")),
                becomes(Running.class, "", turn, stepLost(turn)),
                refused(CONFLICT, "", turn, clientAnswered(turn, MEASURED)),
                unexpected(turn, pickedUp(turn)),
                unexpected(turn, answerBroke(turn)),
                becomes(Failed.class, "", turn, broke(turn)),
                becomes(Cancelled.class, "", turn, cancelRequested(turn)));
    }

    private static List<Example> whileToolsAreListed() {
        TurnPlay bare = play(SpecFixture.response()
                .terms(TermsFixture.terms().hosted(server("docs")).build()));
        Turn turn = bare.turn();
        Turn equipped = play(SpecFixture.response()
                        .tools(clientTool("measure"))
                        .terms(TermsFixture.terms().hosted(server("docs")).build()))
                .turn();
        return List.of(
                unexpected(turn, shieldsPass(turn, USER_INPUT)),
                unexpected(turn, retrieved(turn, "text")),
                becomes(Running.class, "there are tools", turn, toolsListed(turn, "docs", listed("find"))),
                becomes(Running.class, "there are tools", equipped, listingFailed(equipped, "docs", "it is down")),
                becomes(Running.class, "there are none, and the server says so", turn, toolsListed(turn, "docs")),
                becomes(
                        Failed.class,
                        "there are none, and the server can't say",
                        turn,
                        listingFailed(turn, "docs", "it is down")),
                unexpected("another server", turn, toolsListed(turn, "maps", listed("find"))),
                unexpected(turn, modelAnswered(turn, says("Hello"))),
                unexpected(turn, answerStopped(turn, says("Hel"))),
                unexpected(turn, toolRan(turn, SEARCH, "found")),
                unexpected(turn, compacted(turn, "text")),
                becomes(Running.class, "", turn, stepLost(turn)),
                refused(CONFLICT, "", turn, clientAnswered(turn, MEASURED)),
                unexpected(turn, pickedUp(turn)),
                unexpected(turn, answerBroke(turn)),
                becomes(Failed.class, "", turn, broke(turn)),
                becomes(Cancelled.class, "", turn, cancelRequested(turn)));
    }

    private static List<Example> whileTheModelAnswers() {
        Turn turn = play().turn();
        Turn ending = play(withTools().clientToolPolicy(END)).turn();
        Turn watched = play(withTools().outputShields("guard")).turn();
        return List.of(
                unexpected(turn, shieldsPass(turn, USER_INPUT)),
                unexpected(turn, retrieved(turn, "text")),
                unexpected(turn, toolsListed(turn, "docs")),
                becomes(Running.class, "there is more to do", turn, modelAnswered(turn, calls(SEARCH))),
                becomes(AwaitingInput.class, "only the client can go on", turn, modelAnswered(turn, calls(MEASURE))),
                becomes(Completed.class, "that was all", turn, modelAnswered(turn, says("Hello"))),
                becomes(
                        Completed.class,
                        "the provider's filter cuts it off, `END`",
                        ending,
                        modelAnswered(ending, filtered("How"))),
                becomes(
                        Failed.class,
                        "the provider's filter cuts it off, `PAUSE`",
                        turn,
                        modelAnswered(turn, filtered("How"))),
                becomes(Running.class, "there are output shields", watched, answerStopped(watched, says("Hel"))),
                unexpected("there are none", turn, answerStopped(turn, says("Hel"))),
                unexpected(turn, toolRan(turn, SEARCH, "found")),
                unexpected(turn, compacted(turn, "text")),
                becomes(Running.class, "", turn, stepLost(turn)),
                refused(CONFLICT, "", turn, clientAnswered(turn, MEASURED)),
                unexpected(turn, pickedUp(turn)),
                becomes(Failed.class, "", turn, answerBroke(turn)),
                becomes(Failed.class, "", turn, broke(turn)),
                becomes(Cancelled.class, "", turn, cancelRequested(turn)));
    }

    private static List<Example> whileToolsRun() {
        Turn turn = play().calls(SEARCH, LOOK_UP).turn();
        Turn mixed = play().calls(MEASURE, SEARCH).turn();
        Turn ending =
                play(withTools().clientToolPolicy(END)).calls(MEASURE, SEARCH).turn();
        Observation answerToAnotherCall =
                new Observation.ToolRan(SEARCH, ToolResponse.text(LOOK_UP, "found"), periodAfter(turn));
        return List.of(
                unexpected(turn, shieldsPass(turn, ASSISTANT_OUTPUT)),
                unexpected(turn, retrieved(turn, "text")),
                unexpected(turn, toolsListed(turn, "docs")),
                unexpected(turn, modelAnswered(turn, says("Hello"))),
                unexpected(turn, answerStopped(turn, says("Hel"))),
                becomes(Running.class, "there is more to do", turn, toolRan(turn, SEARCH, "found")),
                becomes(AwaitingInput.class, "only the client can go on", mixed, toolRan(mixed, SEARCH, "found")),
                becomes(Completed.class, "only the client can go on, `END`", ending, toolRan(ending, SEARCH, "found")),
                unexpected("not the first of the calls", turn, toolRan(turn, LOOK_UP, "found")),
                unexpected("not the first of the calls", mixed, toolRan(mixed, MEASURE, "118/79")),
                unexpected("not the first of the calls", turn, answerToAnotherCall),
                unexpected(turn, compacted(turn, "text")),
                becomes(Running.class, "", turn, stepLost(turn)),
                refused(CONFLICT, "", turn, clientAnswered(turn, response(SEARCH, "found"))),
                unexpected(turn, pickedUp(turn)),
                unexpected(turn, answerBroke(turn)),
                becomes(Failed.class, "", turn, broke(turn)),
                becomes(Cancelled.class, "", turn, cancelRequested(turn)));
    }

    private static List<Example> whileItIsCompacted() {
        Turn turn = play(SpecFixture.response()
                        .terms(TermsFixture.terms().compactAt(100).build()))
                .says("Hello")
                .turn();
        return List.of(
                unexpected(turn, shieldsPass(turn, ASSISTANT_OUTPUT)),
                unexpected(turn, retrieved(turn, "text")),
                unexpected(turn, toolsListed(turn, "docs")),
                unexpected(turn, modelAnswered(turn, says("Hello"))),
                unexpected(turn, answerStopped(turn, says("Hel"))),
                unexpected(turn, toolRan(turn, SEARCH, "found")),
                becomes(Completed.class, "", turn, compacted(turn, "text")),
                becomes(Completed.class, "", turn, compacted(turn, "")),
                becomes(Running.class, "", turn, stepLost(turn)),
                refused(CONFLICT, "", turn, clientAnswered(turn, MEASURED)),
                unexpected(turn, pickedUp(turn)),
                unexpected(turn, answerBroke(turn)),
                becomes(Failed.class, "", turn, broke(turn)),
                becomes(Cancelled.class, "", turn, cancelRequested(turn)));
    }

    private static List<Example> awaitingInput() {
        Turn turn = play().calls(MEASURE).turn();
        Turn second =
                TurnPlay.of(turn).clientAnswers(MEASURED).calls(MEASURE_AGAIN).turn();
        return atRest(
                turn,
                becomes(Running.class, "the pending calls", turn, clientAnswered(turn, MEASURED)),
                refused(INVALID, "other calls", turn, clientAnswered(turn, response(SEARCH, "found"))),
                refused(INVALID, "other calls", turn, clientAnswered(turn)),
                refused(CONFLICT, "calls answered before", second, clientAnswered(second, MEASURED_OTHERWISE)),
                becomes(Cancelled.class, "", turn, cancelRequested(turn)));
    }

    private static List<Example> completed() {
        Turn turn = play().says("Action: measure").turn();
        Turn ended = play(withTools().clientToolPolicy(END)).calls(MEASURE).turn();
        Turn spent = play(withTools().maxInferenceSteps(1)).calls(MEASURE).turn();
        Turn cutOff = play().answers(cutOff("", MEASURE)).turn();
        Turn resumed = play().calls(MEASURE)
                .clientAnswers(MEASURED)
                .says("You are well.")
                .turn();
        return atRest(
                turn,
                becomes(Running.class, "new calls", turn, clientAnswered(turn, MEASURED)),
                refused(INVALID, "no calls, or a limit has ended it", turn, clientAnswered(turn)),
                refused(INVALID, "no calls, or a limit has ended it", spent, clientAnswered(spent, MEASURED)),
                refused(INVALID, "no calls, or a limit has ended it", cutOff, clientAnswered(cutOff, MEASURED)),
                refused(CONFLICT, "calls answered before", resumed, clientAnswered(resumed, MEASURED_OTHERWISE)),
                refused(CONFLICT, "`END`", ended, clientAnswered(ended, MEASURED)),
                refused(CONFLICT, "", turn, cancelRequested(turn)));
    }

    private static List<Example> broken(Turn turn) {
        return atRest(
                turn,
                refused(CONFLICT, "", turn, clientAnswered(turn, MEASURED)),
                refused(CONFLICT, "", turn, cancelRequested(turn)));
    }

    /** What no turn at rest has asked for, and what there is besides. */
    private static List<Example> atRest(Turn turn, Example... others) {
        Stream<Example> unasked = Stream.of(
                unexpected(turn, shieldsPass(turn, USER_INPUT)),
                unexpected(turn, retrieved(turn, "text")),
                unexpected(turn, toolsListed(turn, "docs")),
                unexpected(turn, modelAnswered(turn, says("Hello"))),
                unexpected(turn, answerStopped(turn, says("Hel"))),
                unexpected(turn, toolRan(turn, SEARCH, "found")),
                unexpected(turn, compacted(turn, "text")),
                unexpected(turn, stepLost(turn)),
                unexpected(turn, pickedUp(turn)),
                unexpected(turn, answerBroke(turn)),
                unexpected(turn, broke(turn)));
        return Stream.concat(unasked, Stream.of(others)).toList();
    }

    private static Example becomes(Class<? extends TurnState> state, String when, Turn turn, Observation observation) {
        return new Example(when, turn, observation, new Outcome.Becomes(state));
    }

    private static Example refused(Refusal.Code code, String when, Turn turn, Observation observation) {
        return new Example(when, turn, observation, new Outcome.Refused(code));
    }

    private static Example unexpected(Turn turn, Observation observation) {
        return unexpected("", turn, observation);
    }

    private static Example unexpected(String when, Turn turn, Observation observation) {
        return new Example(when, turn, observation, new Outcome.Unexpected());
    }
}
