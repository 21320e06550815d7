package dev.parley.application.testing;

import static dev.parley.application.testing.AgentFixture.AWKWARD_JSON;
import static dev.parley.application.testing.AgentFixture.AWKWARD_TEXT;

import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolFilter;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.tool.ToolServer;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.turn.ClientToolPolicy;
import dev.parley.domain.turn.Document;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Period;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.domain.turn.TurnState;
import dev.parley.domain.turn.Usage;
import dev.parley.domain.turn.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Turns that between them have every case of every choice, every field set and unset, and values that a careless store
 * would change. They are put together by hand, so not all of them are turns that the rules would lead to.
 */
public final class RichTurnFixture {

    private static final ToolCall WELL_FORMED =
            new ToolCall("call_👍", "measure", new ToolArguments.Json(AWKWARD_JSON.text()));
    private static final ToolCall MALFORMED =
            new ToolCall("", "measure", new ToolArguments.Malformed("{\"unit\": \"mm" + AWKWARD_TEXT));

    private static final Instant START = Instant.parse("2025-04-28T21:06:00.000001Z");
    private static final ModelOptions ALL_OPTIONS = new ModelOptions(
            Optional.of("high"),
            Optional.of("low"),
            Optional.of(true),
            Optional.of(-2.0),
            Optional.of(0.1),
            Optional.of(0),
            Optional.of(AWKWARD_TEXT),
            Optional.of(AWKWARD_TEXT),
            Optional.of(AWKWARD_TEXT),
            Optional.of("flex"));

    private RichTurnFixture() {}

    /** How many steps of the many that there are a life has, where there are enough lives for all of them. */
    private static final int FEW = 3;

    /** The lives of turns of the Agents API, each from its beginning to a rest with every step that there is on its way. */
    public static List<List<Turn>> everyLife(SessionId session) {
        List<List<Turn>> lives = new ArrayList<>();
        List<TurnSpec> specs =
                everySpec().stream().filter(spec -> spec.terms().isEmpty()).toList();
        List<TurnState> rests = everyRest();
        for (int index = 0; index < Math.max(specs.size(), rests.size()); index++) {
            lives.add(life(
                    Turn.begin(
                            someId(),
                            new Origin.InSession(session),
                            specs.get(index % specs.size()),
                            everyInput().getFirst(),
                            START),
                    everyStep(),
                    rests.get(index % rests.size())));
        }
        return lives;
    }

    /** The lives of turns wherever they stand, each with a few steps; between them they have all that there is. */
    public static List<List<Turn>> everyLife(Origin origin) {
        List<List<Turn>> lives = new ArrayList<>();
        List<TurnSpec> specs = everySpec();
        List<TurnInput> inputs = everyInput();
        List<Step> steps = everyStep();
        List<TurnState> rests = everyRest();
        for (int index = 0; index * FEW < steps.size() || index < Math.max(specs.size(), rests.size()); index++) {
            TurnSpec spec = specs.get(index % specs.size());
            TurnInput input = inputs.get(index % inputs.size());
            Turn turn = spec.terms().filter(ResponseTerms::background).isPresent()
                    ? Turn.queue(someId(), origin, spec, input, START)
                    : Turn.begin(someId(), origin, spec, input, START);
            int first = Math.min(index * FEW, steps.size());
            lives.add(life(
                    turn, steps.subList(first, Math.min(first + FEW, steps.size())), rests.get(index % rests.size())));
        }
        return lives;
    }

    /** Every turn of a life follows the one before it by one change. */
    private static List<Turn> life(Turn start, List<Step> steps, TurnState rest) {
        List<Turn> life = new ArrayList<>();
        Turn turn = start;
        life.add(turn);
        if (turn.state() instanceof TurnState.Queued) {
            turn = with(turn, List.of(), new TurnState.Running(), Optional.empty());
            life.add(turn);
        }
        for (Step step : steps) {
            List<Step> longer = new ArrayList<>(turn.steps());
            longer.add(step);
            turn = with(turn, longer, new TurnState.Running(), Optional.empty());
            life.add(turn);
        }
        life.add(with(turn, turn.steps(), rest, Optional.of(Instant.parse("2025-04-28T21:07:00Z"))));
        return life;
    }

    private static TurnId someId() {
        return new TurnId(UUID.randomUUID().toString());
    }

    private static Turn with(Turn turn, List<Step> steps, TurnState state, Optional<Instant> restedAt) {
        return new Turn(
                turn.id(),
                turn.origin(),
                turn.spec(),
                turn.input(),
                steps,
                state,
                turn.startedAt(),
                restedAt,
                turn.revision() + 1);
    }

    private static List<Content> everyContent() {
        return List.of(
                Content.of(AWKWARD_TEXT),
                Content.EMPTY,
                new Content.Single(new Part.Text(AWKWARD_TEXT)),
                new Content.Single(new Part.Image(new ImageSource.Uri("https://example.com/ü.png?a=1&b=%20#f"))),
                new Content.Parts(List.of()),
                new Content.Parts(List.of(
                        new Part.Text(""),
                        new Part.Image(new ImageSource.Data("iVBORw0KGgo+/A==")),
                        new Part.Text(AWKWARD_TEXT))));
    }

    /** What turns may be given. */
    public static List<TurnInput> everyInput() {
        return List.of(
                new TurnInput.Messages(
                        everyMessage(),
                        List.of(
                                new Document(Content.of(AWKWARD_TEXT), "text/plain"),
                                new Document(everyContent().getLast(), ""))),
                new TurnInput.Items(ItemFixture.everyItem(), Map.of(AWKWARD_TEXT, AWKWARD_TEXT)),
                new TurnInput.Messages(List.of(Message.User.of("Hello")), List.of()),
                new TurnInput.Items(List.of(), Map.of()));
    }

    private static List<Message.Input> everyMessage() {
        List<Message.Input> input = new ArrayList<>();
        for (Content content : everyContent()) {
            input.add(new Message.User(content, Optional.empty()));
            input.add(new Message.User(Content.of("with context"), Optional.of(content)));
            input.add(new Message.Tool(WELL_FORMED.callId(), content));
        }
        return input;
    }

    /** Whatever turns may have done. */
    public static List<Step> everyStep() {
        List<Step> steps = new ArrayList<>();
        Instant at = Instant.parse("2025-04-28T21:06:00.000002Z");
        Period period = new Period(at, Instant.parse("2025-12-31T23:59:59.999999Z"));
        for (StopReason stopReason : StopReason.values()) {
            steps.add(Step.Inference.whole(
                    new Message.Assistant(
                            AWKWARD_TEXT, Optional.of(AWKWARD_TEXT), List.of(WELL_FORMED, MALFORMED), stopReason),
                    Optional.of(new Usage(Long.MAX_VALUE, 1, 2, 3)),
                    period));
        }
        steps.add(Step.Inference.whole(
                new Message.Assistant("", Optional.of(""), List.of(), StopReason.END_OF_TURN),
                Optional.empty(),
                period));
        steps.add(Step.Inference.whole(answerInEveryWay(StopReason.END_OF_TURN), Optional.empty(), period));
        steps.add(Step.Inference.whole(Message.Assistant.of(""), Optional.empty(), period));
        for (ToolSide side : ToolSide.values()) {
            steps.add(new Step.ToolExecution(side, List.of(WELL_FORMED, MALFORMED), everyResponse(), period));
        }
        steps.add(new Step.ToolExecution(ToolSide.CLIENT, List.of(), List.of(), period));
        for (Touchpoint touchpoint : Touchpoint.values()) {
            steps.add(new Step.ShieldCall(touchpoint, Optional.empty(), period));
            for (Violation.Level level : Violation.Level.values()) {
                steps.add(new Step.ShieldCall(
                        touchpoint,
                        Optional.of(new Violation(level, Optional.of(AWKWARD_TEXT), AWKWARD_JSON)),
                        period));
            }
            steps.add(new Step.ShieldCall(
                    touchpoint,
                    Optional.of(new Violation(Violation.Level.ERROR, Optional.empty(), JsonText.EMPTY_OBJECT)),
                    period));
        }
        for (Content content : everyContent()) {
            steps.add(new Step.MemoryRetrieval(List.of("handbook", AWKWARD_TEXT), content, period));
        }
        steps.add(new Step.MemoryRetrieval(List.of(), Content.EMPTY, period));
        steps.add(new Step.ToolListing(AWKWARD_TEXT, ItemFixture.everyListed(), Optional.empty(), period));
        steps.add(new Step.ToolListing("docs", List.of(), Optional.of(AWKWARD_TEXT), period));
        return steps;
    }

    static List<ToolResponse> everyResponse() {
        List<ToolResponse> responses = new ArrayList<>();
        for (Content content : everyContent()) {
            responses.add(new ToolResponse(WELL_FORMED.callId(), AWKWARD_TEXT, content, Optional.empty()));
        }
        responses.add(new ToolResponse("", "", Content.EMPTY, Optional.of(AWKWARD_JSON)));
        responses.add(new ToolResponse("", "", Content.EMPTY, Optional.of(JsonText.EMPTY_OBJECT)));
        responses.add(new ToolResponse("", "", Content.EMPTY, Optional.empty(), everySource(), true));
        return responses;
    }

    private static List<Source> everySource() {
        return List.of(
                new Source.Page(AWKWARD_TEXT, AWKWARD_TEXT, AWKWARD_TEXT),
                new Source.File(AWKWARD_TEXT, AWKWARD_TEXT, AWKWARD_TEXT),
                new Source.ContainerFile(AWKWARD_TEXT, AWKWARD_TEXT, AWKWARD_TEXT, ""));
    }

    private static List<HostedTool> everyHosted() {
        ToolFilter none = new ToolFilter(Optional.empty(), true);
        ToolFilter some = ToolFilter.of(List.of("find", AWKWARD_TEXT));
        List<HostedTool> hosted = new ArrayList<>();
        for (HostedKind kind : HostedKind.values()) {
            hosted.add(new HostedTool(kind, AWKWARD_TEXT, "tools[0]", AWKWARD_JSON));
        }
        for (Approval approval : List.of(
                new Approval.Always(),
                new Approval.Never(),
                new Approval.Some(Optional.of(some), Optional.empty()),
                new Approval.Some(Optional.empty(), Optional.of(none)))) {
            boolean first = hosted.size() == HostedKind.values().length;
            hosted.add(new HostedTool(
                    HostedKind.MCP,
                    "mcp",
                    "tools[1]",
                    AWKWARD_JSON,
                    Optional.of(new ToolServer(
                            "server " + hosted.size(),
                            first ? Optional.of(ToolFilter.of(List.of())) : Optional.empty(),
                            approval,
                            first ? Optional.of("sealed") : Optional.empty()))));
        }
        return hosted;
    }

    private static Message.Assistant answerInEveryWay(StopReason stopReason) {
        return new Message.Assistant(
                List.of(
                        new Passage.Spoken(AWKWARD_TEXT, Optional.of(AWKWARD_JSON), ItemFixture.everyCitation()),
                        new Passage.Called(WELL_FORMED),
                        new Passage.Thought(AWKWARD_TEXT),
                        Passage.Spoken.of(AWKWARD_TEXT),
                        new Passage.Refused(AWKWARD_TEXT)),
                stopReason);
    }

    /** Where turns may have come to rest. */
    public static List<TurnState> everyRest() {
        List<TurnState> rests = new ArrayList<>();
        Message.Assistant calls = new Message.Assistant(
                AWKWARD_TEXT, Optional.of("hm"), List.of(WELL_FORMED, MALFORMED), StopReason.END_OF_MESSAGE);
        rests.add(new TurnState.AwaitingInput(calls));
        rests.add(new TurnState.Completed(calls));
        rests.add(new TurnState.Completed(Message.Assistant.of("")));
        for (StopReason stopReason : StopReason.values()) {
            rests.add(new TurnState.Completed(answerInEveryWay(stopReason)));
        }
        rests.add(new TurnState.Cancelled());
        for (Failure.Code code : Failure.Code.values()) {
            rests.add(new TurnState.Failed(Failure.of(code, AWKWARD_TEXT)));
        }
        rests.add(new TurnState.Failed(new Failure(Failure.Code.RATE_LIMITED, AWKWARD_TEXT, Optional.of(20))));
        return rests;
    }

    /** Whatever may be settled when a turn starts. */
    public static List<TurnSpec> everySpec() {
        List<TurnSpec> specs = new ArrayList<>();
        for (AgentConfig config : AgentFixture.everyConfig()) {
            List<OfferedTool> tools = new ArrayList<>();
            config.clientTools().forEach(tool -> tools.add(new OfferedTool(tool, ToolSide.CLIENT)));
            tools.add(new OfferedTool(AgentFixture.tool("the server's"), ToolSide.SERVER));
            if (specs.isEmpty()) {
                for (CallForm form : ItemFixture.everyForm()) {
                    tools.add(new OfferedTool(AgentFixture.tool("tool " + tools.size()), ToolSide.CLIENT, form, true));
                }
            }
            specs.add(spec(config, tools, ClientToolPolicy.PAUSE, ModelOptions.NONE, Optional.empty()));
            specs.add(spec(config, tools, ClientToolPolicy.END, ALL_OPTIONS, Optional.of(everyTerm(true))));
            specs.add(spec(config, List.of(), ClientToolPolicy.END, ModelOptions.NONE, Optional.of(everyTerm(false))));
        }
        return specs;
    }

    private static TurnSpec spec(
            AgentConfig config,
            List<OfferedTool> tools,
            ClientToolPolicy policy,
            ModelOptions options,
            Optional<ResponseTerms> terms) {
        return new TurnSpec(
                config.model(),
                config.instructions(),
                config.sampling(),
                config.responseFormat(),
                tools,
                tools.isEmpty()
                        ? new ToolChoice.Required()
                        : config.toolConfig().toolChoice(),
                config.inputShields(),
                config.outputShields(),
                config.inputShields(),
                config.maxInferenceSteps(),
                policy,
                options,
                terms);
    }

    private static ResponseTerms everyTerm(boolean given) {
        Optional<Integer> number = given ? Optional.of(Integer.MAX_VALUE) : Optional.empty();
        return new ResponseTerms(
                true,
                given,
                number,
                number,
                given,
                number,
                new ResponseTerms.Reasoning(given, !given, given),
                given ? AWKWARD_JSON : JsonText.EMPTY_OBJECT,
                given ? everyHosted() : List.of());
    }
}
