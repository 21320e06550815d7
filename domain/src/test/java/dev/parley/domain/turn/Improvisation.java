package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.message.MessageFixture.user;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.customTool;
import static dev.parley.domain.tool.ToolFixture.hostedTool;
import static dev.parley.domain.tool.ToolFixture.listed;
import static dev.parley.domain.tool.ToolFixture.server;
import static dev.parley.domain.tool.ToolFixture.serverTool;
import static dev.parley.domain.tool.ToolFixture.shell;
import static dev.parley.domain.turn.TurnFixture.periodAfter;
import static dev.parley.domain.turn.TurnFixture.turn;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemFixture;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolFilter;
import dev.parley.domain.tool.ToolFixture;
import dev.parley.domain.tool.ToolResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Plays turns in which everything that a turn does not decide itself is up to {@link Choices}: what it is to know, what its
 * model, tools, shields and client say, and when it breaks or is called off. Each text is said once, so that it can be found
 * again; call ids are few, so that they come again.
 */
final class Improvisation {

    private static final int ENDLESS = 1_000;
    private static final int MOST_RESUMES = 8;
    private static final int MOST_LOSSES = 3;

    private final Choices choices;
    private int texts;

    Improvisation(Choices choices) {
        this.choices = choices;
    }

    /** Every turn that an improvised one becomes, in order. */
    static Arbitrary<List<Turn>> lives() {
        return choices(60).map(made -> new Improvisation(made).play(TurnFixture.TURN));
    }

    static Arbitrary<Choices> choices(int most) {
        return Arbitraries.integers()
                .between(0, 1_000_000)
                .list()
                .ofMaxSize(most)
                .map(Choices::new);
    }

    /** Every turn that one turn becomes, from its beginning to where everybody leaves it. */
    List<Turn> play(TurnId id) {
        return choices.oneIn(3) ? playResponse(id) : playTurn(id);
    }

    /** The same of a turn as clients of the Agents API begin them. */
    List<Turn> playTurn(TurnId id) {
        return play(turn(id, spec(), input(), documents()));
    }

    /** The same of a turn as clients of the Responses API begin them. */
    List<Turn> playResponse(TurnId id) {
        return play(response(id));
    }

    private Turn response(TurnId id) {
        Origin origin = new Origin.AfterTurn(Optional.empty());
        TurnSpec spec = responseSpec();
        TurnInput input = new TurnInput.Items(items(), Map.of());
        return choices.oneIn(4)
                ? Turn.queue(id, origin, spec, input, TurnFixture.STARTED_AT)
                : Turn.begin(id, origin, spec, input, TurnFixture.STARTED_AT);
    }

    private List<Turn> play(Turn begun) {
        List<Turn> turns = new ArrayList<>(List.of(begun));
        int resumes = 0;
        Optional<Observation> next = happens(begun, resumes);
        while (next.isPresent()) {
            Turn after = turns.getLast().observe(next.get());
            turns.add(after);
            if (next.get() instanceof Observation.ClientAnswered) {
                resumes++;
            }
            if (turns.size() > ENDLESS) {
                throw new AssertionError("The turn does not come to rest: " + after);
            }
            next = happens(after, resumes);
        }
        return List.copyOf(turns);
    }

    private Optional<Observation> happens(Turn turn, int resumes) {
        if (!turn.isAtRest() && choices.oneIn(15)) {
            return Optional.of(choices.among(
                    turn.next() instanceof Effect.Infer
                            ? ObservationFixture.answerBroke(turn, partial())
                            : ObservationFixture.broke(turn),
                    ObservationFixture.broke(turn),
                    ObservationFixture.cancelRequested(turn)));
        }
        if (turn.next() instanceof Effect.Work && losses(turn) < MOST_LOSSES && choices.oneIn(20)) {
            return Optional.of(ObservationFixture.stepLost(turn));
        }
        return switch (turn.next()) {
            case Effect.CheckShields(Touchpoint touchpoint, var _, Optional<Violation> found) ->
                Optional.of(new Observation.ShieldsSpoke(touchpoint, found.or(this::violation), periodAfter(turn)));
            case Effect.Retrieve _ -> Optional.of(ObservationFixture.retrieved(turn, text("material")));
            case Effect.ListTools(String label) ->
                Optional.of(
                        choices.oneIn(3)
                                ? ObservationFixture.listingFailed(turn, label, text("reason"))
                                : ObservationFixture.toolsListed(turn, label, listed("find"), listed("measure")));
            case Effect.Infer _ ->
                Optional.of(
                        !turn.spec().outputShields().isEmpty() && choices.oneIn(6)
                                ? ObservationFixture.answerStopped(turn, says(text("told")))
                                : ObservationFixture.modelAnswered(turn, answer()));
            case Effect.RunTools(List<ToolCall> calls) ->
                Optional.of(ObservationFixture.toolRan(turn, calls.getFirst(), text("result")));
            case Effect.Compact _ ->
                Optional.of(ObservationFixture.compacted(turn, choices.among(text("summary"), "")));
            case Effect.Rest _
            when turn.state() instanceof TurnState.Queued -> Optional.of(ObservationFixture.pickedUp(turn));
            case Effect.Rest _ -> resumes < MOST_RESUMES ? client(turn) : Optional.empty();
        };
    }

    private static long losses(Turn turn) {
        return turn.steps().stream().filter(Step.Abandoned.class::isInstance).count();
    }

    /** What the client does with a turn at rest; mostly it goes on with those that can go on. */
    private Optional<Observation> client(Turn turn) {
        return switch (turn.state()) {
            case TurnState.AwaitingInput awaiting ->
                choices.among(
                        Optional.<Observation>empty(),
                        Optional.of(answers(turn, awaiting.pending())),
                        Optional.of(answers(turn, awaiting.pending())),
                        Optional.of(answers(turn, awaiting.pending())),
                        Optional.of(ObservationFixture.cancelRequested(turn)));
            case TurnState.Completed(Message.Assistant output)
            when turn.spec().clientToolPolicy() == ClientToolPolicy.PAUSE
                    && output.toolCalls().isEmpty()
                    && inferences(turn) < turn.spec().maxInferenceSteps()
                    && choices.below(3) > 0 -> Optional.of(answers(turn, List.of(call("made-up-" + turn.revision()))));
            case TurnState.Completed _, TurnState.Failed _, TurnState.Cancelled _ -> Optional.empty();
            case TurnState.Queued _, TurnState.Running _ ->
                throw new AssertionError("There is nothing that a client could do with " + turn);
        };
    }

    private Observation answers(Turn turn, List<ToolCall> calls) {
        List<ToolResponse> responses = new ArrayList<>();
        calls.forEach(call -> responses.add(ToolResponse.text(call, text("result"))));
        if (choices.oneIn(2)) {
            Collections.reverse(responses);
        }
        return new Observation.ClientAnswered(responses, TurnFixture.after(turn));
    }

    private TurnSpec spec() {
        List<OfferedTool> tools = Stream.of(
                        clientTool("ask"), clientTool("measure"), serverTool("search"), serverTool("look_up"))
                .filter(_ -> !choices.oneIn(5))
                .toList();
        ToolChoice choice = choices.among(
                new ToolChoice.Auto(),
                new ToolChoice.Required(),
                new ToolChoice.None(),
                tools.isEmpty()
                        ? new ToolChoice.Auto()
                        : new ToolChoice.Named(tools.getFirst().name()));
        return SpecFixture.spec()
                .instructions(choices.among("", "Be brief."))
                .tools(tools.toArray(OfferedTool[]::new))
                .toolChoice(choice)
                .inputShields(choices.among(new String[0], new String[] {"guard"}))
                .outputShields(choices.among(new String[0], new String[] {"guard", "judge"}))
                .retrieveFrom(choices.among(new String[0], new String[] {"handbook"}))
                .maxInferenceSteps(1 + choices.below(5))
                .clientToolPolicy(choices.among(ClientToolPolicy.PAUSE, ClientToolPolicy.PAUSE, ClientToolPolicy.END))
                .build();
    }

    private TurnSpec responseSpec() {
        List<OfferedTool> tools = Stream.of(
                        clientTool("ask"),
                        customTool("measure"),
                        hostedTool("search"),
                        hostedTool("look_up", HostedKind.MCP),
                        shell("cntr_1"))
                .filter(_ -> !choices.oneIn(5))
                .toList();
        TermsFixture terms = TermsFixture.terms();
        if (choices.oneIn(3)) {
            terms.maxToolCalls(1 + choices.below(2));
        }
        if (choices.oneIn(3)) {
            terms.maxOutputTokens(1 + choices.below(30));
        }
        if (choices.oneIn(2)) {
            terms.compactAt(1 + choices.below(150));
        }
        if (choices.oneIn(2)) {
            terms.thoughtsOfAllTurns();
        }
        if (choices.oneIn(3)) {
            terms.hosted(server(
                    "docs",
                    choices.among(
                            new Approval.Always(),
                            new Approval.Never(),
                            new Approval.Some(Optional.empty(), Optional.of(ToolFilter.of(List.of("find")))))));
        }
        return SpecFixture.response()
                .instructions(choices.among("", "Be brief."))
                .tools(tools.toArray(OfferedTool[]::new))
                .toolChoice(choices.among(new ToolChoice.Auto(), new ToolChoice.Required()))
                .outputShields(choices.among(new String[0], new String[0], new String[] {"guard"}))
                .retrieveFrom(choices.among(new String[0], new String[0], new String[] {"handbook"}))
                .maxInferenceSteps(1 + choices.below(5))
                .terms(terms.build())
                .build();
    }

    /** Whatever a client may send, also what the rules for items would not let through. */
    List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (int left = choices.below(6); left > 0; left--) {
            // its arguments make it another item each time, as the ids of items follow from what they hold
            ToolCall call = ToolFixture.call(
                    callId(choices.below(4)),
                    "search",
                    JsonText.ofString(text("call")).text());
            items.add(choices.among(
                    ItemFixture.user(text("question")),
                    ItemFixture.assistant(text("answer")),
                    ItemFixture.called(call),
                    ItemFixture.answered(call, text("result")),
                    ItemFixture.thought(text("thought")),
                    ItemFixture.searched(call, text("result")),
                    ItemFixture.developer(text("instruction")),
                    ItemFixture.said(Role.ASSISTANT, new ItemPart.Refused(text("refusal"))),
                    ItemFixture.searching(call, Optional.empty()),
                    ItemFixture.opaque(text("type")),
                    ItemFixture.calledShell(call),
                    ItemFixture.answeredShell(call, text("result")),
                    ItemFixture.asked(call),
                    ItemFixture.decided(call, true),
                    ItemFixture.decided(call, false),
                    ItemFixture.listed(text("label")),
                    ItemFixture.compacted(text("summary"))));
        }
        return items;
    }

    private List<Message.Input> input() {
        List<Message.Input> input = new ArrayList<>();
        for (int left = choices.below(3); left >= 0; left--) {
            input.add(choices.among(
                    Message.User.of(text("question")),
                    user(text("question"), text("context")),
                    new Message.Tool(callId(choices.below(4)), Content.of(text("result")))));
        }
        return input;
    }

    private List<Document> documents() {
        return choices.oneIn(3) ? List.of(new Document(Content.of(text("document")), "text/plain")) : List.of();
    }

    private Message.Assistant answer() {
        List<Passage> passages = new ArrayList<>(List.of(
                choices.oneIn(6)
                        ? new Passage.Refused(text("refusal"))
                        : new Passage.Spoken(text("answer"), logprobs())));
        int firstId = choices.below(4);
        for (int left = choices.below(4); left > 0; left--) {
            passages.add(choices.below(passages.size() + 1), new Passage.Called(call(callId(firstId + left))));
        }
        for (int left = choices.below(3); left > 0; left--) {
            passages.add(choices.below(passages.size() + 1), new Passage.Thought(text("thought")));
        }
        return new Message.Assistant(
                passages,
                choices.among(
                        StopReason.END_OF_TURN,
                        StopReason.END_OF_TURN,
                        StopReason.END_OF_TURN,
                        StopReason.END_OF_TURN,
                        StopReason.END_OF_MESSAGE,
                        StopReason.OUT_OF_TOKENS,
                        StopReason.FILTERED));
    }

    /** The beginning of an answer. */
    private PartialAnswer partial() {
        List<Passage> passages = answer().passages();
        int told = choices.below(passages.size() + 1);
        return told == 0
                ? PartialAnswer.NOTHING
                : new PartialAnswer(passages.subList(0, told - 1), Optional.of(passages.get(told - 1)));
    }

    private Optional<JsonText> logprobs() {
        return choices.oneIn(8) ? Optional.of(new JsonText("[]")) : Optional.empty();
    }

    private ToolCall call(String callId) {
        ToolArguments arguments = choices.oneIn(6) ? new ToolArguments.Malformed("{") : new ToolArguments.Json("{}");
        return new ToolCall(
                callId,
                choices.among("ask", "search", "measure", "look_up", "search", "made_up", "docs__find", "shell"),
                arguments);
    }

    private Optional<Violation> violation() {
        return switch (choices.below(12)) {
            case 9 -> Optional.of(ObservationFixture.violation(Violation.Level.INFO, text("note")));
            case 10 -> Optional.of(ObservationFixture.violation(Violation.Level.WARN, text("warning")));
            case 11 -> Optional.of(ObservationFixture.violation(Violation.Level.ERROR, text("refusal")));
            default -> Optional.empty();
        };
    }

    /** Ids come again after four, never in one message. */
    private static String callId(int number) {
        return "call_" + number % 4;
    }

    private String text(String kind) {
        return "<%s %d>".formatted(kind, ++texts);
    }

    private static long inferences(Turn turn) {
        return turn.steps().stream().filter(Step.Inference.class::isInstance).count();
    }
}
