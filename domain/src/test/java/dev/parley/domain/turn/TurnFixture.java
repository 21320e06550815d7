package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.called;
import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.inOrder;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.message.MessageFixture.spoken;
import static dev.parley.domain.message.MessageFixture.thought;
import static dev.parley.domain.message.MessageFixture.user;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.hostedTool;
import static dev.parley.domain.tool.ToolFixture.response;
import static dev.parley.domain.tool.ToolFixture.serverTool;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemFixture;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolFixture;
import dev.parley.domain.tool.ToolResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns, for tests. Their times only go forward, in whole microseconds, and are the same in every run. */
public final class TurnFixture {

    public static final TurnId TURN = new TurnId("0b2e6a52-2f4b-4c1e-9d3a-5f6b7c8d9e0f");
    public static final SessionId SESSION = new SessionId("9c11d0aa-7a44-4b6e-8f25-1e2d3c4b5a69");
    public static final Instant STARTED_AT = Instant.parse("2025-04-28T21:06:00.123456Z");

    private static final Origin OF_ITS_OWN = new Origin.AfterTurn(Optional.empty());
    private static final Duration A_LITTLE = Duration.ofMillis(1);
    private static final Duration A_WHILE = Duration.ofMillis(250);

    private TurnFixture() {}

    /** A turn that begins with one user message. */
    public static Turn turn(TurnSpec spec) {
        return turn(TURN, spec, Message.User.of("Hi"));
    }

    public static Turn turn(TurnId id, TurnSpec spec, Message.Input... input) {
        return turn(id, spec, List.of(input), List.of());
    }

    public static Turn turn(TurnId id, TurnSpec spec, List<Message.Input> input, List<Document> documents) {
        return Turn.begin(
                id, new Origin.InSession(SESSION), spec, new TurnInput.Messages(input, documents), STARTED_AT);
    }

    /** A response that begins with items and follows nothing. */
    public static Turn responseTurn(TurnSpec spec, Item... input) {
        return responseTurn(TURN, spec, input);
    }

    public static Turn responseTurn(TurnId id, TurnSpec spec, Item... input) {
        return Turn.begin(id, OF_ITS_OWN, spec, new TurnInput.Items(List.of(input), Map.of()), STARTED_AT);
    }

    /** A response that waits to be picked up. */
    public static Turn queued(TurnSpec spec, Item... input) {
        return Turn.queue(TURN, OF_ITS_OWN, spec, new TurnInput.Items(List.of(input), Map.of()), STARTED_AT);
    }

    /**
     * A completed response that has every kind of passage and of call: the model thinks, speaks, has this server search, and
     * ends with a refusal of a part and a call for the client.
     */
    public static Turn responseWithEveryKindOfItem() {
        ToolCall search = call("call_1", "search", "{\"query\":\"blood pressure\"}");
        ToolCall measure = call("call_2", "measure", "{\"unit\":\"mmHg\"}");
        TurnSpec spec = SpecFixture.response()
                .instructions("Be brief.")
                .tools(clientTool("measure"), hostedTool("search"))
                .terms(TermsFixture.terms().summarised().build())
                .build();
        return TurnPlay.of(responseTurn(
                        spec,
                        ItemFixture.developer("Answer in English."),
                        ItemFixture.user("How am I, and who will win?")))
                .answers(inOrder(thought("I should look."), spoken("Let me look."), called(search)))
                .toolRuns("Normal is 120/80.")
                .answers(inOrder(
                        thought("A value is missing."),
                        new Passage.Refused("I can't say who will win."),
                        thought("Measure."),
                        called(measure)))
                .turn();
    }

    /** A completed response whose conversation has become too long, and is put into a few words. */
    public static Turn compactedResponse(String summary) {
        TurnSpec spec = SpecFixture.response()
                .terms(TermsFixture.terms().compactAt(100).build())
                .build();
        return TurnPlay.of(responseTurn(spec, ItemFixture.user("Tell me all.")))
                .says("It is a long story.")
                .compacts(summary)
                .turn();
    }

    /**
     * A completed response with all that belongs to a server of tools and to citations: the client has agreed to a call, the
     * server lists its tools, the call is run, the model cites what it found, and asks for another call.
     */
    public static Turn responseWithServerOfTools() {
        ToolCall find = call("call_1", "docs__find", "{\"of\":\"pulse\"}");
        ToolCall erase = call("call_2", "docs__erase", "{\"of\":\"pulse\"}");
        List<Source> sources = List.of(
                new Source.Page("https://example.org/pulse", "Pulse", "60 to 100 per minute."),
                new Source.File("file-1", "pulse.txt", "60"),
                new Source.ContainerFile("cntr_1", "cfile_1", "pulse.csv", ""));
        ToolResponse found = new ToolResponse(
                find.callId(), find.toolName(), Content.of("Found."), Optional.empty(), sources, false);
        return ApprovalFixture.agreed(find)
                .lists(ToolFixture.readOnly("find"), ToolFixture.listed("erase"))
                .toolRuns(found)
                .answers(inOrder(spoken("A pulse is 60【1】, or so【2,3】. I erase it."), called(erase)))
                .turn();
    }

    /** A response that fails because the server whose tools it is to use can't say which it has. */
    public static Turn responseWithoutTools() {
        return ApprovalFixture.agreed().listsNothing("it is down").turn();
    }

    /** A moment that is later than all of the turn. */
    public static Instant after(Turn turn) {
        return turn.later(Instant.EPOCH).plus(A_LITTLE);
    }

    /** A while that is later than all of the turn. */
    public static Period periodAfter(Turn turn) {
        Instant start = after(turn);
        return new Period(start, start.plus(A_WHILE));
    }

    /** A completed turn that has gone through every kind of step, with a pause for its client. */
    public static Turn turnWithEveryKindOfStep() {
        ToolCall search = call("call_1", "search", "{\"query\":\"blood pressure\"}");
        ToolCall measure = call("call_2", "measure", "{\"unit\":\"mmHg\"}");
        TurnSpec spec = SpecFixture.spec()
                .instructions("Be brief.")
                .tools(clientTool("measure"), serverTool("search"))
                .inputShields("guard")
                .outputShields("guard")
                .retrieveFrom("handbook")
                .build();
        return TurnPlay.of(turn(
                        TURN,
                        spec,
                        List.of(user("How am I?", "The user is 40.")),
                        List.of(new Document(Content.of("A letter."), "text/plain"))))
                .shieldsPass()
                .retrieves("Normal is 120/80.")
                .answers(calls(search, measure))
                .toolRuns("Measure it first.")
                .shieldsPass()
                .clientAnswers(response(measure, "118/79"))
                .shieldsPass()
                .answers(says("You are well."))
                .shieldsPass()
                .turn();
    }
}
