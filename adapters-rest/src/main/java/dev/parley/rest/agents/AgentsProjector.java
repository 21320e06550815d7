package dev.parley.rest.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnState;
import dev.parley.rest.error.Problem;
import dev.parley.rest.json.WireJson;
import dev.parley.rest.sse.FrameBuffer;
import dev.parley.rest.sse.TurnEncoder;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Turn events as the items of an agent's stream (agents-api 2.9 and 4). Deltas are put together from bytes that are ready,
 * because each token of a model is one; the rarer facts are written from wire records. No item has a top-level
 * {@code error} but the one that ends a broken turn: clients take its mere presence for a failure.
 */
@Singleton
final class AgentsProjector implements TurnEncoder {

    private static final byte[] STEP_START = bytes("{\"event\":{\"payload\":{\"event_type\":\"step_start\"");
    private static final byte[] STEP_PROGRESS = bytes("{\"event\":{\"payload\":{\"event_type\":\"step_progress\"");
    private static final byte[] STEP_COMPLETE = bytes("{\"event\":{\"payload\":{\"event_type\":\"step_complete\"");
    private static final byte[] INFERENCE = stepType(StepKind.INFERENCE);
    private static final byte[] TOOL_EXECUTION = stepType(StepKind.TOOL_EXECUTION);
    private static final byte[] SHIELD_CALL = stepType(StepKind.SHIELD_CALL);
    private static final byte[] MEMORY_RETRIEVAL = stepType(StepKind.MEMORY_RETRIEVAL);
    private static final byte[] NO_METADATA = bytes(",\"metadata\":{}}}}");
    private static final byte[] USER_INPUT = bytes(",\"metadata\":{\"touchpoint\":\"user-input\"}}}}");
    private static final byte[] ASSISTANT_OUTPUT = bytes(",\"metadata\":{\"touchpoint\":\"assistant-output\"}}}}");
    private static final byte[] TEXT = bytes(",\"delta\":{\"type\":\"text\",\"text\":");
    private static final byte[] CALL = bytes(",\"delta\":{\"type\":\"tool_call\",\"tool_call\":");
    private static final byte[] STARTED = bytes(",\"parse_status\":\"started\"}}}}");
    private static final byte[] IN_PROGRESS = bytes(",\"parse_status\":\"in_progress\"}}}}");
    private static final byte[] SUCCEEDED = bytes(",\"parse_status\":\"succeeded\"}}}}");
    private static final byte[] FAILED = bytes(",\"parse_status\":\"failed\"}}}}");
    private static final byte[] TEXT_END = bytes("}}}}");
    private static final byte[] STEP_DETAILS = bytes(",\"step_details\":");
    private static final byte[] TURN_START =
            bytes("{\"event\":{\"payload\":{\"event_type\":\"turn_start\",\"turn_id\":");
    private static final byte[] TURN_COMPLETE =
            bytes("{\"event\":{\"payload\":{\"event_type\":\"turn_complete\",\"turn\":");
    private static final byte[] TURN_AWAITING_INPUT =
            bytes("{\"event\":{\"payload\":{\"event_type\":\"turn_awaiting_input\",\"turn\":");
    private static final byte[] EVENT_END = bytes("}}}");
    private static final byte[] ERROR = bytes("{\"error\":{\"message\":");
    private static final byte[] ERROR_END = bytes("}}");

    private final WireJson json;
    private final AgentsSettings settings;

    AgentsProjector(WireJson json, AgentsSettings settings) {
        this.json = json;
        this.settings = settings;
    }

    @Override
    public void encode(TurnEvent event, FrameBuffer out) {
        switch (event) {
            case TurnEvent.TurnStarted(Turn turn) -> turnStarted(turn.id(), out);
            case TurnEvent.StepStarted(StepId step, StepKind kind, Optional<Touchpoint> touchpoint) ->
                stepStarted(step, kind, touchpoint, out);
            case TurnEvent.StepProgressed(StepId step, StepKind kind, Delta delta) ->
                stepProgressed(step, kind, delta, out);
            case TurnEvent.TurnPickedUp _ -> {
                // turns of the Agents API are not queued
            }
            case TurnEvent.StepCompleted(TurnId turn, StepId id, Step step) -> stepCompleted(turn, id, step, out);
            case TurnEvent.TurnRested(Turn turn) -> turnRested(turn, out);
        }
    }

    @Override
    public void encodeFailure(Problem problem, FrameBuffer out) {
        error(problem.status(), problem.detail(), out);
    }

    private void turnStarted(TurnId turn, FrameBuffer out) {
        if (settings.emitTurnStart()) {
            out.begin().raw(TURN_START).string(turn.value()).raw(EVENT_END).end();
        }
    }

    private static void stepStarted(StepId step, StepKind kind, Optional<Touchpoint> touchpoint, FrameBuffer out) {
        item(STEP_START, step, kind, out)
                .raw(touchpoint.map(AgentsProjector::metadata).orElse(NO_METADATA))
                .end();
    }

    private static byte[] metadata(Touchpoint touchpoint) {
        return switch (touchpoint) {
            case USER_INPUT -> USER_INPUT;
            case ASSISTANT_OUTPUT -> ASSISTANT_OUTPUT;
        };
    }

    private void stepProgressed(StepId step, StepKind kind, Delta delta, FrameBuffer out) {
        switch (delta) {
            case Delta.Text(String text) -> text(step, kind, text, out);
            case Delta.ScoredText(String text, var _) -> text(step, kind, text, out);
            case Delta.Refused(String text) -> text(step, kind, text, out);
            case Delta.Cited _, Delta.PartialImage _ -> {
                // this interface has no word for it
            }
            case Delta.Reasoning _ -> {
                // the Agents API has no place for what a model thinks before it speaks
            }
            case Delta.CallOpened _ -> callText(step, kind, "", STARTED, out);
            case Delta.CallArguments(String fragment) -> callText(step, kind, fragment, IN_PROGRESS, out);
            case Delta.CallClosed(ToolCall call) -> {
                switch (call.arguments()) {
                    case ToolArguments.Json _ -> call(step, kind, call, SUCCEEDED, out);
                    case ToolArguments.Malformed(String text) -> callText(step, kind, text, FAILED, out);
                }
            }
            case Delta.CallRunning(ToolCall call) -> call(step, kind, call, IN_PROGRESS, out);
        }
    }

    private static void text(StepId step, StepKind kind, String text, FrameBuffer out) {
        item(STEP_PROGRESS, step, kind, out)
                .raw(TEXT)
                .string(text)
                .raw(TEXT_END)
                .end();
    }

    private static void callText(StepId step, StepKind kind, String text, byte[] parseStatus, FrameBuffer out) {
        item(STEP_PROGRESS, step, kind, out)
                .raw(CALL)
                .string(text)
                .raw(parseStatus)
                .end();
    }

    private void call(StepId step, StepKind kind, ToolCall call, byte[] parseStatus, FrameBuffer out) {
        item(STEP_PROGRESS, step, kind, out).raw(CALL);
        json.write(ToolCallJson.of(call), out);
        out.raw(parseStatus).end();
    }

    private void stepCompleted(TurnId turn, StepId id, Step step, FrameBuffer out) {
        StepJson.of(turn, id, step).ifPresent(shown -> {
            item(STEP_COMPLETE, id, step.kind(), out).raw(STEP_DETAILS);
            json.write(shown, out);
            out.raw(EVENT_END).end();
        });
    }

    /** Calls in the last message mean that the client's helper looks at them, whoever was to run them (agents-api 4.10). */
    private void turnRested(Turn turn, FrameBuffer out) {
        switch (turn.state()) {
            case TurnState.AwaitingInput _ -> turn(TURN_AWAITING_INPUT, turn, out);
            case TurnState.Completed(var output) ->
                turn(output.toolCalls().isEmpty() ? TURN_COMPLETE : TURN_AWAITING_INPUT, turn, out);
            case TurnState.Failed _, TurnState.Cancelled _, TurnState.Queued _, TurnState.Running _ -> {
                // what came to nothing is told by the stream itself, which may still have a status to tell it with
            }
        }
    }

    private void turn(byte[] start, Turn turn, FrameBuffer out) {
        out.begin().raw(start);
        json.write(TurnJson.of(turn), out);
        out.raw(EVENT_END).end();
    }

    private static void error(HttpStatus status, String detail, FrameBuffer out) {
        out.begin()
                .raw(ERROR)
                .string(status.getCode() + ": " + detail)
                .raw(ERROR_END)
                .end();
    }

    /** Opens an item of a step. */
    private static FrameBuffer item(byte[] eventType, StepId step, StepKind kind, FrameBuffer out) {
        byte[] stepType = switch (kind) {
            case INFERENCE -> INFERENCE;
            case TOOL_EXECUTION -> TOOL_EXECUTION;
            case SHIELD_CALL -> SHIELD_CALL;
            case MEMORY_RETRIEVAL, COMPACTION, TOOL_LISTING -> MEMORY_RETRIEVAL;
        };
        return out.begin().raw(eventType).raw(stepType).string(step.value());
    }

    private static byte[] stepType(StepKind kind) {
        return bytes(",\"step_type\":\"" + Words.of(kind) + "\",\"step_id\":");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
