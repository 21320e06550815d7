package dev.parley.domain.turn;

import static dev.parley.domain.turn.TurnFixture.after;
import static dev.parley.domain.turn.TurnFixture.periodAfter;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import java.util.List;
import java.util.Optional;

/** Things that happen to a turn, for tests: each is later than all of the turn that it is made for. */
public final class ObservationFixture {

    public static final Usage USAGE = new Usage(120, 100, 12, 5);

    private ObservationFixture() {}

    public static Observation shieldsPass(Turn turn, Touchpoint touchpoint) {
        return new Observation.ShieldsSpoke(touchpoint, Optional.empty(), periodAfter(turn));
    }

    public static Observation shieldsObject(Turn turn, Touchpoint touchpoint, Violation violation) {
        return new Observation.ShieldsSpoke(touchpoint, Optional.of(violation), periodAfter(turn));
    }

    public static Violation violation(Violation.Level level, String userMessage) {
        return new Violation(level, Optional.of(userMessage), new JsonText("{\"violation_type\":\"S9\"}"));
    }

    public static Observation retrieved(Turn turn, String text) {
        return new Observation.Retrieved(Content.of(text), periodAfter(turn));
    }

    public static Observation modelAnswered(Turn turn, Message.Assistant answer) {
        return modelAnswered(turn, answer, USAGE);
    }

    public static Observation modelAnswered(Turn turn, Message.Assistant answer, Usage usage) {
        return new Observation.ModelAnswered(answer, Optional.of(usage), periodAfter(turn));
    }

    /** A shield stops the model when so much of its answer was told. */
    public static Observation answerStopped(Turn turn, Message.Assistant told) {
        return new Observation.AnswerStopped(
                told, violation(Violation.Level.ERROR, "I can't say that."), periodAfter(turn));
    }

    public static Observation pickedUp(Turn turn) {
        return new Observation.PickedUp(after(turn));
    }

    public static Observation toolRan(Turn turn, ToolCall call, String result) {
        return new Observation.ToolRan(call, ToolResponse.text(call, result), periodAfter(turn));
    }

    public static Observation toolsListed(Turn turn, String serverLabel, ListedTool... tools) {
        return new Observation.ToolsListed(serverLabel, List.of(tools), Optional.empty(), periodAfter(turn));
    }

    public static Observation listingFailed(Turn turn, String serverLabel, String why) {
        return new Observation.ToolsListed(serverLabel, List.of(), Optional.of(why), periodAfter(turn));
    }

    public static Observation compacted(Turn turn, String summary) {
        return new Observation.Compacted(summary, Optional.of(USAGE), periodAfter(turn));
    }

    public static Observation stepLost(Turn turn) {
        return new Observation.StepLost(periodAfter(turn));
    }

    public static Observation clientAnswered(Turn turn, ToolResponse... responses) {
        return new Observation.ClientAnswered(List.of(responses), after(turn));
    }

    public static Observation broke(Turn turn) {
        return new Observation.Broke(
                Failure.of(Failure.Code.PROVIDER_UNAVAILABLE, "The provider broke off; try again later"), after(turn));
    }

    /** The provider broke off after this was told. */
    public static Observation answerBroke(Turn turn, PartialAnswer told) {
        return new Observation.AnswerBroke(
                Failure.of(Failure.Code.PROVIDER_UNAVAILABLE, "The provider broke off; try again later"),
                told,
                Optional.of(USAGE),
                periodAfter(turn));
    }

    static Observation answerBroke(Turn turn) {
        return answerBroke(turn, new PartialAnswer(List.of(), Optional.of(Passage.Spoken.of("Hel"))));
    }

    public static Observation cancelRequested(Turn turn) {
        return new Observation.CancelRequested(after(turn));
    }
}
