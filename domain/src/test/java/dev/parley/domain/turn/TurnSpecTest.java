package dev.parley.domain.turn;

import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.serverTool;
import static dev.parley.domain.turn.SpecFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.Refusal;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolChoice;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

class TurnSpecTest {

    @Test
    void twoToolsMayNotShareAName() {
        assertRefused(spec().tools(clientTool("search"), serverTool("search")), "tools")
                .withMessageContaining("'search'");
    }

    @Test
    void theChosenToolMustBeOffered() {
        assertRefused(
                        spec().tools(clientTool("ask"), serverTool("search"))
                                .toolChoice(new ToolChoice.Named("measure")),
                        "tool_choice")
                .withMessageContaining("'measure'")
                .withMessageContaining("[ask, search]");
    }

    @Test
    void aTurnMayInferAtLeastOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec().maxInferenceSteps(0).build())
                .withMessageContaining("0");
    }

    @Test
    void withOtherToolsItIsCheckedAgain() {
        TurnSpec spec = spec().tools(clientTool("ask"))
                .toolChoice(new ToolChoice.Named("ask"))
                .build();
        OfferedTool search = serverTool("search");

        assertThat(spec.withTools(List.of(clientTool("ask"), search)).tools())
                .containsExactly(clientTool("ask"), search);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> spec.withTools(List.of(search)))
                .withMessageContaining("'ask'");
    }

    @Test
    void toolsAreFoundByName() {
        OfferedTool search = serverTool("search");
        TurnSpec spec = spec().tools(clientTool("ask"), search).build();

        assertThat(spec.tool("search")).hasValue(search);
        assertThat(spec.tool("made_up")).isEmpty();
    }

    private static ThrowableAssertAlternative<Refusal> assertRefused(SpecFixture spec, String field) {
        return assertThatExceptionOfType(Refusal.class).isThrownBy(spec::build).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
            assertThat(refusal.field()).hasValue(field);
        });
    }
}
