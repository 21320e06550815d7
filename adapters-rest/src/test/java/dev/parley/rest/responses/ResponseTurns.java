package dev.parley.rest.responses;

import static dev.parley.domain.turn.TurnFixture.STARTED_AT;
import static dev.parley.domain.turn.TurnFixture.TURN;

import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolFixture;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.turn.ApprovalFixture;
import dev.parley.domain.turn.Approvals;
import dev.parley.domain.turn.ClientToolPolicy;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns of the Responses API, for tests: with a tool of every form, and nothing asked for until told otherwise. */
final class ResponseTurns {

    static final JsonText ECHO = new JsonText("{\"model\":\"a-model\",\"service_tier\":\"auto\"}");

    static final List<OfferedTool> TOOLS = List.of(
            client("measure", new CallForm.Function("measure", Optional.empty())),
            client("body__weigh", new CallForm.Function("weigh", Optional.of("body"))),
            client("write", new CallForm.Custom("write", Optional.empty())),
            client("run", new CallForm.ClientBuiltIn(CallKind.LOCAL_SHELL)),
            client("run_all", new CallForm.ClientBuiltIn(CallKind.SHELL)),
            client("patch", new CallForm.ClientBuiltIn(CallKind.APPLY_PATCH)),
            client("click", new CallForm.ClientBuiltIn(CallKind.COMPUTER)),
            hosted("file_search", HostedKind.FILE_SEARCH, Optional.empty()),
            hosted("web_search", HostedKind.WEB_SEARCH, Optional.empty()),
            hosted("docs__find", HostedKind.MCP, Optional.of("docs")),
            hosted("python", HostedKind.CODE_INTERPRETER, Optional.empty()),
            hosted("draw", HostedKind.IMAGE_GENERATION, Optional.empty()),
            ToolFixture.shell("cntr_1"));

    private boolean background;
    private boolean summarised;
    private Optional<Integer> maxToolCalls = Optional.empty();
    private Optional<Integer> compactAt = Optional.empty();
    private JsonText echo = ECHO;
    private Map<String, String> metadata = Map.of();
    private List<OfferedTool> tools = TOOLS;
    private List<HostedTool> hosted = List.of();
    private List<Item> given = List.of();
    private Origin origin = new Origin.AfterTurn(Optional.empty());
    private List<String> outputShields = List.of();

    private ResponseTurns() {}

    static ResponseTurns response() {
        return new ResponseTurns();
    }

    ResponseTurns inBackground() {
        background = true;
        return this;
    }

    ResponseTurns summarised() {
        summarised = true;
        return this;
    }

    ResponseTurns maxToolCalls(int most) {
        maxToolCalls = Optional.of(most);
        return this;
    }

    ResponseTurns compactAt(int tokens) {
        compactAt = Optional.of(tokens);
        return this;
    }

    ResponseTurns echo(String json) {
        echo = new JsonText(json);
        return this;
    }

    ResponseTurns metadata(Map<String, String> labels) {
        metadata = labels;
        return this;
    }

    /** With a server of tools, of which it is not known yet what it has. */
    ResponseTurns server(String label, Approval approval) {
        hosted = List.of(ToolFixture.server(label, approval));
        return this;
    }

    /** Without any of the tools. */
    ResponseTurns withoutTools() {
        tools = List.of();
        return this;
    }

    /** Where the client has agreed to a call, or not. */
    ResponseTurns decides(Item.Asked asked, boolean approved) {
        given = Approvals.resolved(List.of(asked), List.of(ApprovalFixture.decided(asked, approved, Optional.empty())));
        return this;
    }

    ResponseTurns after(Origin place) {
        origin = place;
        return this;
    }

    ResponseTurns outputShields(String... shields) {
        outputShields = List.of(shields);
        return this;
    }

    /** The turn, just begun. */
    Turn turn() {
        Item asked = new Item.Said(
                ItemId.ofInput("msg", TURN, 0),
                Role.USER,
                List.of(new ItemPart.InputText("Hi")),
                ItemStatus.COMPLETED,
                Optional.empty());
        TurnInput input = new TurnInput.Items(given.isEmpty() ? List.of(asked) : given, metadata);
        return background
                ? Turn.queue(TURN, origin, spec(), input, STARTED_AT)
                : Turn.begin(TURN, origin, spec(), input, STARTED_AT);
    }

    private TurnSpec spec() {
        ResponseTerms terms = new ResponseTerms(
                true,
                background,
                maxToolCalls,
                Optional.empty(),
                false,
                compactAt,
                new ResponseTerms.Reasoning(summarised, false, false),
                echo,
                hosted);
        return new TurnSpec(
                "a-model",
                "",
                Sampling.DEFAULT,
                Optional.empty(),
                tools,
                new ToolChoice.Auto(),
                List.of(),
                outputShields,
                List.of(),
                10,
                ClientToolPolicy.END,
                ModelOptions.NONE,
                Optional.of(terms));
    }

    static Message.Assistant answer(StopReason reason, Passage... passages) {
        return new Message.Assistant(List.of(passages), reason);
    }

    static Message.Assistant answer(Passage... passages) {
        return answer(StopReason.END_OF_TURN, passages);
    }

    static Passage calls(ToolCall call) {
        return new Passage.Called(call);
    }

    private static OfferedTool client(String name, CallForm form) {
        return new OfferedTool(ToolFixture.definition(name), ToolSide.CLIENT, form);
    }

    private static OfferedTool hosted(String name, HostedKind kind, Optional<String> label) {
        String own = name.substring(name.lastIndexOf('_') + 1);
        Optional<String> container = kind == HostedKind.CODE_INTERPRETER ? Optional.of("cntr_1") : Optional.empty();
        return new OfferedTool(
                ToolFixture.definition(name), ToolSide.SERVER, new CallForm.Hosted(kind, label, own, container));
    }
}
