package dev.parley.application.testing;

import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.item.Item;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.turn.ClientToolPolicy;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Period;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Simple turns and what may happen to them, for tests. */
public final class TurnFixture {

    /** A call of the client's tool {@code measure}, which every turn of this fixture offers. */
    public static final ToolCall CALL =
            new ToolCall("call_1", "measure", new ToolArguments.Json("{\"unit\":\"mmHg\"}"));

    private static final TurnSpec SPEC = new TurnSpec(
            "a-model",
            "Be brief.",
            Sampling.DEFAULT,
            Optional.empty(),
            List.of(new OfferedTool(AgentFixture.tool("measure"), ToolSide.CLIENT)),
            new ToolChoice.Auto(),
            List.of(),
            List.of(),
            List.of(),
            10,
            ClientToolPolicy.PAUSE);

    private static final TurnSpec RESPONSE_SPEC = responseSpec(false);
    private static final TurnSpec BACKGROUND_SPEC = responseSpec(true);

    private TurnFixture() {}

    /** A turn that has just begun. */
    public static Turn turn(SessionId session) {
        return turn(session, StoreScene.LONG_AGO);
    }

    public static Turn turn(SessionId session, Instant startedAt) {
        return Turn.begin(
                new TurnId(UUID.randomUUID().toString()),
                new Origin.InSession(session),
                SPEC,
                new TurnInput.Messages(List.of(Message.User.of("How am I?")), List.of()),
                startedAt);
    }

    /** A turn of the Responses API that has just begun. */
    public static Turn response(Origin origin) {
        return response(origin, ItemFixture.said("How am I?"));
    }

    /** A turn of the Responses API that was given these items and has just begun. */
    public static Turn response(Origin origin, Item... items) {
        return Turn.begin(someId(), origin, RESPONSE_SPEC, given(items), StoreScene.LONG_AGO);
    }

    /** A turn that is to put what came before it into words, and to do nothing else. */
    public static Turn compacting(Origin origin) {
        return response(origin, ItemFixture.said("How am I?"), new Item.CompactionTrigger(ItemFixture.someId()));
    }

    /** What came before is put into words; an empty text says that this could not be done. */
    public static Observation compacted(Turn turn, String summary) {
        return new Observation.Compacted(summary, Optional.empty(), nextPeriod(turn));
    }

    /** A turn that waits to be run in the background. */
    public static Turn queued(Origin origin) {
        return Turn.queue(someId(), origin, BACKGROUND_SPEC, given(ItemFixture.said("How am I?")), StoreScene.LONG_AGO);
    }

    public static Observation pickedUp(Turn turn) {
        return new Observation.PickedUp(turn.later(Instant.EPOCH));
    }

    public static Observation cancelled(Turn turn) {
        return new Observation.CancelRequested(turn.later(Instant.EPOCH));
    }

    private static TurnId someId() {
        return new TurnId(UUID.randomUUID().toString());
    }

    private static TurnInput given(Item... items) {
        return new TurnInput.Items(List.of(items), Map.of());
    }

    private static TurnSpec responseSpec(boolean background) {
        return new TurnSpec(
                SPEC.model(),
                SPEC.instructions(),
                SPEC.sampling(),
                SPEC.responseFormat(),
                SPEC.tools(),
                SPEC.toolChoice(),
                SPEC.inputShields(),
                SPEC.outputShields(),
                SPEC.retrieveFrom(),
                SPEC.maxInferenceSteps(),
                ClientToolPolicy.END,
                ModelOptions.NONE,
                Optional.of(new ResponseTerms(
                        true,
                        background,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        new ResponseTerms.Reasoning(false, false, false),
                        JsonText.EMPTY_OBJECT,
                        List.of())));
    }

    /** The model answers with words. */
    public static Observation answered(Turn turn, String text) {
        return new Observation.ModelAnswered(Message.Assistant.of(text), Optional.empty(), nextPeriod(turn));
    }

    /** The model calls tools. */
    public static Observation called(Turn turn, ToolCall... calls) {
        Message.Assistant answer = new Message.Assistant("", Optional.empty(), List.of(calls), StopReason.END_OF_TURN);
        return new Observation.ModelAnswered(answer, Optional.empty(), nextPeriod(turn));
    }

    /** The client answers {@link #CALL}. */
    public static Observation clientAnswered(Turn turn, String result) {
        return new Observation.ClientAnswered(List.of(ToolResponse.text(CALL, result)), turn.later(Instant.EPOCH));
    }

    public static Observation.Broke broke(Turn turn) {
        return new Observation.Broke(
                Failure.of(Failure.Code.PROVIDER_UNAVAILABLE, "The provider broke off"), turn.later(Instant.EPOCH));
    }

    /** The shortest period that is later than all of the turn. */
    public static Period nextPeriod(Turn turn) {
        return Period.ending(turn.later(Instant.EPOCH), Instant.EPOCH);
    }
}
