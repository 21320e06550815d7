package dev.parley.application.testing;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.RequestKey;
import dev.parley.application.port.TurnSink;
import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.InputItem;
import dev.parley.application.response.RecentResponses;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolServer;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.turn.ClientToolPolicy;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for responses, for tests: stored, in the foreground and after nothing, until told otherwise. */
public final class ResponseFixture {

    private final ScriptedApplication app;
    private final TurnId id;
    private final List<InputItem> input = new ArrayList<>();
    private final List<OfferedTool> tools = new ArrayList<>();
    private final List<HostedTool> hosted = new ArrayList<>();
    private final List<String> guardrails = new ArrayList<>();
    private Origin origin = new Origin.AfterTurn(Optional.empty());
    private ToolChoice choice = new ToolChoice.Auto();
    private boolean stored = true;
    private boolean background;
    private boolean truncate;
    private Optional<Integer> maxToolCalls = Optional.empty();
    private Optional<Integer> compactAt = Optional.empty();
    private Optional<RequestKey> request = Optional.empty();
    private RecentResponses recent = RecentResponses.none();

    private ResponseFixture(ScriptedApplication app) {
        this.app = app;
        this.id = app.createResponse().newId();
    }

    public static ResponseFixture response(ScriptedApplication app) {
        return new ResponseFixture(app);
    }

    public ResponseFixture says(String text) {
        return given(new Item.Said(
                nextItem("msg"),
                Role.USER,
                List.of(new ItemPart.InputText(text)),
                ItemStatus.COMPLETED,
                Optional.empty()));
    }

    public ResponseFixture answers(String callId, String output) {
        return given(new Item.Answered(
                nextItem("fco"), CallKind.FUNCTION, callId, new CallOutput.Text(output), ItemStatus.COMPLETED));
    }

    public ResponseFixture triggersCompaction() {
        return given(new Item.CompactionTrigger(nextItem("cmp")));
    }

    public ResponseFixture given(Item item) {
        input.add(new InputItem.Given(item));
        return this;
    }

    public ResponseFixture refersTo(String item) {
        input.add(new InputItem.Reference(new ItemId(item)));
        return this;
    }

    public ResponseFixture clientTool(String name) {
        tools.add(new OfferedTool(AgentFixture.tool(name), ToolSide.CLIENT));
        return this;
    }

    public ResponseFixture hostedTool(HostedKind kind, String type) {
        hosted.add(new HostedTool(kind, type, "tools[0]", new JsonText("{\"type\":\"" + type + "\"}")));
        return this;
    }

    /** The shields that look at both sides. */
    public ResponseFixture guardrails(String... shields) {
        guardrails.addAll(List.of(shields));
        return this;
    }

    public ResponseFixture choosing(ToolChoice chosen) {
        choice = chosen;
        return this;
    }

    /** A server of tools. */
    public ResponseFixture server(String label, Approval approval) {
        return server(label, approval, Optional.empty());
    }

    /** The same with keys to it, sealed. */
    public ResponseFixture server(String label, Approval approval, Optional<String> sealed) {
        hosted.add(new HostedTool(
                HostedKind.MCP,
                "mcp",
                "tools[0]",
                new JsonText("{\"server_label\":\"" + label + "\"}"),
                Optional.of(new ToolServer(label, Optional.empty(), approval, sealed))));
        return this;
    }

    /** What the client says to a call that it was asked about. */
    public ResponseFixture decides(ItemId request, boolean approved) {
        return given(new Item.Decided(nextItem("mcpr"), request, approved, Optional.of("Not now."), Optional.empty()));
    }

    public ResponseFixture after(TurnId previous) {
        origin = new Origin.AfterTurn(Optional.of(previous));
        return this;
    }

    public ResponseFixture in(ConversationId conversation) {
        origin = new Origin.InConversation(conversation);
        return this;
    }

    public ResponseFixture unstored() {
        stored = false;
        return this;
    }

    public ResponseFixture inBackground() {
        background = true;
        return this;
    }

    public ResponseFixture truncating() {
        truncate = true;
        return this;
    }

    public ResponseFixture maxToolCalls(int most) {
        maxToolCalls = Optional.of(most);
        return this;
    }

    public ResponseFixture compactAt(int tokens) {
        compactAt = Optional.of(tokens);
        return this;
    }

    public ResponseFixture named(String key, String fingerprint) {
        request = Optional.of(new RequestKey(key, fingerprint));
        return this;
    }

    /** Asked for by a client who stays connected. */
    public ResponseFixture by(RecentResponses known) {
        recent = known;
        return this;
    }

    public Turn takeNote(TurnSink sink) {
        return app.createResponse().takeNote(Owner.SOLE, command(), recent, sink);
    }

    public Turn create() {
        return create(TurnSink.DISCARDING);
    }

    public Turn create(TurnSink sink) {
        return app.createResponse().create(Owner.SOLE, command(), recent, sink, new Cancellation());
    }

    public CreateResponse.Command command() {
        ResponseTerms terms = new ResponseTerms(
                stored,
                background,
                maxToolCalls,
                Optional.empty(),
                truncate,
                compactAt,
                new ResponseTerms.Reasoning(false, false, false),
                JsonText.EMPTY_OBJECT,
                List.of());
        TurnSpec spec = new TurnSpec(
                "a-model",
                "",
                Sampling.DEFAULT,
                Optional.empty(),
                tools,
                choice,
                guardrails,
                guardrails,
                List.of(),
                10,
                ClientToolPolicy.END,
                ModelOptions.NONE,
                Optional.of(terms));
        return new CreateResponse.Command(id, spec, hosted, origin, input, Map.of(), request);
    }

    private ItemId nextItem(String prefix) {
        return ItemId.ofInput(prefix, id, input.size());
    }
}
