package dev.parley.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallIdsTest {

    private static final String APPROVAL = "mcpr_0123456789abcdef0123456789abcdefo01n00";

    @Test
    void anIdThatIsNotTooLongIsSentAsItIs() {
        for (String id : List.of("", "call_1", "x".repeat(40))) {
            assertThat(CallIds.sent(id)).isEqualTo(id);
        }
    }

    @Test
    void anIdThatIsTooLongIsAlwaysSentAsTheSameShorterOne() {
        assertThat(CallIds.sent(APPROVAL))
                .isEqualTo(CallIds.sent(APPROVAL))
                .matches("call_[0-9a-f]{32}")
                .isNotEqualTo(CallIds.sent(APPROVAL.replace("n00", "n01")));
    }

    @Test
    void noIdOccursTwice() {
        CallIds ids = after(APPROVAL);

        assertThat(ids.claim("call_1")).isEqualTo("call_1");
        assertThat(List.of(
                        ids.claim("call_1"), ids.claim(APPROVAL), ids.claim(CallIds.sent(APPROVAL)), ids.claim(null)))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[A-Za-z0-9]{9}"));
    }

    private static CallIds after(String callId) {
        ToolCall call = new ToolCall(callId, "erase", new ToolArguments.Json("{}"));
        return new CallIds(
                new InferenceRequest(
                        "a-model",
                        List.of(new Message.Assistant("", Optional.empty(), List.of(call), StopReason.END_OF_TURN)),
                        List.of(),
                        new ToolChoice.Auto(),
                        Sampling.DEFAULT,
                        Optional.empty()),
                new Random(42));
    }
}
