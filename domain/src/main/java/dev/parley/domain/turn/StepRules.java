package dev.parley.domain.turn;

import dev.parley.domain.item.Item;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolSide;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The step rules: what the steps that a running turn has so far say about what comes next (agents-api 4 and 5.3).
 * Nothing else decides it, and nothing is remembered beside the steps.
 */
final class StepRules {

    /** What the rules say: there is work, or the turn comes to rest. */
    sealed interface Verdict {
        record Do(Effect.Work work) implements Verdict {}

        record Settle(TurnState state) implements Verdict {}
    }

    /** The answer of a turn whose model was asked for none. */
    private static final Message.Assistant NO_WORDS = new Message.Assistant(List.of(), StopReason.END_OF_TURN);

    private final TurnSpec spec;
    private final TurnInput input;
    private final List<Step> steps;
    /** The steps since the client last spoke: shields look once at each side of each run. */
    private final List<Step> run;

    /** @param spec as the steps have left it */
    StepRules(TurnSpec spec, TurnInput input, List<Step> steps) {
        this.spec = spec;
        this.input = input;
        this.steps = steps;
        this.run = steps.subList(startOfRun(steps), steps.size());
    }

    Verdict decide() {
        if (!run.isEmpty()
                && run.getLast() instanceof Step.ShieldCall shield
                && shield.violation().isPresent()) {
            return settle(new TurnState.Completed(
                    Message.Assistant.of(shield.violation().get().refusal())));
        }
        if (!spec.inputShields().isEmpty() && !shieldsLooked(Touchpoint.USER_INPUT, run)) {
            return work(new Effect.CheckShields(Touchpoint.USER_INPUT, spec.inputShields()));
        }
        if (!spec.retrieveFrom().isEmpty() && steps.stream().noneMatch(Step.MemoryRetrieval.class::isInstance)) {
            return work(new Effect.Retrieve(spec.retrieveFrom()));
        }
        if (input.asksForCompaction()) {
            return isCompacted() ? settle(new TurnState.Completed(NO_WORDS)) : work(new Effect.Compact());
        }
        if (run.stream().noneMatch(Step.Inference.class::isInstance)) {
            return beforeAnswer();
        }
        return afterAnswer(lastInference());
    }

    /** The model is asked once the tools are known and what the client has agreed to is done. */
    private Verdict beforeAnswer() {
        Optional<String> unlisted = unlisted();
        if (unlisted.isPresent()) {
            return work(new Effect.ListTools(unlisted.get()));
        }
        if (spec.tools().isEmpty()) {
            Optional<Step.ToolListing> failed = failedListing();
            if (failed.isPresent()) {
                return settle(new TurnState.Failed(Failure.of(
                        Failure.Code.TOOLS_UNAVAILABLE,
                        "The MCP server '%s' could not list its tools: %s. Check its address and authorization, or leave it out"
                                .formatted(
                                        failed.get().serverLabel(),
                                        failed.get().error().orElse("")))));
            }
        }
        List<ToolCall> agreed =
                Approvals.open(input, steps).stream().map(Item.Asked::call).toList();
        return agreed.isEmpty() ? infer() : work(new Effect.RunTools(agreed));
    }

    /** A server of tools of which it is not known what it has. */
    private Optional<String> unlisted() {
        return spec.terms().stream()
                .flatMap(terms -> terms.hosted().stream())
                .flatMap(tool -> tool.label().stream())
                .filter(label -> spec.tools().stream().noneMatch(tool -> isOf(label, tool.form()))
                        && steps.stream()
                                .noneMatch(step -> step instanceof Step.ToolListing listing
                                        && listing.serverLabel().equals(label)))
                .findFirst();
    }

    private static boolean isOf(String serverLabel, CallForm form) {
        return form instanceof CallForm.Hosted hosted && hosted.serverLabel().equals(Optional.of(serverLabel));
    }

    private Optional<Step.ToolListing> failedListing() {
        return steps.stream()
                .filter(Step.ToolListing.class::isInstance)
                .map(Step.ToolListing.class::cast)
                .filter(listing -> listing.error().isPresent())
                .findFirst();
    }

    /** Whether the turn may ask its model no more. */
    boolean spent() {
        return inferences() >= spec.maxInferenceSteps();
    }

    private Verdict afterAnswer(Step.Inference inference) {
        Message.Assistant answer = inference.answer();
        if (inference.stopped().isPresent()) {
            return rest(new TurnState.Completed(answer));
        }
        if (answer.stopReason() == StopReason.FILTERED) {
            return rest(filtered(answer));
        }
        if (spent() || answer.stopReason() == StopReason.OUT_OF_TOKENS) {
            return rest(new TurnState.Completed(endedByLimit(answer)));
        }
        if (answer.toolCalls().isEmpty() && answer.stopReason() != StopReason.END_OF_MESSAGE) {
            return rest(new TurnState.Completed(answer));
        }
        List<ToolCall> unanswered = unanswered(inference);
        List<ToolCall> ours = unanswered.stream().filter(this::isOurs).toList();
        if (!ours.isEmpty()) {
            return work(new Effect.RunTools(ours));
        }
        if (!unanswered.isEmpty()) {
            return rest(handOver(answer, unanswered));
        }
        return new TokenBudget(spec, steps).isSpent()
                ? rest(new TurnState.Completed(answer.endedBy(StopReason.OUT_OF_TOKENS)))
                : infer();
    }

    /** Clients that can be told of a cut answer are; the others would take it for a whole one. */
    private TurnState filtered(Message.Assistant answer) {
        return switch (spec.clientToolPolicy()) {
            case PAUSE ->
                new TurnState.Failed(Failure.of(
                        Failure.Code.FILTERED,
                        "The provider's content filter has cut the answer off; say it in other words"));
            case END -> new TurnState.Completed(answer);
        };
    }

    private TurnState handOver(Message.Assistant answer, List<ToolCall> clientCalls) {
        return switch (spec.clientToolPolicy()) {
            case PAUSE ->
                new TurnState.AwaitingInput(answer.callingOnly(clientCalls).endedBy(StopReason.END_OF_MESSAGE));
            case END -> new TurnState.Completed(answer);
        };
    }

    /** A turn comes to rest only after the output shields have seen what it rests with. */
    private Verdict rest(TurnState state) {
        List<Step> sinceAnswer = run.subList(run.lastIndexOf(lastInference()), run.size());
        if (!spec.outputShields().isEmpty() && !shieldsLooked(Touchpoint.ASSISTANT_OUTPUT, sinceAnswer)) {
            return work(new Effect.CheckShields(
                    Touchpoint.ASSISTANT_OUTPUT,
                    spec.outputShields(),
                    lastInference().stopped()));
        }
        return isToBeCompacted() ? work(new Effect.Compact()) : settle(state);
    }

    /** Once, behind an answer that leaves no call open, where the conversation has become as long as its client allows. */
    private boolean isToBeCompacted() {
        Step.Inference last = lastInference();
        long length = last.usage()
                .map(usage -> usage.inputTokens() + usage.outputTokens())
                .orElse(0L);
        return spec.terms()
                        .flatMap(ResponseTerms::compactAt)
                        .filter(limit -> length >= limit)
                        .isPresent()
                && last.answer().toolCalls().isEmpty()
                && !isCompacted();
    }

    private boolean isCompacted() {
        return steps.stream().anyMatch(Step.Compaction.class::isInstance);
    }

    /** A forced choice holds for the first call only: kept up, it would have the model call tools for ever. */
    private Verdict infer() {
        if (isLastInference() && steps.stream().anyMatch(StepRules::isOfThisServer)) {
            return work(new Effect.Infer(new ToolChoice.None()));
        }
        boolean forced = switch (spec.toolChoice()) {
            case ToolChoice.Required _, ToolChoice.Named _, ToolChoice.Hosted _ -> true;
            case ToolChoice.Auto _, ToolChoice.None _ -> false;
        };
        // what the client had agreed to ran before the model was asked at all
        boolean toolsRan = steps.stream()
                .dropWhile(step -> !(step instanceof Step.Inference))
                .anyMatch(Step.ToolExecution.class::isInstance);
        return work(new Effect.Infer(forced && toolsRan ? new ToolChoice.Auto() : spec.toolChoice()));
    }

    /** Where a client can't go on with the turn, its last inference is to be an answer and not more calls. */
    private boolean isLastInference() {
        return spec.clientToolPolicy() == ClientToolPolicy.END && inferences() == spec.maxInferenceSteps() - 1;
    }

    private long inferences() {
        return steps.stream().filter(Step.Inference.class::isInstance).count();
    }

    private static boolean isOfThisServer(Step step) {
        return step instanceof Step.ToolExecution tools && tools.side() == ToolSide.SERVER;
    }

    /** Whether a call is answered here. Names that nobody offered are, and so are arguments that no client can read. */
    private boolean isOurs(ToolCall call) {
        if (spec.tool(call.toolName()).flatMap(tool -> tool.askedAs(call)).isPresent()) {
            return false;
        }
        boolean clients = spec.tool(call.toolName()).map(OfferedTool::side).orElse(ToolSide.SERVER) == ToolSide.CLIENT;
        boolean readable = call.arguments() instanceof ToolArguments.Json;
        return !clients || (!readable && spec.clientToolPolicy() == ClientToolPolicy.PAUSE);
    }

    private List<ToolCall> unanswered(Step.Inference inference) {
        Set<String> answered = steps.subList(steps.lastIndexOf(inference), steps.size()).stream()
                .filter(Step.ToolExecution.class::isInstance)
                .flatMap(step -> ((Step.ToolExecution) step).responses().stream())
                .map(response -> response.callId())
                .collect(Collectors.toSet());
        return inference.answer().toolCalls().stream()
                .filter(call -> !answered.contains(call.callId()))
                .toList();
    }

    private Step.Inference lastInference() {
        return (Step.Inference) steps.reversed().stream()
                .filter(Step.Inference.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static Message.Assistant endedByLimit(Message.Assistant answer) {
        return answer.stopReason() == StopReason.OUT_OF_TOKENS ? answer : answer.endedBy(StopReason.END_OF_TURN);
    }

    private static boolean shieldsLooked(Touchpoint touchpoint, List<Step> among) {
        return among.stream()
                .anyMatch(step -> step instanceof Step.ShieldCall shield && shield.touchpoint() == touchpoint);
    }

    private static int startOfRun(List<Step> steps) {
        for (int index = steps.size(); index > 0; index--) {
            if (steps.get(index - 1) instanceof Step.ToolExecution tools && tools.side() == ToolSide.CLIENT) {
                return index;
            }
        }
        return 0;
    }

    private static Verdict work(Effect.Work work) {
        return new Verdict.Do(work);
    }

    private static Verdict settle(TurnState state) {
        return new Verdict.Settle(state);
    }
}
