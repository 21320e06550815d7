package dev.parley.domain.turn;

import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.shell;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.TermsFixture.terms;
import static dev.parley.domain.turn.TurnFixture.TURN;
import static dev.parley.domain.turn.TurnFixture.responseTurn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ShellOutput;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A shell that this server runs, as a client is told of it: by a call and its answer. */
class ShellItemsTest {

    private static final CallForm.Hosted FORM =
            new CallForm.Hosted(HostedKind.SHELL, Optional.empty(), Shell.NAME, Optional.of("cntr_1"));
    private static final ToolCall LIST = call("call_1", Shell.NAME, "{\"commands\":[\"ls\"]}");
    private static final ToolCall AGAIN = call("call_1", Shell.NAME, "{\"commands\":[\"pwd\"]}");
    private static final String FILES = "{\"output\":[]}";

    @Test
    void aCallIsFollowedByWhatItHasComeTo() {
        Turn turn = play(terms()).calls(LIST).toolRuns(FILES).turn();

        assertThat(TurnItems.output(turn)).containsExactly(called(1, LIST), answered(1, FILES, ItemStatus.COMPLETED));
    }

    @Test
    void theCallIsWholeWhileItRuns() {
        Turn turn = play(terms()).calls(LIST).turn();

        assertThat(TurnItems.output(turn)).isEmpty();
        assertThat(TurnItems.runAs(turn, LIST)).contains(FORM);
        assertThat(TurnItems.running(turn, LIST))
                .containsExactly(called(1, LIST), answered(1, FILES, ItemStatus.IN_PROGRESS));
    }

    @Test
    void whatCouldNotBeRunIsAnsweredAsWell() {
        String why = ShellOutput.failed("no container").members().text();
        ToolResponse failed = new ToolResponse(
                LIST.callId(),
                Shell.NAME,
                ShellOutput.failed("no container").content(),
                Optional.empty(),
                List.of(),
                true);

        assertThat(TurnItems.output(play(terms()).calls(LIST).toolRuns(failed).turn()))
                .containsExactly(called(1, LIST), answered(1, why, ItemStatus.COMPLETED));
    }

    /** Clients take no two calls of one id. */
    @Test
    void callsThatShareAnIdOfTheModelHaveIdsOfTheirOwn() {
        Turn turn = play(terms())
                .calls(LIST)
                .losesAStep()
                .toolRuns(FILES)
                .calls(AGAIN)
                .toolRuns(FILES)
                .turn();

        assertThat(TurnItems.output(turn))
                .containsExactly(
                        called(2, LIST),
                        answered(2, FILES, ItemStatus.COMPLETED),
                        called(4, AGAIN),
                        answered(4, FILES, ItemStatus.COMPLETED));
    }

    @Test
    void beyondTheLimitOfTheClientNothingIsTold() {
        TurnPlay play = play(terms().maxToolCalls(1))
                .calls(LIST, call("call_2", Shell.NAME))
                .toolRuns(FILES);

        assertThat(TurnItems.running(play.turn(), call("call_2", Shell.NAME))).isEmpty();
        assertThat(TurnItems.output(play.toolRuns("the limit is reached").turn()))
                .hasSize(2);
    }

    @Test
    void besideCallsForTheClientTheModelIsShownBothAnswers() {
        Turn mixed = play(terms()).calls(MEASURE, LIST).toolRuns(FILES).turn();

        assertThat(mixed.state()).isInstanceOf(TurnState.Completed.class);
        assertThat(TurnItems.output(mixed))
                .hasSize(3)
                .endsWith(called(1, LIST), answered(1, FILES, ItemStatus.COMPLETED));
    }

    @Test
    void thereIsNoOneItemForBoth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Item.Hosted.unasked(new ItemId("sh_1"), FORM, LIST, Optional.empty(), ItemStatus.IN_PROGRESS))
                .withMessageContaining("sh_1");
    }

    private static TurnPlay play(TermsFixture terms) {
        return TurnPlay.of(responseTurn(SpecFixture.response()
                .tools(clientTool("measure"), shell("cntr_1"))
                .terms(terms.build())
                .build()));
    }

    private static Item called(int step, ToolCall call) {
        return new Item.Called(
                ItemId.ofOutput("sh", TURN, step, 0),
                FORM,
                new ToolCall("call_%so%02xn00".formatted(TURN.hex(), step), call.toolName(), call.arguments()),
                ItemStatus.COMPLETED);
    }

    private static Item answered(int step, String members, ItemStatus status) {
        return new Item.Answered(
                ItemId.ofOutput("sho", TURN, step, 1),
                CallKind.SHELL,
                "call_%so%02xn00".formatted(TURN.hex(), step),
                new CallOutput.Members(new JsonText(members)),
                status);
    }
}
