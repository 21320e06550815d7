package dev.parley.application.testing;

import static dev.parley.application.testing.AgentFixture.AWKWARD_JSON;
import static dev.parley.application.testing.AgentFixture.AWKWARD_TEXT;

import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.turn.ClientToolPolicy;
import dev.parley.domain.turn.Document;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Period;
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

    private RichTurnFixture() {}

    /** The lives of turns, each from its beginning to a rest: every turn follows the one before it by one change. */
    public static List<List<Turn>> everyLife(SessionId session) {
        List<List<Turn>> lives = new ArrayList<>();
        List<TurnSpec> specs = everySpec();
        List<TurnState> rests = everyRest();
        for (int index = 0; index < Math.max(specs.size(), rests.size()); index++) {
            lives.add(life(session, specs.get(index % specs.size()), rests.get(index % rests.size())));
        }
        return lives;
    }

    private static List<Turn> life(SessionId session, TurnSpec spec, TurnState rest) {
        List<Turn> life = new ArrayList<>();
        Turn turn = Turn.begin(
                new TurnId(UUID.randomUUID().toString()),
                new Origin.InSession(session),
                spec,
                new TurnInput.Messages(
                        everyInput(),
                        List.of(
                                new Document(Content.of(AWKWARD_TEXT), "text/plain"),
                                new Document(everyContent().getLast(), ""))),
                Instant.parse("2025-04-28T21:06:00.000001Z"));
        life.add(turn);
        for (Step step : everyStep()) {
            List<Step> longer = new ArrayList<>(turn.steps());
            longer.add(step);
            turn = with(turn, longer, new TurnState.Running(), Optional.empty());
            life.add(turn);
        }
        life.add(with(turn, turn.steps(), rest, Optional.of(Instant.parse("2025-04-28T21:07:00Z"))));
        return life;
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

    private static List<Message.Input> everyInput() {
        List<Message.Input> input = new ArrayList<>();
        for (Content content : everyContent()) {
            input.add(new Message.User(content, Optional.empty()));
            input.add(new Message.User(Content.of("with context"), Optional.of(content)));
            input.add(new Message.Tool(WELL_FORMED.callId(), content));
        }
        return input;
    }

    private static List<Step> everyStep() {
        List<Step> steps = new ArrayList<>();
        Instant at = Instant.parse("2025-04-28T21:06:00.000002Z");
        Period period = new Period(at, Instant.parse("2025-12-31T23:59:59.999999Z"));
        for (StopReason stopReason : StopReason.values()) {
            steps.add(new Step.Inference(
                    new Message.Assistant(
                            AWKWARD_TEXT, Optional.of(AWKWARD_TEXT), List.of(WELL_FORMED, MALFORMED), stopReason),
                    Optional.of(new Usage(Long.MAX_VALUE, 1, 2, 3)),
                    period));
        }
        steps.add(new Step.Inference(
                new Message.Assistant("", Optional.of(""), List.of(), StopReason.END_OF_TURN),
                Optional.empty(),
                period));
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
        return steps;
    }

    private static List<ToolResponse> everyResponse() {
        List<ToolResponse> responses = new ArrayList<>();
        for (Content content : everyContent()) {
            responses.add(new ToolResponse(WELL_FORMED.callId(), AWKWARD_TEXT, content, Optional.empty()));
        }
        responses.add(new ToolResponse("", "", Content.EMPTY, Optional.of(AWKWARD_JSON)));
        responses.add(new ToolResponse("", "", Content.EMPTY, Optional.of(JsonText.EMPTY_OBJECT)));
        return responses;
    }

    private static List<TurnState> everyRest() {
        List<TurnState> rests = new ArrayList<>();
        Message.Assistant calls = new Message.Assistant(
                AWKWARD_TEXT, Optional.of("hm"), List.of(WELL_FORMED, MALFORMED), StopReason.END_OF_MESSAGE);
        rests.add(new TurnState.AwaitingInput(calls));
        rests.add(new TurnState.Completed(calls));
        rests.add(new TurnState.Completed(Message.Assistant.of("")));
        rests.add(new TurnState.Cancelled());
        for (Failure.Code code : Failure.Code.values()) {
            rests.add(new TurnState.Failed(new Failure(code, AWKWARD_TEXT)));
        }
        return rests;
    }

    private static List<TurnSpec> everySpec() {
        List<TurnSpec> specs = new ArrayList<>();
        for (AgentConfig config : AgentFixture.everyConfig()) {
            List<OfferedTool> tools = new ArrayList<>();
            config.clientTools().forEach(tool -> tools.add(new OfferedTool(tool, ToolSide.CLIENT)));
            tools.add(new OfferedTool(AgentFixture.tool("the server's"), ToolSide.SERVER));
            for (ClientToolPolicy policy : ClientToolPolicy.values()) {
                specs.add(new TurnSpec(
                        config.model(),
                        config.instructions(),
                        config.sampling(),
                        config.responseFormat(),
                        tools,
                        config.toolConfig().toolChoice(),
                        config.inputShields(),
                        config.outputShields(),
                        config.inputShields(),
                        config.maxInferenceSteps(),
                        policy));
            }
        }
        return specs;
    }
}
