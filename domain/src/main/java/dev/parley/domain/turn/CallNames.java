package dev.parley.domain.turn;

import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.ToolCall;
import java.util.List;

/**
 * The ids by which the calls of a turn's next answer go. They are the model's own, unless the turn has lost an answer: its
 * readers may have been told of calls that nothing else knows, models use the same ids again, and no two calls of a response
 * may share one (responses-api 9.4). Then the place of the step is part of each id.
 *
 * @param ending what ids end in
 */
public record CallNames(String ending) {

    private static final CallNames AS_THEY_ARE = new CallNames("");

    /** For the answer that the turn asks for now. */
    public static CallNames next(Turn turn) {
        boolean hasLost = turn.steps().stream()
                .anyMatch(step -> step instanceof Step.Abandoned(StepKind kind, var _) && kind == StepKind.INFERENCE);
        return hasLost ? new CallNames("_r" + turn.steps().size()) : AS_THEY_ARE;
    }

    public Delta of(Delta delta) {
        if (ending.isEmpty()) {
            return delta;
        }
        return switch (delta) {
            case Delta.CallOpened(String callId, String toolName) -> new Delta.CallOpened(of(callId), toolName);
            case Delta.CallClosed(ToolCall call) -> new Delta.CallClosed(of(call));
            case Delta.Text _,
                    Delta.ScoredText _,
                    Delta.Cited _,
                    Delta.Refused _,
                    Delta.Reasoning _,
                    Delta.CallArguments _,
                    Delta.CallRunning _,
                    Delta.PartialImage _ -> delta;
        };
    }

    public Message.Assistant of(Message.Assistant answer) {
        if (ending.isEmpty()) {
            return answer;
        }
        List<Passage> passages = answer.passages().stream()
                .map(passage ->
                        passage instanceof Passage.Called(ToolCall call) ? new Passage.Called(of(call)) : passage)
                .toList();
        return new Message.Assistant(passages, answer.stopReason());
    }

    private ToolCall of(ToolCall call) {
        return new ToolCall(of(call.callId()), call.toolName(), call.arguments());
    }

    private String of(String callId) {
        return callId + ending;
    }
}
