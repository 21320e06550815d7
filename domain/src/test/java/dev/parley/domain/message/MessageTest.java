package dev.parley.domain.message;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.message.MessageFixture.thinks;
import static dev.parley.domain.tool.ToolFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MessageTest {

    /** Two calls of one id could never be answered each for itself. */
    @Test
    void theCallsOfOneMessageHaveIdsOfTheirOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> calls(call("call_0", "ask"), call("call_0", "measure")))
                .withMessageContaining("call_0");
    }

    @Test
    void withoutReasoningEverythingElseStays() {
        assertThat(thinks("Hm.", "Yes.").withoutReasoning()).isEqualTo(says("Yes."));
        assertThat(says("Yes.").withoutReasoning()).isEqualTo(says("Yes."));
    }
}
