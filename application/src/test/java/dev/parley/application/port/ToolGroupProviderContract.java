package dev.parley.application.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.ToolGroupProvider.GroupAccess;
import dev.parley.application.testing.StoreScene;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.ToolCall;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What everybody does who has groups of tools. */
public abstract class ToolGroupProviderContract {

    private final Owner owner = StoreScene.someOwner();
    private ToolGroupProvider provider;

    protected abstract ToolGroupProvider provider();

    /** A group that can say which tools it has, of which there is at least one. */
    protected abstract RegisteredToolGroup group();

    /** A group whose tools can't be had; empty where there is none such. */
    protected abstract Optional<RegisteredToolGroup> brokenGroup();

    /** A call of a tool of the group, under its own name, that has a result. */
    protected abstract ToolCall working();

    /** A call of a tool of the group that has none, whatever the reason. */
    protected abstract ToolCall failing();

    @BeforeEach
    final void open() {
        provider = provider();
    }

    @Test
    void groupsNameItByAnId() {
        assertThat(provider.id()).isNotBlank().isEqualTo(provider.id());
    }

    @Test
    void aGroupListsItsToolsOnceEachAndAlwaysInOneOrder() throws Tools.ToolFailed {
        List<ListedTool> listed = provider.list(owner, access(group()), new Cancellation());

        assertThat(listed)
                .extracting(ListedTool::name)
                .doesNotHaveDuplicates()
                .contains(working().toolName());
        assertThat(listed)
                .allSatisfy(tool ->
                        assertThat(tool.inputSchema().text()).startsWith("{").endsWith("}"));
        assertThat(provider.list(owner, access(group()), new Cancellation())).isEqualTo(listed);
    }

    @Test
    void aGroupThatCantSaySaysWhy() {
        brokenGroup().ifPresent(broken -> {
            Tools.ToolFailed failed = catchThrowableOfType(
                    Tools.ToolFailed.class, () -> provider.list(owner, access(broken), new Cancellation()));

            assertThat(failed.explanation()).isNotBlank();
        });
    }

    @Test
    void aCallHasAResult() throws Tools.ToolFailed {
        Tools.Output output = provider.run(owner, access(group()), working(), new Cancellation());

        assertThat(output.content().parts()).isNotEmpty();
    }

    @Test
    void aToolWithoutAResultSaysWhy() {
        Tools.ToolFailed failed = catchThrowableOfType(
                Tools.ToolFailed.class, () -> provider.run(owner, access(group()), failing(), new Cancellation()));

        assertThat(failed.explanation()).isNotBlank();
    }

    @Test
    void whatWasCalledOffIsNotRun() {
        Cancellation cancellation = new Cancellation();
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        Tools.ToolFailed failed = catchThrowableOfType(
                Tools.ToolFailed.class, () -> provider.run(owner, access(group()), working(), cancellation));

        assertThat(failed.explanation()).isNotBlank();
    }

    @Test
    void keysAreNeverPrinted() {
        GroupAccess access = new GroupAccess(group(), Optional.of(new JsonText("{\"key\":\"secret\"}")));

        assertThat(access.toString()).doesNotContain("secret");
    }

    private static GroupAccess access(RegisteredToolGroup group) {
        return new GroupAccess(group, Optional.empty());
    }
}
