package dev.parley.application.port;

import static dev.parley.domain.Owner.SOLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.testing.AgentFixture;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.tool.WantedGroups;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Touchpoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a server without tools, shields and stores says to those who ask for them. */
class NothingConfiguredTest {

    private static final Cancellation CANCELLATION = new Cancellation();

    @Test
    void withoutToolsNoGroupIsOfferedAndNoCallIsRun() {
        assertThat(Tools.NONE.offered(Caller.of(SOLE), WantedGroups.NONE, CANCELLATION))
                .isEmpty();

        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> Tools.NONE.offered(
                        Caller.of(SOLE),
                        new WantedGroups(List.of(new ToolGroup("builtin::websearch", Optional.empty())), List.of()),
                        CANCELLATION));
        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.explanation()).contains("builtin::websearch", "client_tools");

        Tools.GroupCall call = new Tools.GroupCall(
                new CallForm.Grouped("builtin::websearch", "search", Optional.empty()),
                AgentFixture.tool("search"),
                new ToolCall("call_1", "search", new ToolArguments.Json("{}")));
        Tools.ToolFailed failed = catchThrowableOfType(
                Tools.ToolFailed.class,
                () -> Tools.NONE.run(Caller.of(SOLE), new Origin.InSession(new SessionId("s")), call, CANCELLATION));
        assertThat(failed.explanation()).isNotBlank();
    }

    @Test
    void whatClientsDoWellWithoutIsNotOfferedToThem() {
        List<HostedTool> wanted = Stream.of(
                        HostedKind.WEB_SEARCH, HostedKind.CODE_INTERPRETER, HostedKind.IMAGE_GENERATION)
                .map(kind -> new HostedTool(kind, "a type", "tools[0]", JsonText.EMPTY_OBJECT))
                .toList();

        assertThat(Tools.NONE.hosted(SOLE, wanted)).isEmpty();
    }

    /** Clients know what to do instead. */
    @Test
    void aShellThatAUserHasAskedForIsRefused() {
        HostedTool shell = new HostedTool(HostedKind.SHELL, "shell", "tools[3]", JsonText.EMPTY_OBJECT);

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> Tools.NONE.hosted(SOLE, List.of(shell)));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.field()).contains("tools[3]");
        assertThat(refusal.explanation()).contains("{\"type\":\"local\"}");
    }

    @Test
    void withoutShieldsNoneIsKnown() {
        assertThatNoException().isThrownBy(() -> Shields.NONE.requireKnown(SOLE, List.of(), "guardrails"));

        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> Shields.NONE.requireKnown(SOLE, List.of("llama-guard"), "guardrails"));
        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.field()).hasValue("guardrails");
        assertThat(refusal.explanation()).contains("llama-guard");

        BrokenOff broken = catchThrowableOfType(
                BrokenOff.class,
                () -> Shields.NONE.check(SOLE, List.of("llama-guard"), Touchpoint.USER_INPUT, List.of(), CANCELLATION));
        assertThat(broken.failure().code()).isEqualTo(Failure.Code.SHIELD_FAILED);
    }

    @Test
    void withoutStoresNothingIsRetrieved() {
        BrokenOff broken = catchThrowableOfType(
                BrokenOff.class, () -> Retrieval.NONE.retrieve(SOLE, List.of("handbook"), "Hi", CANCELLATION));

        assertThat(broken.failure().code()).isEqualTo(Failure.Code.RETRIEVAL_FAILED);
    }

    @Test
    void aSliceHasNoNegativeBounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Slice(-1, OptionalInt.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Slice(0, OptionalInt.of(-1)));
        assertThatNoException().isThrownBy(() -> new Slice(0, OptionalInt.of(0)));
    }
}
