package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Refusal;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.tool.ToolSide;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One exchange with a model: what the client said, and the steps that were taken to answer it. A turn is a fold over
 * its steps: {@link #next()} reads from it what must happen now, {@link #observe} folds in what did. Both are pure; a
 * turn never changes, it is followed by the next one.
 *
 * @param input what the client said
 * @param restedAt when it last came to rest; empty while it runs or waits to be run
 * @param revision how many observations were folded in since it began
 */
public record Turn(
        TurnId id,
        Origin origin,
        TurnSpec spec,
        TurnInput input,
        List<Step> steps,
        TurnState state,
        Instant startedAt,
        Optional<Instant> restedAt,
        long revision) {

    public Turn {
        requireNonNull(id, "id");
        requireNonNull(origin, "origin");
        requireNonNull(spec, "spec");
        requireNonNull(input, "input");
        steps = List.copyOf(steps);
        requireNonNull(state, "state");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(restedAt, "restedAt");
    }

    /** A turn that has just begun. */
    public static Turn begin(TurnId id, Origin origin, TurnSpec spec, TurnInput input, Instant clock) {
        return begin(id, origin, spec, input, new TurnState.Running(), clock);
    }

    /** A turn that waits to be picked up. */
    public static Turn queue(TurnId id, Origin origin, TurnSpec spec, TurnInput input, Instant clock) {
        return begin(id, origin, spec, input, new TurnState.Queued(), clock);
    }

    private static Turn begin(
            TurnId id, Origin origin, TurnSpec spec, TurnInput input, TurnState state, Instant clock) {
        Instant startedAt = Period.strictlyAfter(Instant.EPOCH, clock);
        return new Turn(id, origin, spec, input, List.of(), state, startedAt, Optional.empty(), 0);
    }

    /** What must happen now. */
    public Effect next() {
        if (!(state instanceof TurnState.Running)) {
            return new Effect.Rest();
        }
        return switch (rules(steps).decide()) {
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
            case Observation.ToolsListed(String label, var tools, var error, Period period)
            when next() instanceof Effect.ListTools(String asked) && asked.equals(label) ->
                add(new Step.ToolListing(label, allowed(label, tools), error, period));
            case Observation.ModelAnswered(var answer, var usage, Period period)
            when next() instanceof Effect.Infer ->
                add(Step.Inference.whole(Citing.read(answer, Citing.sources(spec, steps)), usage, period));
            case Observation.AnswerStopped(var told, Violation violation, Period period)
            when next() instanceof Effect.Infer && !spec.outputShields().isEmpty() ->
                add(new Step.Inference(told, Optional.empty(), period, Optional.of(violation)));
            case Observation.ToolRan(ToolCall call, ToolResponse response, Period period)
            when next() instanceof Effect.RunTools(List<ToolCall> calls)
                    && calls.getFirst().equals(call)
                    && call.callId().equals(response.callId()) ->
                add(new Step.ToolExecution(ToolSide.SERVER, List.of(call), List.of(response), period));
            case Observation.Compacted(String summary, Optional<Usage> usage, Period period)
            when next() instanceof Effect.Compact -> add(new Step.Compaction(summary, usage, period));
            case Observation.StepLost(Period period)
            when next() instanceof Effect.Work work -> add(new Step.Abandoned(work.kind(), period));
            case Observation.PickedUp(Instant at) when state instanceof TurnState.Queued -> pickedUp(at);
            case Observation.AnswerBroke(Failure failure, PartialAnswer told, Optional<Usage> usage, Period period)
            when next() instanceof Effect.Infer -> broken(failure, new Step.BrokenAnswer(told, usage, period));
            case Observation.Broke(Failure failure, Instant at)
            when state instanceof TurnState.Running || state instanceof TurnState.Queued ->
                rest(new TurnState.Failed(failure), at);
            case Observation.ClientAnswered(List<ToolResponse> responses, Instant at) -> answered(responses, at);
            case Observation.CancelRequested(Instant at) -> cancelled(at);
            case Observation.ShieldsSpoke _,
                    Observation.Retrieved _,
                    Observation.ToolsListed _,
                    Observation.ModelAnswered _,
                    Observation.AnswerStopped _,
                    Observation.ToolRan _,
                    Observation.Compacted _,
                    Observation.StepLost _,
                    Observation.PickedUp _,
                    Observation.AnswerBroke _,
                    Observation.Broke _ -> throw new UnexpectedObservation(this, observation);
        };
    }

    /** A turn that has just begun, at rest without an answer: its client only wanted it to be known what it was given. */
    public Turn restUnanswered(Instant at) {
        if (!(state instanceof TurnState.Running) || !steps.isEmpty()) {
            throw new IllegalStateException("turn %s has not just begun".formatted(id));
        }
        return rest(new TurnState.Completed(Message.Assistant.of("")), at);
    }

    /**
     * Where in the turn the client gave just these answers before, as the index of that step; empty when it did not.
     * With it, the same answer given twice can be told from a different one. What the turn awaits now is never the same
     * answer, even if it looks the same: models use the same call ids again.
     */
    public Optional<Integer> answeredAt(List<ToolResponse> responses) {
        return new AnswerRules(this).givenAt(responses);
    }

    /** The facts that a reader of {@code before} has not been told yet. */
    public List<TurnEvent> factsSince(Turn before) {
        List<TurnEvent> facts = new ArrayList<>();
        if (before.state instanceof TurnState.Queued && state instanceof TurnState.Running) {
            facts.add(new TurnEvent.TurnPickedUp(this));
        }
        for (int index = before.steps.size(); index < steps.size(); index++) {
            facts.add(new TurnEvent.StepCompleted(id, StepId.of(id, index), steps.get(index)));
        }
        if (revision > before.revision && isAtRest()) {
            facts.add(new TurnEvent.TurnRested(this));
        }
        return facts;
    }

    /** Whether it has come to rest: nothing happens to it by itself. */
    public boolean isAtRest() {
        return switch (state) {
            case TurnState.Queued _, TurnState.Running _ -> false;
            case TurnState.AwaitingInput _, TurnState.Completed _, TurnState.Failed _, TurnState.Cancelled _ -> true;
        };
    }

    /**
     * Whether something in it takes the place of all that came before the turn: for what follows, a line of turns begins with
     * the last one of which that is so.
     */
    public boolean standsForAllBefore() {
        return input.standsForAllBefore()
                || steps.stream()
                        .anyMatch(step ->
                                step instanceof Step.Compaction(String summary, var _, var _) && !summary.isEmpty());
    }

    /** What it was to know when it began, and what servers of tools have told since. */
    public TurnSpec specNow() {
        return spec.after(steps);
    }

    /** How its next answer is to be sampled. */
    public Sampling sampling() {
        return new TokenBudget(spec, steps).sampling();
    }

    /** How many tokens its answers took together; empty when the provider did not count those of any. */
    public Optional<Usage> usage() {
        return steps.stream()
                .map(step -> switch (step) {
                    case Step.Inference inference -> inference.usage();
                    case Step.Compaction compaction -> compaction.usage();
                    case Step.BrokenAnswer broken -> broken.usage();
                    case Step.ToolExecution _,
                            Step.ShieldCall _,
                            Step.MemoryRetrieval _,
                            Step.ToolListing _,
                            Step.Abandoned _ -> Optional.<Usage>empty();
                })
                .flatMap(Optional::stream)
                .reduce(Usage::plus);
    }

    /** What a clock shows, or the first instant after everything in the turn if the clock is not past it. */
    public Instant later(Instant clock) {
        return Period.strictlyAfter(latest(), clock);
    }

    /** The id that the next step will have. */
    public StepId nextStepId() {
        return StepId.of(id, steps.size());
    }

    private StepRules rules(List<Step> after) {
        return new StepRules(spec.after(after), input, after);
    }

    private List<ListedTool> allowed(String serverLabel, List<ListedTool> listed) {
        return spec.terms()
                .flatMap(terms -> terms.server(serverLabel))
                .flatMap(HostedTool::server)
                .map(server -> server.allowedOf(listed))
                .orElse(listed);
    }

    private Turn answered(List<ToolResponse> responses, Instant at) {
        List<ToolCall> calls = new AnswerRules(this).callsAnsweredBy(responses);
        // the step began when the calls were handed out, which is when the turn came to rest
        Period period = new Period(latest(), at);
        Step step = new Step.ToolExecution(ToolSide.CLIENT, calls, responses, period);
        return with(append(step), new TurnState.Running(), Optional.empty());
    }

    private Turn cancelled(Instant at) {
        return switch (state) {
            case TurnState.Queued _, TurnState.Running _, TurnState.AwaitingInput _ ->
                rest(new TurnState.Cancelled(), at);
            case TurnState.Completed _ -> throw movedOn("is complete");
            case TurnState.Failed _ -> throw movedOn("has failed");
            case TurnState.Cancelled _ -> throw movedOn("was cancelled");
        };
    }

    /** What a client is told that asks for what this turn no longer allows, or not yet. */
    Refusal movedOn(String how) {
        return Refusal.of(Refusal.Code.CONFLICT, "Turn %s %s; read it, or start a new turn".formatted(id, how));
    }

    /** From here on it is as if it had just begun: the time that it waited is no step. */
    private Turn pickedUp(Instant at) {
        requireLater(at);
        return with(steps, new TurnState.Running(), Optional.empty());
    }

    private Turn add(Step step) {
        requireLater(step.period().start());
        List<Step> longer = append(step);
        return switch (rules(longer).decide()) {
            case StepRules.Verdict.Do _ -> with(longer, state, restedAt);
            case StepRules.Verdict.Settle(TurnState settled) -> with(longer, settled, Optional.of(restAfter(step)));
        };
    }

    private Turn broken(Failure failure, Step.BrokenAnswer step) {
        requireLater(step.period().start());
        return with(append(step), new TurnState.Failed(failure), Optional.of(restAfter(step)));
    }

    private static Instant restAfter(Step step) {
        return Period.strictlyAfter(step.period().end(), Instant.EPOCH);
    }

    private Turn rest(TurnState rested, Instant at) {
        requireLater(at);
        return with(steps, rested, Optional.of(at));
    }

    private Turn with(List<Step> newSteps, TurnState newState, Optional<Instant> newRest) {
        return new Turn(id, origin, spec, input, newSteps, newState, startedAt, newRest, revision + 1);
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
