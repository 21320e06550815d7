package dev.parley.application.tool;

import static dev.parley.application.testing.ScriptedApplication.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroupProvider.GroupAccess;
import dev.parley.application.port.ToolGroups;
import dev.parley.application.port.Tools;
import dev.parley.application.port.Tools.Output;
import dev.parley.application.testing.InMemoryToolGroups;
import dev.parley.application.testing.ScriptedToolGroupProvider;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.RegisteredToolGroup;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Groups that are registered, looked at and invoked over the wire (agents-api 9.1). */
class ToolGroupUseCasesTest {

    private static final Caller CALLER = new Caller(Owner.SOLE, Optional.of(new JsonText("{\"key\":1}")));
    private static final String OTHER_SCHEMA = "{\"type\":\"object\",\"properties\":{\"other\":{}}}";

    private final ScriptedToolGroupProvider provider = new ScriptedToolGroupProvider("mcp")
            .builtIn("builtin::websearch")
            .tool("builtin::websearch", "web_search", "found")
            .tool("mcp::lab", "weigh", "140 g")
            .tool("mcp::lab", "fail", (_, _) -> {
                throw new Tools.ToolFailed("the scale is broken");
            })
            .tool("mcp::copy", "weigh", "140 g")
            .tool(
                    "mcp::other",
                    ScriptedToolGroupProvider.listed("weigh", OTHER_SCHEMA),
                    (_, _) -> new Output(Content.of("3 kg"), Optional.empty()));
    private final ToolGroups stored = new InMemoryToolGroups();
    private final KnownGroups groups = new KnownGroups(stored, List.of(), List.of(provider), LIMITS);
    private final ReadToolGroups read = new ReadToolGroups(groups);
    private final RegisterToolGroup register = new RegisterToolGroup(groups, read, stored);
    private final UnregisterToolGroup unregister = new UnregisterToolGroup(groups, stored);
    private final InvokeTool invoke = new InvokeTool(read, new ServerTools(groups, List.of()));

    @Test
    void aGroupIsRegisteredWithTheToolsThatItHas() {
        register("mcp::lab");

        assertThat(read.list(Owner.SOLE))
                .extracting(RegisteredToolGroup::id)
                .containsExactly("builtin::websearch", "mcp::lab");
        assertThat(read.get(Owner.SOLE, "mcp::lab").providerId()).isEqualTo("mcp");
        assertThat(stored.find(Owner.SOLE, "mcp::lab").orElseThrow().tools()).hasSize(2);
        assertThat(names(read.tools(CALLER, new Cancellation()))).containsExactly("web_search", "weigh", "fail");
        assertThat(names(read.tools(CALLER, "mcp::lab", new Cancellation()))).containsExactly("weigh", "fail");
        assertThat(provider.accesses())
                .filteredOn(access -> access.group().id().equals("mcp::lab"))
                .allSatisfy(access -> assertThat(access.keys()).isEqualTo(CALLER.keys()));
    }

    @Test
    void whoRegistersAGroupWaitsForNoOtherWhoseToolsAreKnownAndSendsItNoKeys() {
        register("mcp::copy");
        int before = provider.accesses().size();

        register("mcp::lab");

        assertThat(provider.accesses().subList(before, provider.accesses().size()))
                .containsExactly(
                        new GroupAccess(RegisteredToolGroup.builtIn("mcp::lab", "mcp"), CALLER.keys()),
                        new GroupAccess(RegisteredToolGroup.builtIn("builtin::websearch", "mcp"), Optional.empty()));
    }

    @Test
    void groupsAreAskedAtTheSameTime() {
        register("mcp::lab");
        register("mcp::copy");
        CyclicBarrier allThree = new CyclicBarrier(3);
        provider.beforeListing(_ -> meet(allThree));

        assertThat(names(read.tools(CALLER, new Cancellation())))
                .containsExactly("web_search", "weigh", "weigh", "fail");
        assertThat(provider.accesses()).as("each was asked once").hasSize(4 + 3);

        CyclicBarrier both = new CyclicBarrier(2);
        provider.beforeListing(_ -> meet(both));
        assertThat(read.tool(CALLER, "weigh", new Cancellation()).group().id()).isEqualTo("mcp::copy");
        assertThat(both.isBroken()).isFalse();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException("nobody else was asked", alone);
        }
    }

    @Test
    void aGroupThatIsNotThereHasNoTools() {
        assertThat(read.tools(CALLER, "builtin::rag/knowledge_search", new Cancellation()))
                .isEmpty();
        assertThat(catchThrowableOfType(Refusal.class, () -> read.get(Owner.SOLE, "nothing"))
                        .code())
                .isEqualTo(Refusal.Code.NOT_FOUND);
        assertThat(catchThrowableOfType(Refusal.class, () -> read.tool(CALLER, "nothing", new Cancellation()))
                        .code())
                .isEqualTo(Refusal.Code.NOT_FOUND);
    }

    @Test
    void aGroupThatCantSayWhatItHasIsNotRegistered() {
        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> register.register(
                        CALLER,
                        new RegisteredToolGroup("mcp::dead", "mcp", Optional.of("http://x"), Optional.empty()),
                        new Cancellation()));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.field()).contains("mcp_endpoint");
        assertThat(refusal.explanation()).contains("'mcp::dead'", "it does not answer");
        assertThat(stored.list(Owner.SOLE)).isEmpty();
    }

    @Test
    void aProviderThatIsNotThereIsNamed() {
        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> register.register(CALLER, RegisteredToolGroup.builtIn("a", "none"), new Cancellation()));

        assertThat(refusal.field()).contains("provider_id");
        assertThat(refusal.explanation()).contains("'none'", "[mcp]");
    }

    @Test
    void aToolsNameCanBeTakenByTheSameToolAlone() {
        register("mcp::lab");
        register("mcp::lab");
        register("mcp::copy");

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> register("mcp::other"));

        assertThat(refusal.explanation()).contains("'mcp::other'", "'weigh'", "'mcp::copy'");
    }

    @Test
    void aGroupThatIsEverybodysIsNobodysToChange() {
        register("builtin::websearch");

        Refusal another = catchThrowableOfType(
                Refusal.class,
                () -> register.register(
                        CALLER,
                        new RegisteredToolGroup("builtin::websearch", "mcp", Optional.of("http://x"), Optional.empty()),
                        new Cancellation()));
        Refusal gone =
                catchThrowableOfType(Refusal.class, () -> unregister.unregister(Owner.SOLE, "builtin::websearch"));

        assertThat(another.explanation()).contains("configuration");
        assertThat(gone.explanation()).contains("configuration");
        assertThat(stored.list(Owner.SOLE)).isEmpty();
    }

    @Test
    void aGroupIsUnregisteredOnce() {
        register("mcp::lab");

        unregister.unregister(Owner.SOLE, "mcp::lab");

        assertThat(read.tools(CALLER, "mcp::lab", new Cancellation())).isEmpty();
        assertThat(catchThrowableOfType(Refusal.class, () -> unregister.unregister(Owner.SOLE, "mcp::lab"))
                        .code())
                .isEqualTo(Refusal.Code.NOT_FOUND);
    }

    @Test
    void aGroupThatCantSayAnyMoreHasTheToolsThatItWasRegisteredWith() {
        stored.register(
                Owner.SOLE,
                new ToolGroups.Registration(
                        RegisteredToolGroup.builtIn("mcp::dead", "mcp"),
                        List.of(ScriptedToolGroupProvider.listed("wake", "{}"))));

        assertThat(names(read.tools(CALLER, "mcp::dead", new Cancellation()))).containsExactly("wake");
        assertThat(catchThrowableOfType(
                                Tools.ToolFailed.class,
                                () -> invoke.invoke(CALLER, "wake", JsonText.EMPTY_OBJECT, new Cancellation()))
                        .explanation())
                .contains("there is no tool 'wake'");
    }

    @Test
    void whoWantsAToolThatIsKnownWaitsForNoOtherGroup() {
        stored.register(
                Owner.SOLE,
                new ToolGroups.Registration(RegisteredToolGroup.builtIn("mcp::a-dead-one", "mcp"), List.of()));
        register("mcp::lab");
        int before = provider.accesses().size();

        read.tool(CALLER, "weigh", new Cancellation());

        assertThat(provider.accesses().subList(before, provider.accesses().size()))
                .extracting(access -> access.group().id())
                .containsExactly("mcp::lab");
    }

    @Test
    void aToolIsInvokedByItsName() throws Tools.ToolFailed {
        register("mcp::lab");

        Output output = invoke.invoke(CALLER, "weigh", new JsonText("{\"what\":1}"), new Cancellation());
        invoke.invoke(CALLER, "brave_search", JsonText.EMPTY_OBJECT, new Cancellation());

        assertThat(output.content()).isEqualTo(Content.of("140 g"));
        assertThat(provider.calls())
                .extracting(call -> call.toolName() + call.arguments().text())
                .containsExactly("weigh{\"what\":1}", "web_search{}");
    }

    @Test
    void anInvokedToolThatFailsSaysWhyAndOneThatIsNotThereIsRefused() {
        register("mcp::lab");

        assertThat(catchThrowableOfType(
                                Tools.ToolFailed.class,
                                () -> invoke.invoke(CALLER, "fail", JsonText.EMPTY_OBJECT, new Cancellation()))
                        .explanation())
                .isEqualTo("the scale is broken");
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> invoke.invoke(CALLER, "none", JsonText.EMPTY_OBJECT, new Cancellation()));
        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.field()).contains("tool_name");
    }

    private void register(String id) {
        register.register(CALLER, RegisteredToolGroup.builtIn(id, "mcp"), new Cancellation());
    }

    private static List<String> names(List<GroupTool> tools) {
        return tools.stream().map(tool -> tool.tool().name()).toList();
    }
}
