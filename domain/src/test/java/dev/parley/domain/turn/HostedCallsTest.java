package dev.parley.domain.turn;

import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.hostedTool;
import static dev.parley.domain.turn.SampleTools.LOOK_UP;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.TermsFixture.terms;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many calls this server may run in a response (responses-api 1, max_tool_calls). */
class HostedCallsTest {

    @Test
    void withoutALimitAnyMayRun() {
        Turn response = play(SpecFixture.response()).turn();
        Turn agents = SampleTools.play().calls(SEARCH, LOOK_UP).toolRuns("60").turn();

        assertThat(mayRun(response)).isTrue();
        assertThat(mayRun(agents)).isTrue();
    }

    @Test
    void asManyMayRunAsTheClientAllows() {
        TurnPlay begun = limited(2).calls(SEARCH, LOOK_UP);
        TurnPlay one = begun.toolRuns("60");
        TurnPlay two = one.toolRuns("70");

        assertThat(mayRun(begun.turn())).isTrue();
        assertThat(mayRun(one.turn())).isTrue();
        assertThat(mayRun(two.turn())).isFalse();
    }

    @Test
    void callsOfToolsThatNobodyOfferedDoNotCount() {
        assertThat(mayRun(limited(1)
                        .calls(call("call_9", "made_up"))
                        .toolRuns("no such tool")
                        .turn()))
                .isTrue();
    }

    @Test
    void theLimitHoldsForAllAnswersTogether() {
        assertThat(mayRun(limited(1).calls(SEARCH).toolRuns("60").calls(LOOK_UP).turn()))
                .isFalse();
    }

    private static TurnPlay limited(int calls) {
        return play(SpecFixture.response().terms(terms().maxToolCalls(calls).build()));
    }

    private static TurnPlay play(SpecFixture spec) {
        return SampleTools.play(spec.tools(clientTool("measure"), hostedTool("search"), hostedTool("look_up")));
    }

    private static boolean mayRun(Turn turn) {
        return HostedCalls.mayRun(turn.spec(), turn.steps());
    }
}
