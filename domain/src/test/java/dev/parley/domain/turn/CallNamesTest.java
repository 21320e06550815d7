package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.hostedTool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolCall;
import org.junit.jupiter.api.Test;

class CallNamesTest {

    private static final ToolCall SEARCH = call("call_0", "search");
    private static final Delta OPENED = new Delta.CallOpened("call_0", "search");

    @Test
    void areTheModelsOwnAsLongAsNothingWasLost() {
        CallNames names = CallNames.next(play().calls(SEARCH).toolRuns("found").turn());

        assertThat(names.of(OPENED)).isSameAs(OPENED);
        assertThat(names.of(new Delta.CallClosed(SEARCH))).isEqualTo(new Delta.CallClosed(SEARCH));
        assertThat(names.of(calls(SEARCH))).isEqualTo(calls(SEARCH));
    }

    @Test
    void haveThePlaceOfTheStepOnceAnAnswerWasLost() {
        CallNames names = CallNames.next(play().losesAStep().turn());
        ToolCall renamed = call("call_0_r1", "search");
        Delta text = new Delta.Text("call_0");

        assertThat(names.of(OPENED)).isEqualTo(new Delta.CallOpened("call_0_r1", "search"));
        assertThat(names.of(new Delta.CallClosed(SEARCH))).isEqualTo(new Delta.CallClosed(renamed));
        assertThat(names.of(calls(SEARCH))).isEqualTo(calls(renamed));
        assertThat(names.of(text)).isSameAs(text);
    }

    @Test
    void areOthersInEachAnswer() {
        TurnPlay play = play().losesAStep();
        Message.Assistant first = CallNames.next(play.turn()).of(calls(SEARCH));
        play = play.answers(first).toolRuns("found").losesAStep();
        Message.Assistant second = CallNames.next(play.turn()).of(calls(SEARCH));

        assertThat(first.toolCalls()).doesNotContainAnyElementsOf(second.toolCalls());
    }

    /** A tool that was lost is run again as the same call. */
    @Test
    void areTheModelsOwnWhereOnlyAToolWasLost() {
        Turn turn = play().calls(SEARCH).losesAStep().toolRuns("found").turn();

        assertThat(CallNames.next(turn).of(OPENED)).isSameAs(OPENED);
    }

    private static TurnPlay play() {
        return TurnPlay.of(TurnFixture.responseTurn(
                SpecFixture.response().tools(hostedTool("search")).build()));
    }
}
