package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.cutOff;
import static dev.parley.domain.message.MessageFixture.goesOn;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.tool.ToolFixture.hostedTool;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.TermsFixture.terms;
import static dev.parley.domain.turn.TurnFixture.periodAfter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.StopReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many tokens a response may take (responses-api 1, max_output_tokens), all its answers together. */
class TokenBudgetTest {

    @Test
    void withoutALimitTheProviderDecides() {
        TurnPlay play = SampleTools.play(SpecFixture.response().tools(hostedTool("search")));

        assertThat(play.turn().sampling()).isEqualTo(Sampling.DEFAULT);
        assertThat(play.answers(calls(SEARCH), 5_000).toolRuns("60").turn().sampling())
                .isEqualTo(Sampling.DEFAULT);
    }

    @Test
    void eachAnswerGetsWhatEarlierOnesLeft() {
        TurnPlay begun = limited(100);
        TurnPlay second = begun.answers(calls(SEARCH), 30).toolRuns("60");
        TurnPlay third = second.answers(goesOn("Well,"), 69);

        assertThat(begun.turn().sampling().maxTokens()).isEqualTo(100);
        assertThat(second.turn().sampling().maxTokens()).isEqualTo(70);
        assertThat(third.turn().sampling().maxTokens()).isEqualTo(1);
    }

    @Test
    void whenItIsSpentTheTurnEndsAsCutOffInsteadOfAskingAgain() {
        limited(100)
                .answers(calls(SEARCH), 100)
                .toolRuns("60")
                .rests(new TurnState.Completed(calls(SEARCH).endedBy(StopReason.OUT_OF_TOKENS)));
        limited(100).answers(goesOn("Well,"), 120).rests(new TurnState.Completed(cutOff("Well,")));
    }

    @Test
    void anAnswerThatJustFitsIsWhole() {
        limited(100).answers(says("Sixty."), 100).rests(new TurnState.Completed(says("Sixty.")));
    }

    @Test
    void answersThatTheProviderDidNotCountTakeNothing() {
        TurnPlay begun = limited(100);
        TurnPlay uncounted =
                begun.sees(new Observation.ModelAnswered(calls(SEARCH), Optional.empty(), periodAfter(begun.turn())));

        assertThat(uncounted.toolRuns("60").turn().sampling().maxTokens()).isEqualTo(100);
    }

    private static TurnPlay limited(int tokens) {
        return SampleTools.play(SpecFixture.response()
                .tools(hostedTool("search"))
                .terms(terms().maxOutputTokens(tokens).build()));
    }
}
