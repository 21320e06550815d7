package dev.parley.application.tool;

import static dev.parley.application.testing.ScriptedApplication.LIMITS;
import static dev.parley.application.testing.ScriptedToolGroupProvider.listed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroupProvider.GroupAccess;
import dev.parley.application.port.ToolGroups;
import dev.parley.application.port.Tools;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.InMemoryToolGroups;
import dev.parley.application.testing.ScriptedToolGroupProvider;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.tool.WantedGroups;
import dev.parley.domain.turn.Origin;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What turns are offered of groups, and what their calls are run with (agents-api 5.5). */
class ServerToolsTest {

    private static final Origin ORIGIN = new Origin.InSession(new SessionId("s 1"));
    private static final Caller CALLER = Caller.of(Owner.SOLE);

    private final ScriptedToolGroupProvider web = new ScriptedToolGroupProvider("web")
            .builtIn("builtin::websearch")
            .tool("builtin::websearch", "web_search", "found");
    private final ScriptedToolGroupProvider mcp = new ScriptedToolGroupProvider("mcp")
            .tool("mcp::lab", "weigh", "140 g")
            .tool("mcp::lab", listed("remember", """
                {"type":"object","properties":{"session_id":{"type":"string"}}}\
                """), (_, _) -> nothing())
            .tool("mcp::shop/2", "weigh", "3 kg")
            .tool("mcp::shop/2", "pay", "paid");
    private final ToolGroups stored = new InMemoryToolGroups();
    private final RegisteredToolGroup lab = new RegisteredToolGroup(
            "mcp::lab", "mcp", Optional.empty(), Optional.of(new JsonText("{\"scale\":1,\"unit\":\"g\"}")));
    private final ServerTools tools =
            new ServerTools(new KnownGroups(stored, List.of(lab), List.of(web, mcp), LIMITS), List.of());

    ServerToolsTest() {
        register("mcp::shop/2", "mcp");
        register("mcp::dead", "mcp");
    }

    @Test
    void groupsAreOfferedInTheirOrderWithTheNamesThatModelsKnow() {
        assertThat(offered("builtin::websearch", "mcp::lab"))
                .extracting(OfferedTool::name)
                .containsExactly("brave_search", "weigh", "remember");
        assertThat(offered("builtin::websearch").getFirst().form())
                .isEqualTo(new CallForm.Grouped("builtin::websearch", "web_search", Optional.empty()));
    }

    @Test
    void oneToolIsOfferedUnderItsOwnName() {
        assertThat(offered("builtin::websearch/web_search", "mcp::shop/2/pay", "mcp::lab/weigh"))
                .extracting(OfferedTool::name)
                .containsExactly("brave_search", "pay", "weigh");
    }

    @Test
    void aToolThatIsNamedTwiceIsOfferedOnce() {
        assertThat(offered("mcp::shop/2", "mcp::shop/2/pay"))
                .extracting(OfferedTool::name)
                .containsExactly("weigh", "pay");
        assertThat(mcp.accesses()).hasSize(1);
    }

    @Test
    void theArgumentsOfAgentAndTurnAreKeptWithEachToolOfTheirGroup() {
        WantedGroups wanted = new WantedGroups(
                List.of(group("mcp::lab/weigh", "{\"a\":1}"), group("mcp::shop/2", "{\"b\":1}")),
                List.of(group("mcp::lab", null), group("mcp::shop/2/pay", "{\"b\":2}")));

        assertThat(tools.offered(CALLER, wanted, new Cancellation()))
                .extracting(OfferedTool::form)
                .containsExactly(
                        form("mcp::lab", "weigh", "{\"a\":1}"),
                        form("mcp::lab", "remember", "{\"a\":1}"),
                        form("mcp::shop/2", "pay", "{\"b\":2}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing | There is no tool group 'nothing'; the tool groups are [mcp::lab, builtin::websearch,"
                        + " mcp::dead, mcp::shop/2]",
                "nothing/at all | There is no tool group 'nothing/at all'; the tool groups are",
                "mcp::lab/pay | There is no tool 'mcp::lab/pay'; the tools of that group are [weigh, remember]",
                "mcp::dead | The tool group 'mcp::dead' can't say which tools it has: it does not answer.",
            })
    void whatCantBeHadIsRefusedWithWhatThereIs(String name, String explanation) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> offered(name));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.field()).contains("toolgroups");
        assertThat(refusal.explanation()).startsWith(explanation);
    }

    @Test
    void twoGroupsWithToolsOfOneNameAreRefused() {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> offered("mcp::lab", "mcp::shop/2"));

        assertThat(refusal.explanation()).contains("[mcp::lab, mcp::shop/2]", "'weigh'");
    }

    @Test
    void groupsOfAnotherOwnerAreNone() {
        Caller other = Caller.of(new Owner("somebody else"));

        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> tools.offered(other, wanted("mcp::shop/2"), new Cancellation()));

        assertThat(refusal.explanation()).contains("[mcp::lab, builtin::websearch]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"what\":1} | | {\"what\":1,\"scale\":1,\"unit\":\"g\"}",
                "{\"unit\":\"kg\"} | | {\"unit\":\"g\",\"scale\":1}",
                "{\"unit\":\"kg\"} | {\"scale\":2} | {\"unit\":\"g\",\"scale\":2}",
            })
    void theGroupsArgumentsWinOverTheModelsAndTheTurnsOverTheGroups(String model, String turn, String run)
            throws Tools.ToolFailed {
        tools.run(CALLER, ORIGIN, call("mcp::lab", "weigh", model, turn), new Cancellation());

        assertThat(mcp.calls()).containsExactly(new ToolCall("c", "weigh", new ToolArguments.Json(run)));
    }

    @Test
    void whatTheModelWroteIsLeftAsItIsWhereNothingIsAdded() throws Tools.ToolFailed {
        tools.run(CALLER, ORIGIN, call("mcp::shop/2", "pay", "{ \"sum\" : 1.10 }", null), new Cancellation());

        assertThat(mcp.calls().getFirst().arguments().text()).isEqualTo("{ \"sum\" : 1.10 }");
    }

    @Test
    void aToolThatHasAParameterForTheSessionGetsIt() throws Tools.ToolFailed {
        OfferedTool remember = offered("mcp::lab/remember").getFirst();
        for (String model : List.of("{}", "{\"session_id\":\"mine\"}")) {
            tools.run(
                    CALLER,
                    ORIGIN,
                    new Tools.GroupCall(
                            (CallForm.Grouped) remember.form(),
                            remember.definition(),
                            new ToolCall("c", "remember", new ToolArguments.Json(model))),
                    new Cancellation());
        }

        assertThat(mcp.calls())
                .extracting(call -> call.arguments().text())
                .containsExactly(
                        "{\"session_id\":\"s 1\",\"scale\":1,\"unit\":\"g\"}",
                        "{\"session_id\":\"mine\",\"scale\":1,\"unit\":\"g\"}");
    }

    @Test
    void aCallIsRunUnderTheToolsOwnNameWithTheGroupAndTheKeys() throws Tools.ToolFailed {
        Caller withKeys = new Caller(Owner.SOLE, Optional.of(new JsonText("{\"key\":\"secret\"}")));
        OfferedTool offered = tools.offered(withKeys, wanted("builtin::websearch"), new Cancellation())
                .getFirst();
        Tools.GroupCall call = new Tools.GroupCall(
                (CallForm.Grouped) offered.form(),
                offered.definition(),
                new ToolCall("c", "brave_search", new ToolArguments.Json("{}")));

        tools.run(withKeys, ORIGIN, call, new Cancellation());

        assertThat(web.calls()).extracting(ToolCall::toolName).containsExactly("web_search");
        assertThat(web.accesses())
                .hasSize(2)
                .containsOnly(
                        new GroupAccess(RegisteredToolGroup.builtIn("builtin::websearch", "web"), withKeys.keys()));
        assertThat(withKeys.toString() + web.accesses()).doesNotContain("secret");
    }

    @Test
    void aGroupThatIsGoneSaysSoToTheModel() {
        stored.unregister(Owner.SOLE, "mcp::shop/2");
        register("mcp::orphan", "a provider of long ago");

        assertThat(failure("mcp::shop/2", "pay")).contains("'mcp::shop/2' was unregistered");
        assertThat(failure("mcp::orphan", "pay")).contains("no provider 'a provider of long ago'");
        assertThat(failure("mcp::dead", "pay")).contains("there is no tool 'pay'");
    }

    @Test
    void aDeclaredGroupTakesThePlaceOfTheProvidersAndHidesARegisteredOne() {
        RegisteredToolGroup mine = new RegisteredToolGroup(
                "builtin::websearch", "web", Optional.empty(), Optional.of(new JsonText("{\"limit\":3}")));
        register("builtin::websearch", "mcp");

        KnownGroups groups = new KnownGroups(stored, List.of(mine), List.of(web, mcp), LIMITS);

        assertThat(groups.find(Owner.SOLE, "builtin::websearch")).contains(mine);
        assertThat(groups.ids(Owner.SOLE)).containsExactly("builtin::websearch", "mcp::dead", "mcp::shop/2");
    }

    @Test
    void whatContradictsItselfDoesNotStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KnownGroups(stored, List.of(), List.of(web, web), LIMITS))
                .withMessageContaining("called web");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KnownGroups(stored, List.of(lab), List.of(web), LIMITS))
                .withMessageContaining("mcp::lab names the provider 'mcp'; this server has the providers [web]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KnownGroups(stored, List.of(lab, lab), List.of(mcp), LIMITS))
                .withMessageContaining("id mcp::lab");
    }

    private void register(String id, String provider) {
        stored.register(Owner.SOLE, new ToolGroups.Registration(RegisteredToolGroup.builtIn(id, provider), List.of()));
    }

    private List<OfferedTool> offered(String... names) {
        return tools.offered(CALLER, wanted(names), new Cancellation());
    }

    private static WantedGroups wanted(String... names) {
        return new WantedGroups(Stream.of(names).map(name -> group(name, null)).toList(), List.of());
    }

    /** What no provider should bring, but some do. */
    @SuppressWarnings("NullAway") // that is the point
    private static Tools.Output nothing() {
        return null;
    }

    private static ToolGroup group(String name, @Nullable String args) {
        return new ToolGroup(name, Optional.ofNullable(args).map(JsonText::new));
    }

    private static CallForm form(String group, String tool, String args) {
        return new CallForm.Grouped(group, tool, Optional.of(new JsonText(args)));
    }

    private static Tools.GroupCall call(String group, String tool, String model, @Nullable String turn) {
        return new Tools.GroupCall(
                new CallForm.Grouped(group, tool, Optional.ofNullable(turn).map(JsonText::new)),
                AgentFixture.tool(tool),
                new ToolCall("c", tool, new ToolArguments.Json(model)));
    }

    private String failure(String group, String tool) {
        return catchThrowableOfType(
                        Tools.ToolFailed.class,
                        () -> tools.run(CALLER, ORIGIN, call(group, tool, "{}", null), new Cancellation()))
                .explanation();
    }
}
