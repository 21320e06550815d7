package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageFixture;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;

/**
 * A turn that is played through, for tests. Each thing that happens makes the next play; those that are answers to an
 * effect fail when the turn does not ask for it.
 */
public record TurnPlay(Turn turn) {

    public TurnPlay {
        requireNonNull(turn, "turn");
    }

    public static TurnPlay of(Turn turn) {
        return new TurnPlay(turn);
    }

    public TurnPlay sees(Observation observation) {
        return new TurnPlay(turn.observe(observation));
    }

    public TurnPlay shieldsPass() {
        return sees(ObservationFixture.shieldsPass(
                turn, asked(Effect.CheckShields.class).touchpoint()));
    }

    public TurnPlay shieldsObject(Violation violation) {
        return sees(ObservationFixture.shieldsObject(
                turn, asked(Effect.CheckShields.class).touchpoint(), violation));
    }

    /** The shields object so that the turn can't go on. */
    public TurnPlay shieldsObject(String userMessage) {
        return shieldsObject(ObservationFixture.violation(Violation.Level.ERROR, userMessage));
    }

    public TurnPlay retrieves(String text) {
        return sees(ObservationFixture.retrieved(turn, text));
    }

    /** The server of tools that is asked has these. */
    public TurnPlay lists(ListedTool... tools) {
        return sees(ObservationFixture.toolsListed(
                turn, asked(Effect.ListTools.class).serverLabel(), tools));
    }

    /** The server of tools that is asked can't say what it has. */
    public TurnPlay listsNothing(String why) {
        return sees(ObservationFixture.listingFailed(
                turn, asked(Effect.ListTools.class).serverLabel(), why));
    }

    public TurnPlay answers(Message.Assistant answer) {
        return sees(ObservationFixture.modelAnswered(turn, answer));
    }

    /** The model answers with so many tokens. */
    public TurnPlay answers(Message.Assistant answer, long outputTokens) {
        return sees(ObservationFixture.modelAnswered(turn, answer, new Usage(1, 0, outputTokens, 0)));
    }

    /** An output shield stops the model when so much was told. */
    public TurnPlay isStopped(Message.Assistant told) {
        return sees(ObservationFixture.answerStopped(turn, told));
    }

    public TurnPlay says(String text) {
        return answers(MessageFixture.says(text));
    }

    public TurnPlay calls(ToolCall... calls) {
        return answers(MessageFixture.calls(calls));
    }

    /** The first call that is this server's to answer is answered. */
    public TurnPlay toolRuns(String result) {
        return sees(ObservationFixture.toolRan(
                turn, asked(Effect.RunTools.class).calls().getFirst(), result));
    }

    /** The same with all that a tool can bring. */
    public TurnPlay toolRuns(ToolResponse response) {
        return sees(new Observation.ToolRan(
                asked(Effect.RunTools.class).calls().getFirst(), response, TurnFixture.periodAfter(turn)));
    }

    /** What was said so far is put into a few words. */
    public TurnPlay compacts(String summary) {
        return sees(ObservationFixture.compacted(turn, summary));
    }

    /** Whoever ran the turn was lost in the middle of a step. */
    public TurnPlay losesAStep() {
        return sees(ObservationFixture.stepLost(turn));
    }

    public TurnPlay clientAnswers(ToolResponse... responses) {
        return sees(ObservationFixture.clientAnswered(turn, responses));
    }

    public TurnPlay isPickedUp() {
        return sees(ObservationFixture.pickedUp(turn));
    }

    public TurnPlay breaks() {
        return sees(ObservationFixture.broke(turn));
    }

    /** The model breaks off after readers were told so much. */
    public TurnPlay breaksAfter(PartialAnswer told) {
        assertThat(turn.next()).isInstanceOf(Effect.Infer.class);
        return sees(ObservationFixture.answerBroke(turn, told));
    }

    public TurnPlay isCancelled() {
        return sees(ObservationFixture.cancelRequested(turn));
    }

    /** Asserts what the turn asks for now. */
    public TurnPlay asks(Effect effect) {
        assertThat(turn.next()).isEqualTo(effect);
        return this;
    }

    /** Asserts that the turn has come to rest, and how. */
    public TurnPlay rests(TurnState state) {
        assertThat(turn.state()).isEqualTo(state);
        assertThat(turn.next()).isEqualTo(new Effect.Rest());
        return this;
    }

    private <E extends Effect> E asked(Class<E> kind) {
        Effect next = turn.next();
        assertThat(next).isInstanceOf(kind);
        return kind.cast(next);
    }
}
