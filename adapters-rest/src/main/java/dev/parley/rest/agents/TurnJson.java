package dev.parley.rest.agents;

import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnState;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn (agents-api 2.8), with two fields more than the clients know, at its end: without them a reader could not tell a
 * turn that broke from one that said nothing.
 *
 * @param outputMessage never null, though a turn may have nothing to say, or not yet
 * @param status running, awaiting_input, completed, failed or cancelled
 */
@WireRecord
@Schema(name = "Turn")
record TurnJson(
        String turnId,
        String sessionId,
        List<MessageJson> inputMessages,
        List<StepJson> steps,
        MessageJson.Completion outputMessage,
        List<Object> outputAttachments,
        String startedAt,
        @Nullable String completedAt,
        String status,
        @Nullable FailureJson failure)
        implements WireBody {

    static TurnJson of(Turn turn) {
        return new TurnJson(
                turn.id().value(),
                session(turn.origin()),
                turn.input().messages().stream().map(MessageJson::of).toList(),
                steps(turn),
                output(turn.state()),
                List.of(),
                Timestamps.text(turn.startedAt()),
                turn.restedAt().map(Timestamps::text).orElse(null),
                status(turn.state()),
                turn.state() instanceof TurnState.Failed(Failure failure) ? FailureJson.of(failure) : null);
    }

    private static String session(Origin origin) {
        return switch (origin) {
            case Origin.InSession(var session) -> session.value();
            case Origin.AfterTurn _, Origin.InConversation _ -> ""; // and nobody reads such a turn in these words
        };
    }

    private static List<StepJson> steps(Turn turn) {
        List<StepJson> steps = new ArrayList<>(turn.steps().size());
        for (int index = 0; index < turn.steps().size(); index++) {
            StepJson.of(turn.id(), StepId.of(turn.id(), index), turn.steps().get(index))
                    .ifPresent(steps::add);
        }
        return List.copyOf(steps);
    }

    private static MessageJson.Completion output(TurnState state) {
        return switch (state) {
            case TurnState.AwaitingInput(var output) -> MessageJson.Completion.of(output);
            case TurnState.Completed(var output) -> MessageJson.Completion.of(output);
            case TurnState.Queued _, TurnState.Running _, TurnState.Failed _, TurnState.Cancelled _ ->
                MessageJson.Completion.NONE;
        };
    }

    private static String status(TurnState state) {
        return switch (state) {
            case TurnState.Queued _, TurnState.Running _ -> "running";
            case TurnState.AwaitingInput _ -> "awaiting_input";
            case TurnState.Completed _ -> "completed";
            case TurnState.Failed _ -> "failed";
            case TurnState.Cancelled _ -> "cancelled";
        };
    }

    /** Why a turn broke. */
    @WireRecord
    @Schema(name = "TurnFailure")
    record FailureJson(String code, String message) {

        static FailureJson of(Failure failure) {
            return new FailureJson(Words.of(failure.code()), failure.message());
        }
    }
}
