package dev.parley.domain.turn;

import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.malformedCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.ToolCall;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerSoFarTest {

    private static final Passage THOUGHT = new Passage.Thought("Hm.");
    private static final ToolCall CALL = call("call_1", "measure");

    @Test
    void nothingWasToldAtFirst() {
        assertThat(told()).isEqualTo(PartialAnswer.NOTHING);
        assertThat(told(new Delta.Text(""), new Delta.Reasoning(""))).isEqualTo(PartialAnswer.NOTHING);
    }

    @Test
    void whatWasToldLastIsOpen() {
        assertThat(told(new Delta.Reasoning("H"), new Delta.Reasoning("m."))).isEqualTo(partial(THOUGHT));
        assertThat(told(new Delta.Reasoning("Hm."), new Delta.Text("He"), new Delta.Text("l")))
                .isEqualTo(partial(Passage.Spoken.of("Hel"), THOUGHT));
        assertThat(told(new Delta.Reasoning("Hm."), new Delta.Refused("I ca")))
                .isEqualTo(partial(new Passage.Refused("I ca"), THOUGHT));
    }

    @Test
    void anOpenCallHasItsArgumentsAsFarAsTheyHaveCome() {
        assertThat(told(
                        new Delta.Text("So"),
                        new Delta.CallOpened("call_1", "measure"),
                        new Delta.CallArguments("{\"un"),
                        new Delta.CallArguments("it")))
                .isEqualTo(partial(
                        new Passage.Called(malformedCall("call_1", "measure", "{\"unit")), Passage.Spoken.of("So")));
    }

    @Test
    void aClosedCallIsWhole() {
        PartialAnswer closed = new PartialAnswer(List.of(new Passage.Called(CALL)), Optional.empty());

        assertThat(told(new Delta.CallOpened("call_1", "measure"), new Delta.CallArguments("{}"), closed()))
                .isEqualTo(closed);
        assertThat(told(closed())).isEqualTo(closed);
        assertThat(told(new Delta.Text("So"), closed(), new Delta.Text("and")))
                .isEqualTo(partial(Passage.Spoken.of("and"), Passage.Spoken.of("So"), new Passage.Called(CALL)));
    }

    @Test
    void textHasItsScoresAndCitations() {
        Citation citation = new Citation.Page("https://example.org", "A", 0, 2);

        assertThat(told(
                        new Delta.ScoredText("So", scores("[{\"token\":\"So\"}]")),
                        new Delta.Cited(citation),
                        new Delta.ScoredText(" it", scores(" [ ] ")),
                        new Delta.ScoredText(" is", scores("[1, 2]"))))
                .isEqualTo(partial(new Passage.Spoken(
                        "So it is", Optional.of(scores("[{\"token\":\"So\"},1, 2]")), List.of(citation))));
        assertThat(told(new Delta.Cited(citation))).isEqualTo(PartialAnswer.NOTHING);
    }

    private static Delta closed() {
        return new Delta.CallClosed(CALL);
    }

    private static JsonText scores(String text) {
        return new JsonText(text);
    }

    private static PartialAnswer partial(Passage open, Passage... whole) {
        return new PartialAnswer(List.of(whole), Optional.of(open));
    }

    private static PartialAnswer told(Delta... deltas) {
        AnswerSoFar soFar = new AnswerSoFar();
        for (Delta delta : deltas) {
            soFar.add(delta);
        }
        return soFar.told();
    }
}
