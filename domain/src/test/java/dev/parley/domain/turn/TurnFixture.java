package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.message.MessageFixture.user;
import static dev.parley.domain.tool.ToolFixture.call;
import static dev.parley.domain.tool.ToolFixture.clientTool;
import static dev.parley.domain.tool.ToolFixture.response;
import static dev.parley.domain.tool.ToolFixture.serverTool;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Turns, for tests. Their times only go forward, in whole microseconds, and are the same in every run. */
public final class TurnFixture {

    public static final TurnId TURN = new TurnId("0b2e6a52-2f4b-4c1e-9d3a-5f6b7c8d9e0f");
    public static final SessionId SESSION = new SessionId("9c11d0aa-7a44-4b6e-8f25-1e2d3c4b5a69");
    public static final Instant STARTED_AT = Instant.parse("2025-04-28T21:06:00.123456Z");

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
