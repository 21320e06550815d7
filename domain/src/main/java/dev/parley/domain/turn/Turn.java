package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.tool.ToolSide;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One exchange with a model: what the client said, and the steps that were taken to answer it. A turn is a fold over
 * its steps: {@link #next()} reads from it what must happen now, {@link #observe} folds in what did. Both are pure; a
 * turn never changes, it is followed by the next one.
 *
 * @param input what the client said, at least one message
 * @param documents material that came with it
 * @param restedAt when it last came to rest; empty while it runs
 * @param revision how many observations were folded in since it began
 */
public record Turn(
        TurnId id,
        Origin origin,
        TurnSpec spec,
        List<Message.Input> input,
        List<Document> documents,
        List<Step> steps,
        TurnState state,
        Instant startedAt,
        Optional<Instant> restedAt,
        long revision) {

    public Turn {
        requireNonNull(id, "id");
        requireNonNull(origin, "origin");
        requireNonNull(spec, "spec");
        input = List.copyOf(input);
        if (input.isEmpty()) {
            throw new IllegalArgumentException("a turn must begin with at least one message");
        }
        documents = List.copyOf(documents);
        steps = List.copyOf(steps);
        requireNonNull(state, "state");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(restedAt, "restedAt");
    }

    /** A turn that has just begun. */
    public static Turn begin(
            TurnId id,
            Origin origin,
            TurnSpec spec,
            List<Message.Input> input,
            List<Document> documents,
            Instant clock) {
        Instant startedAt = Period.strictlyAfter(Instant.EPOCH, clock);
        return new Turn(
                id, origin, spec, input, documents, List.of(), new TurnState.Running(), startedAt, Optional.empty(), 0);
    }

    /** What must happen now. */
    public Effect next() {
        if (!(state instanceof TurnState.Running)) {
            return new Effect.Rest();
        }
        return switch (new StepRules(spec, steps).decide()) {
            case StepRules.Verdict.Do(Effect.Work work) -> work;
            case StepRules.Verdict.Settle _ ->
                throw new IllegalStateException("turn %s should have come to rest".formatted(id));
        };
    }

    /**
     * The turn after something happened to it.
     *
     * @throws Refusal when a client asks for what the turn no longer, or not yet, allows
     * @throws UnexpectedObservation when the observation is not the outcome of {@link #next()}
     */
    public Turn observe(Observation observation) {
        return switch (observation) {
            case Observation.ShieldsSpoke(Touchpoint touchpoint, Optional<Violation> violation, Period period)
            when next() instanceof Effect.CheckShields check && check.touchpoint() == touchpoint ->
                add(new Step.ShieldCall(touchpoint, violation.filter(Violation::stops), period));
            case Observation.Retrieved(var context, Period period)
            when next() instanceof Effect.Retrieve(List<String> stores) ->
                add(new Step.MemoryRetrieval(stores, context, period));
            case Observation.ModelAnswered(var answer, var usage, Period period)
            when next() instanceof Effect.Infer -> add(new Step.Inference(answer, usage, period));
            case Observation.ToolRan(ToolCall call, ToolResponse response, Period period)
            when next() instanceof Effect.RunTools(List<ToolCall> calls)
                    && calls.getFirst().equals(call)
                    && call.callId().equals(response.callId()) ->
                add(new Step.ToolExecution(ToolSide.SERVER, List.of(call), List.of(response), period));
            case Observation.Broke(Failure failure, Instant at)
            when state instanceof TurnState.Running -> rest(new TurnState.Failed(failure), at);
            case Observation.ClientAnswered(List<ToolResponse> responses, Instant at) -> answered(responses, at);
            case Observation.CancelRequested(Instant at) -> cancelled(at);
            case Observation.ShieldsSpoke _,
                    Observation.Retrieved _,
                    Observation.ModelAnswered _,
                    Observation.ToolRan _,
                    Observation.Broke _ -> throw new UnexpectedObservation(this, observation);
        };
    }

    /**
     * Where in the turn the client gave just these answers before, as the index of that step; empty when it did not.
     * With it, the same answer given twice can be told from a different one. What the turn awaits now is never the same
     * answer, even if it looks the same: models use the same call ids again.
     */
    public Optional<Integer> answeredAt(List<ToolResponse> responses) {
        if (state instanceof TurnState.AwaitingInput awaiting && answersTo(awaiting.pending(), responses)) {
            return Optional.empty();
        }
        for (int index = steps.size() - 1; index >= 0; index--) {
            if (steps.get(index) instanceof Step.ToolExecution tools
                    && tools.side() == ToolSide.CLIENT
                    && tools.responses().equals(responses)) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    /** The facts that a reader of {@code before} has not been told yet. */
    public List<TurnEvent> factsSince(Turn before) {
        List<TurnEvent> facts = new ArrayList<>();
        for (int index = before.steps.size(); index < steps.size(); index++) {
            facts.add(new TurnEvent.StepCompleted(id, StepId.of(id, index), steps.get(index)));
        }
        if (revision > before.revision && !(state instanceof TurnState.Running)) {
            facts.add(new TurnEvent.TurnRested(this));
        }
        return facts;
    }

    /** What a clock shows, or the first instant after everything in the turn if the clock is not past it. */
    public Instant later(Instant clock) {
        return Period.strictlyAfter(latest(), clock);
    }

    /** The id that the next step will have. */
    public StepId nextStepId() {
        return StepId.of(id, steps.size());
    }

    private Turn answered(List<ToolResponse> responses, Instant at) {
        return switch (state) {
            case TurnState.AwaitingInput awaiting -> {
                requireAnswersTo(awaiting.pending(), responses);
                yield goOn(awaiting.pending(), responses, at);
            }
            case TurnState.Completed(Message.Assistant output) -> {
                requireNewAnswers(output, responses);
                yield goOn(List.of(), responses, at);
            }
            case TurnState.Running _ -> throw movedOn("is still running");
            case TurnState.Failed _ -> throw movedOn("has failed");
            case TurnState.Cancelled _ -> throw movedOn("was cancelled");
        };
    }

    private Turn goOn(List<ToolCall> calls, List<ToolResponse> responses, Instant at) {
        // the step began when the calls were handed out, which is when the turn came to rest
        Period period = new Period(latest(), at);
        Step step = new Step.ToolExecution(ToolSide.CLIENT, calls, responses, period);
        return with(append(step), new TurnState.Running(), Optional.empty());
    }

    private Turn cancelled(Instant at) {
        return switch (state) {
            case TurnState.Running _, TurnState.AwaitingInput _ -> rest(new TurnState.Cancelled(), at);
            case TurnState.Completed _ -> throw movedOn("is complete");
            case TurnState.Failed _ -> throw movedOn("has failed");
            case TurnState.Cancelled _ -> throw movedOn("was cancelled");
        };
    }

    private void requireAnswersTo(List<ToolCall> pending, List<ToolResponse> responses) {
        if (!answersTo(pending, responses)) {
            List<String> asked = pending.stream().map(ToolCall::callId).toList();
            List<String> given = responses.stream().map(ToolResponse::callId).toList();
            boolean answeredBefore =
                    given.stream().filter(callId -> !asked.contains(callId)).anyMatch(answeredCallIds()::contains);
            String message = "Turn %s awaits one response for each of the calls %s, but got responses for %s"
                    .formatted(id, asked, given);
            throw answeredBefore
                    ? Refusal.of(Refusal.Code.CONFLICT, message, "tool_responses")
                    : Refusal.invalid("tool_responses", message);
        }
    }

    private static boolean answersTo(List<ToolCall> calls, List<ToolResponse> responses) {
        List<String> asked = calls.stream().map(ToolCall::callId).sorted().toList();
        List<String> given =
                responses.stream().map(ToolResponse::callId).sorted().toList();
        return asked.equals(given);
    }

    /**
     * A completed turn goes on only with answers to calls that the client read out of the model's text by itself
     * (agents-api 5.7), never with other answers to calls that were answered, nor to calls that a limit left open.
     */
    private void requireNewAnswers(Message.Assistant output, List<ToolResponse> responses) {
        if (spec.clientToolPolicy() == ClientToolPolicy.END) {
            throw movedOn("is complete");
        }
        if (responses.isEmpty()) {
            throw Refusal.invalid("tool_responses", "Give at least one tool response");
        }
        Set<String> answered = answeredCallIds();
        for (ToolResponse response : responses) {
            if (answered.contains(response.callId())) {
                throw movedOn("has already got another response for call " + response.callId());
            }
        }
        if (new StepRules(spec, steps).spent()) {
            throw Refusal.invalid(
                    "tool_responses",
                    "Turn %s has had all of its %d inference steps (max_infer_iters); start a new turn"
                            .formatted(id, spec.maxInferenceSteps()));
        }
        if (!output.toolCalls().isEmpty()) {
            throw Refusal.invalid(
                    "tool_responses",
                    "Turn %s was cut off before its calls were complete; start a new turn".formatted(id));
        }
    }

    private Set<String> answeredCallIds() {
        Set<String> callIds = new HashSet<>();
        for (Step step : steps) {
            if (step instanceof Step.ToolExecution tools) {
                tools.responses().forEach(response -> callIds.add(response.callId()));
            }
        }
        return callIds;
    }

    private Refusal movedOn(String how) {
        return Refusal.of(Refusal.Code.CONFLICT, "Turn %s %s; read it, or start a new turn".formatted(id, how));
    }

    private Turn add(Step step) {
        requireLater(step.period().start());
        List<Step> longer = append(step);
        return switch (new StepRules(spec, longer).decide()) {
            case StepRules.Verdict.Do _ -> with(longer, state, restedAt);
            case StepRules.Verdict.Settle(TurnState settled) ->
                with(
                        longer,
                        settled,
                        Optional.of(Period.strictlyAfter(step.period().end(), Instant.EPOCH)));
        };
    }

    private Turn rest(TurnState rested, Instant at) {
        requireLater(at);
        return with(steps, rested, Optional.of(at));
    }

    private Turn with(List<Step> newSteps, TurnState newState, Optional<Instant> newRest) {
        return new Turn(id, origin, spec, input, documents, newSteps, newState, startedAt, newRest, revision + 1);
    }

    private List<Step> append(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return longer;
    }

    private Instant latest() {
        return restedAt.orElseGet(
                () -> steps.isEmpty() ? startedAt : steps.getLast().period().end());
    }

    private void requireLater(Instant instant) {
        if (!instant.isAfter(latest())) {
            throw new IllegalArgumentException(
                    "%s is not later than all of turn %s, which ends at %s".formatted(instant, id, latest()));
        }
    }
}
