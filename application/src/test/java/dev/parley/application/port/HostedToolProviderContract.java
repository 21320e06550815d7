package dev.parley.application.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.testing.StoreScene;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolSide;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What everybody does who runs tools that clients of the Responses API name by their types. */
public abstract class HostedToolProviderContract {

    private static final Tools.Progress UNTOLD = _ -> {};

    private final Owner owner = StoreScene.someOwner();
    private HostedToolProvider provider;

    protected abstract HostedToolProvider provider();

    /** A tool that can be had. */
    protected abstract Tools.Access declared();

    /** A tool that can't be had for what the client has declared; empty where there is nothing to be refused. */
    protected abstract Optional<HostedTool> refused();

    /** A call of it that has a result. */
    protected abstract Tools.HostedCall working();

    /** A call of it that has none, whatever the reason. */
    protected abstract Tools.HostedCall failing();

    @BeforeEach
    final void open() {
        provider = provider();
    }

    @Test
    void itRunsTheKindsThatItSays() {
        assertThat(provider.kinds()).contains(declared().tool().kind());
    }

    @Test
    void aToolIsOfferedAsTheServersAndAServerOfToolsIsListed() throws Tools.ToolFailed {
        List<OfferedTool> offered = provider.offered(owner, declared().tool());

        if (declared().tool().server().isPresent()) {
            assertThat(offered).isEmpty();
            List<ListedTool> listed = provider.list(owner, declared(), new Cancellation());
            assertThat(listed)
                    .extracting(ListedTool::name)
                    .doesNotHaveDuplicates()
                    .contains(working().form().name());
            assertThat(provider.list(owner, declared(), new Cancellation())).isEqualTo(listed);
        } else {
            assertThat(offered).isNotEmpty();
            assertThat(offered).extracting(OfferedTool::name).doesNotHaveDuplicates();
            assertThat(offered).allSatisfy(tool -> {
                assertThat(tool.side()).isEqualTo(ToolSide.SERVER);
                assertThat(tool.form())
                        .isInstanceOfSatisfying(
                                CallForm.Hosted.class,
                                form -> assertThat(form.hosted())
                                        .isEqualTo(declared().tool().kind()));
            });
        }
    }

    @Test
    void whatCantBeHadIsRefusedWithTheFieldThatIsToBlame() {
        refused().ifPresent(tool -> {
            Refusal refusal = catchThrowableOfType(Refusal.class, () -> provider.offered(owner, tool));

            assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
            assertThat(refusal.field())
                    .hasValueSatisfying(field -> assertThat(field).startsWith(tool.field()));
            assertThat(refusal.explanation()).isNotBlank();
        });
    }

    @Test
    void aCallHasAResult() throws Tools.ToolFailed {
        Tools.Output output = provider.run(owner, working(), UNTOLD, new Cancellation());

        assertThat(output.content().parts()).isNotEmpty();
    }

    @Test
    void aToolWithoutAResultSaysWhy() {
        Tools.ToolFailed failed = catchThrowableOfType(
                Tools.ToolFailed.class, () -> provider.run(owner, failing(), UNTOLD, new Cancellation()));

        assertThat(failed.explanation()).isNotBlank();
    }

    @Test
    void whatWasCalledOffIsNotRun() {
        Cancellation cancellation = new Cancellation();
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        Tools.ToolFailed failed = catchThrowableOfType(
                Tools.ToolFailed.class, () -> provider.run(owner, working(), UNTOLD, cancellation));

        assertThat(failed.explanation()).isNotBlank();
    }
}
