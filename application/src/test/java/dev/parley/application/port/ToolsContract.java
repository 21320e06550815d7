package dev.parley.application.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.testing.StoreScene;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Part;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.tool.WantedGroups;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every source of server tools does. */
public abstract class ToolsContract {

    private static final Origin ORIGIN = new Origin.InSession(new SessionId("a session"));

    private static final HostedTool IMAGES =
            new HostedTool(HostedKind.IMAGE_GENERATION, "image_generation", "tools[0]", JsonText.EMPTY_OBJECT);
    private static final HostedTool SHELL = new HostedTool(
            HostedKind.SHELL, "shell", "tools[0]", new JsonText("{\"environment\":{\"type\":\"container_auto\"}}"));
    private static final String RAN_ONE =
            "\\{\"output\":\\[\\{\"stdout\":\".*\",\"stderr\":\".*\",\"outcome\":\\{[^{}]*}}](,\"max_output_length\":\\d+)?}";
    private static final Tools.Progress UNTOLD = _ -> {};

    private final Owner owner = StoreScene.someOwner();
    private Tools tools;

    protected abstract Tools tools();

    /** The name of a group of at least two tools. */
    protected abstract String group();

    /** A call of a tool of the group that has a result. */
    protected abstract ToolCall working();

    /** A call of a tool of the group that has none, whatever the reason. */
    protected abstract ToolCall failing();

    /** A declared server of tools that has at least one. */
    protected abstract Tools.Access server();

    /** A declared server of tools that can't be reached. */
    protected abstract Tools.Access brokenServer();

    /** A call of a tool of the server that has a result. */
    protected abstract Tools.HostedCall workingHosted();

    /** A call of a tool of the server that has none. */
    protected abstract Tools.HostedCall failingHosted();

    /** A call that makes an image and shows parts of it before; empty where no tool makes any. */
    protected Optional<Tools.HostedCall> drawing() {
        return Optional.empty();
    }

    /** A call of a declared shell with one command that can be run; empty where no shell is run. */
    protected Optional<Tools.HostedCall> shell() {
        return Optional.empty();
    }

    @BeforeEach
    final void open() {
        tools = tools();
    }

    @Test
    void noGroupsOfferNoTools() {
        assertThat(tools.offered(Caller.of(owner), WantedGroups.NONE, new Cancellation()))
                .isEmpty();
    }

    @Test
    void aGroupOffersItsToolsOnceEachAsTheServers() {
        List<OfferedTool> offered = offered(group());

        assertThat(offered).hasSizeGreaterThanOrEqualTo(2);
        assertThat(offered).extracting(OfferedTool::side).containsOnly(ToolSide.SERVER);
        assertThat(offered)
                .extracting(OfferedTool::name)
                .doesNotHaveDuplicates()
                .contains(working().toolName());
        assertThat(offered(group())).isEqualTo(offered);
    }

    @Test
    void oneToolOfAGroupCanBeHadAlone() {
        String name = working().toolName();

        assertThat(offered(group() + "/" + name)).extracting(OfferedTool::name).containsExactly(name);
    }

    @Test
    void whatDoesNotExistIsRefusedByName() {
        for (String name : List.of("no-such-group", group() + "/no-such-tool")) {
            Refusal refusal = catchThrowableOfType(Refusal.class, () -> offered(name));

            assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
            assertThat(refusal.explanation()).contains(name);
        }
    }

    @Test
    void aCallHasAResult() throws Tools.ToolFailed {
        Tools.Output output = tools.run(Caller.of(owner), ORIGIN, grouped(working()), new Cancellation());

        assertThat(output.content().parts()).isNotEmpty();
    }

    @Test
    void aToolWithoutAResultSaysWhyToTheModel() {
        Tools.ToolFailed failed = catchThrowableOfType(
                Tools.ToolFailed.class,
                () -> tools.run(Caller.of(owner), ORIGIN, grouped(failing()), new Cancellation()));

        assertThat(failed.explanation()).isNotBlank();
    }

    @Test
    void whatAServerOfToolsHasIsListedAndNotOffered() throws Tools.ToolFailed {
        assertThat(tools.hosted(owner, List.of(server().tool()))).isEmpty();

        List<ListedTool> listed = tools.list(owner, server(), new Cancellation());

        assertThat(listed)
                .extracting(ListedTool::name)
                .doesNotHaveDuplicates()
                .contains(workingHosted().form().name());
        assertThat(tools.list(owner, server(), new Cancellation())).isEqualTo(listed);
    }

    @Test
    void aServerOfToolsThatCantSaySaysWhy() {
        Tools.ToolFailed failed = catchThrowableOfType(
                Tools.ToolFailed.class, () -> tools.list(owner, brokenServer(), new Cancellation()));

        assertThat(failed.explanation()).isNotBlank();
    }

    @Test
    void aCallOfADeclaredToolHasAResult() throws Tools.ToolFailed {
        Tools.Output output = tools.runHosted(owner, workingHosted(), UNTOLD, new Cancellation());

        assertThat(output.content().parts()).isNotEmpty();
    }

    @Test
    void anImageIsThereForTheClientAndInWordsForTheModel() throws Tools.ToolFailed {
        Optional<Tools.HostedCall> drawing = drawing();
        if (drawing.isEmpty()) {
            assertThat(tools.hosted(owner, List.of(IMAGES)))
                    .as("tools that can make an image say with which call")
                    .isEmpty();
            return;
        }
        List<Delta.PartialImage> parts = new ArrayList<>();

        Tools.Output output = tools.runHosted(owner, drawing.get(), parts::add, new Cancellation());

        assertThat(parts)
                .isNotEmpty()
                .allSatisfy(part -> assertThat(part.base64()).isBase64());
        assertThat(output.metadata().orElseThrow().text()).contains("\"result\":");
        assertThat(output.content().parts()).isNotEmpty().hasOnlyElementsOfType(Part.Text.class);
    }

    @Test
    void aShellIsTheFunctionThatModelsKnowAndAnswersAsClientsDo() throws Tools.ToolFailed {
        Optional<Tools.HostedCall> shell = shell();
        if (shell.isEmpty()) {
            assertThatExceptionOfType(Refusal.class)
                    .as("who has asked for a shell is told that there is none; tools that run one say with which call")
                    .isThrownBy(() -> tools.hosted(owner, List.of(SHELL)));
            return;
        }
        Tools.HostedCall call = shell.get();

        List<OfferedTool> offered = tools.hosted(owner, List.of(call.access().tool()));
        Tools.Output output = tools.runHosted(owner, call, UNTOLD, new Cancellation());

        assertThat(offered).singleElement().satisfies(tool -> {
            ToolDefinition own = tool.definition();
            assertThat(own).isEqualTo(Shell.function(own.description().orElseThrow()));
            assertThat(tool.side()).isEqualTo(ToolSide.SERVER);
            assertThat(tool.form()).isEqualTo(call.form());
        });
        assertThat(call.form().containerId()).as("clients are told where").isPresent();
        assertThat(output.content().text()).matches(RAN_ONE);
    }

    @Test
    void aDeclaredToolWithoutAResultSaysWhyToTheModel() {
        Tools.ToolFailed failed = catchThrowableOfType(
                Tools.ToolFailed.class, () -> tools.runHosted(owner, failingHosted(), UNTOLD, new Cancellation()));

        assertThat(failed.explanation()).isNotBlank();
    }

    private List<OfferedTool> offered(String name) {
        return tools.offered(
                Caller.of(owner),
                new WantedGroups(List.of(new ToolGroup(name, Optional.empty())), List.of()),
                new Cancellation());
    }

    private Tools.GroupCall grouped(ToolCall call) {
        OfferedTool offered = offered(group()).stream()
                .filter(tool -> tool.name().equals(call.toolName()))
                .findFirst()
                .orElseThrow();
        return new Tools.GroupCall((CallForm.Grouped) offered.form(), offered.definition(), call);
    }
}
