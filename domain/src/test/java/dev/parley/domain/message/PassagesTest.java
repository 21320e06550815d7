package dev.parley.domain.message;

import static dev.parley.domain.message.MessageFixture.called;
import static dev.parley.domain.message.MessageFixture.inOrder;
import static dev.parley.domain.message.MessageFixture.spoken;
import static dev.parley.domain.message.MessageFixture.thought;
import static dev.parley.domain.tool.ToolFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.tool.ToolCall;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An answer as a row of passages. */
class PassagesTest {

    private static final ToolCall ASK = call("call_1", "ask");
    private static final ToolCall MEASURE = call("call_2", "measure");
    private static final Message.Assistant INTERLEAVED = inOrder(
            thought("Hm. "),
            spoken("Let me "),
            called(ASK),
            thought("And that."),
            spoken("see. "),
            new Passage.Refused("Not this."),
            called(MEASURE));

    @Test
    void whatWasSaidIsAllOfItInItsOrder() {
        assertThat(INTERLEAVED.text()).isEqualTo("Let me see. Not this.");
        assertThat(inOrder(thought("Hm."), called(ASK)).text()).isEmpty();
    }

    @Test
    void whatWasThoughtIsAllOfIt() {
        assertThat(INTERLEAVED.reasoning()).hasValue("Hm. And that.");
        assertThat(inOrder(spoken("Yes.")).reasoning()).isEmpty();
    }

    @Test
    void callsAreInTheirOrder() {
        assertThat(INTERLEAVED.toolCalls()).containsExactly(ASK, MEASURE);
    }

    @Test
    void withoutReasoningTheOthersStayInTheirOrder() {
        assertThat(INTERLEAVED.withoutReasoning())
                .isEqualTo(inOrder(
                        spoken("Let me "),
                        called(ASK),
                        spoken("see. "),
                        new Passage.Refused("Not this."),
                        called(MEASURE)));
    }

    @Test
    void withSomeOfItsCallsTheOthersStayInTheirOrder() {
        assertThat(INTERLEAVED.callingOnly(List.of(MEASURE)))
                .isEqualTo(inOrder(
                        thought("Hm. "),
                        spoken("Let me "),
                        thought("And that."),
                        spoken("see. "),
                        new Passage.Refused("Not this."),
                        called(MEASURE)));
    }

    @Test
    void endedOtherwiseItSaysTheSame() {
        Message.Assistant ended = INTERLEAVED.endedBy(StopReason.OUT_OF_TOKENS);

        assertThat(ended.passages()).isEqualTo(INTERLEAVED.passages());
        assertThat(ended.stopReason()).isEqualTo(StopReason.OUT_OF_TOKENS);
    }

    @Test
    void theUsualOrderIsThoughtsWordsCalls() {
        assertThat(new Message.Assistant("Yes.", Optional.of("Hm."), List.of(ASK, MEASURE), StopReason.END_OF_TURN))
                .isEqualTo(inOrder(thought("Hm."), spoken("Yes."), called(ASK), called(MEASURE)));
    }

    @Test
    void emptyTextsAreNoPassages() {
        assertThat(new Message.Assistant("", Optional.of(""), List.of(), StopReason.END_OF_TURN).passages())
                .isEmpty();
    }

    @Test
    void callsOfOneIdAreRefusedWhereverTheyStand() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> inOrder(called(ASK), spoken("And"), called(call(ASK.callId(), "measure"))))
                .withMessageContaining("call_1");
    }
}
