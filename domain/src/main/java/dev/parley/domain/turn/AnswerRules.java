package dev.parley.domain.turn;

import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.tool.ToolSide;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which answers of a client a turn takes, and what those that it does not take are told (agents-api 5.7). */
final class AnswerRules {

    private static final String FIELD = "tool_responses";

    private final Turn turn;

    AnswerRules(Turn turn) {
        this.turn = turn;
    }

    /**
     * The calls that the responses answer, as the turn has handed them out; empty when the client read them out of the
     * model's text by itself.
     *
     * @throws Refusal when the turn does not take the responses
     */
    List<ToolCall> callsAnsweredBy(List<ToolResponse> responses) {
        return switch (turn.state()) {
            case TurnState.AwaitingInput awaiting -> {
                requireAnswersTo(awaiting.pending(), responses);
                yield awaiting.pending();
            }
            case TurnState.Completed(Message.Assistant output) -> {
                requireNewAnswers(output, responses);
                yield List.of();
            }
            case TurnState.Queued _ -> throw turn.movedOn("has not begun to run");
            case TurnState.Running _ -> throw turn.movedOn("is still running");
            case TurnState.Failed _ -> throw turn.movedOn("has failed");
            case TurnState.Cancelled _ -> throw turn.movedOn("was cancelled");
        };
    }

    /** The index of the step that has just these responses; empty when the turn awaits them now, or never got them. */
    Optional<Integer> givenAt(List<ToolResponse> responses) {
        if (turn.state() instanceof TurnState.AwaitingInput awaiting && answer(awaiting.pending(), responses)) {
            return Optional.empty();
        }
        for (int index = turn.steps().size() - 1; index >= 0; index--) {
            if (turn.steps().get(index) instanceof Step.ToolExecution tools
                    && tools.side() == ToolSide.CLIENT
                    && tools.responses().equals(responses)) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    private void requireAnswersTo(List<ToolCall> pending, List<ToolResponse> responses) {
        if (answer(pending, responses)) {
            return;
        }
        List<String> asked = pending.stream().map(ToolCall::callId).toList();
        List<String> given = responses.stream().map(ToolResponse::callId).toList();
        boolean answeredBefore =
                given.stream().filter(callId -> !asked.contains(callId)).anyMatch(answeredCallIds()::contains);
        throw Refusal.of(
                answeredBefore ? Refusal.Code.CONFLICT : Refusal.Code.INVALID,
                "Turn %s awaits one response for each of the calls %s, but got responses for %s"
                        .formatted(turn.id(), asked, given),
                FIELD);
    }

    /** Never other answers to calls that were answered, nor any to calls that a limit left open. */
    private void requireNewAnswers(Message.Assistant output, List<ToolResponse> responses) {
        if (turn.spec().clientToolPolicy() == ClientToolPolicy.END) {
            throw turn.movedOn("is complete");
        }
        if (responses.isEmpty()) {
            throw Refusal.invalid(FIELD, "Give at least one tool response");
        }
        Set<String> answered = answeredCallIds();
        for (ToolResponse response : responses) {
            if (answered.contains(response.callId())) {
                throw turn.movedOn("has already got another response for call " + response.callId());
            }
        }
        if (new StepRules(turn.spec(), turn.input(), turn.steps()).spent()) {
            throw Refusal.invalid(
                    FIELD,
                    "Turn %s has had all of its %d inference steps (max_infer_iters); start a new turn"
                            .formatted(turn.id(), turn.spec().maxInferenceSteps()));
        }
        if (!output.toolCalls().isEmpty()) {
            throw Refusal.invalid(
                    FIELD, "Turn %s was cut off before its calls were complete; start a new turn".formatted(turn.id()));
        }
    }

    private static boolean answer(List<ToolCall> calls, List<ToolResponse> responses) {
        List<String> asked = calls.stream().map(ToolCall::callId).sorted().toList();
        List<String> given =
                responses.stream().map(ToolResponse::callId).sorted().toList();
        return asked.equals(given);
    }

    private Set<String> answeredCallIds() {
        Set<String> callIds = new HashSet<>();
        for (Step step : turn.steps()) {
            if (step instanceof Step.ToolExecution tools) {
                tools.responses().forEach(response -> callIds.add(response.callId()));
            }
        }
        return callIds;
    }
}
