package dev.parley.domain.turn;

import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.definition;
import static dev.parley.domain.tool.ToolFixture.hostedTool;
import static dev.parley.domain.tool.ToolFixture.serverTool;
import static dev.parley.domain.turn.SpecFixture.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.Refusal;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolSide;
import java.util.List;
import java.util.Optional;
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

    @Test
    void aToolOfThisServerIsChosenAsItsClientKnowsIt() {
        OfferedTool ask = clientTool("ask");
        OfferedTool find = ofServer("docs", "find");
        OfferedTool read = ofServer("docs", "read");
        OfferedTool findElsewhere = ofServer("more", "find");
        TurnSpec spec =
                spec().tools(ask, find, read, findElsewhere, hostedTool("look")).build();

        ToolChoice one = new ToolChoice.Hosted(HostedKind.MCP, Optional.of("docs"), Optional.of("find"));
        assertThat(spec.offered(one)).containsExactly(find);
        assertThat(spec.inNamesOfTheModel(one)).isEqualTo(new ToolChoice.Named("docs__find"));

        ToolChoice any = new ToolChoice.Hosted(HostedKind.MCP, Optional.of("docs"), Optional.empty());
        assertThat(spec.offered(any)).containsExactly(find, read);
        assertThat(spec.inNamesOfTheModel(any)).isEqualTo(new ToolChoice.Required());

        ToolChoice byKind = new ToolChoice.Hosted(HostedKind.WEB_SEARCH, Optional.empty(), Optional.empty());
        assertThat(spec.offered(byKind)).containsExactly(hostedTool("look"));
        assertThat(spec.inNamesOfTheModel(byKind)).isEqualTo(new ToolChoice.Named("look"));

        ToolChoice absent = new ToolChoice.Hosted(HostedKind.CODE_INTERPRETER, Optional.empty(), Optional.empty());
        assertThat(spec.offered(absent)).isEqualTo(spec.tools());
        assertThat(spec.inNamesOfTheModel(absent)).isEqualTo(new ToolChoice.Auto());
    }

    @Test
    void otherChoicesStayAsTheyAre() {
        TurnSpec spec = spec().tools(clientTool("ask")).build();

        for (ToolChoice choice : List.of(
                new ToolChoice.Auto(), new ToolChoice.Required(), new ToolChoice.None(), new ToolChoice.Named("ask"))) {
            assertThat(spec.inNamesOfTheModel(choice)).isEqualTo(choice);
            assertThat(spec.offered(choice)).isEqualTo(choice instanceof ToolChoice.None ? List.of() : spec.tools());
        }
    }

    private static OfferedTool ofServer(String label, String name) {
        return new OfferedTool(
                definition(label + "__" + name),
                ToolSide.SERVER,
                new CallForm.Hosted(HostedKind.MCP, Optional.of(label), name));
    }

    private static ThrowableAssertAlternative<Refusal> assertRefused(SpecFixture spec, String field) {
        return assertThatExceptionOfType(Refusal.class).isThrownBy(spec::build).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
            assertThat(refusal.field()).hasValue(field);
            assertThat(refusal.reason()).hasValue(Refusal.Reason.INVALID_VALUE);
        });
    }
}
