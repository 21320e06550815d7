package dev.parley.application.turn;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.port.Retrieval;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.TurnSink;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.CallNames;
import dev.parley.domain.turn.Citing;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Effect;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.PartialAnswer;
import dev.parley.domain.turn.Period;
import dev.parley.domain.turn.Prompt;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.domain.turn.Usage;
import dev.parley.domain.turn.Violation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a turn from one rest to the next: does what the turn says must be done, folds in what came of it, stores it,
 * and only then tells it. This is the only loop.
 */
public final class TurnEngine {

    private static final Logger LOG = LoggerFactory.getLogger(TurnEngine.class);

    private final Inference inference;
    private final ToolRunner tools;
    private final ShieldRunner shields;
    private final Retrieval retrieval;
    private final InstantSource clock;

    public TurnEngine(
            Inference inference, ToolRunner tools, ShieldRunner shields, Retrieval retrieval, InstantSource clock) {
        this.inference = inference;
        this.tools = tools;
        this.shields = shields;
        this.retrieval = retrieval;
        this.clock = clock;
    }

    /**
     * Drives a turn that was stored until it rests; blocks until then.
     *
     * @param journal where the turn is stored
     * @param history what came before it; read inside of the turn, so that what can't be read fails it
     * @return the turn at rest, as it was stored
     * @throws Refusal when somebody else has moved or deleted the turn meanwhile
     */
    Turn drive(
            Caller caller,
            Turn stored,
            TurnJournal journal,
            History history,
            TurnSink sink,
            Cancellation cancellation) {
        Turn turn = stored;
        try (CallsAtOnce calls = tools.callsFor(caller, cancellation)) {
            while (turn.next() instanceof Effect.Work work) {
                Observation seen = perform(new Run(caller.owner(), turn, history, calls, sink, cancellation), work);
                Turn moved = turn.observe(seen);
                if (journal.save(caller.owner(), turn, moved) != TurnJournal.Saving.SAVED) {
                    LOG.warn(
                            "turn {}: was moved or deleted by somebody else while it ran here; this run ends",
                            turn.id());
                    throw taken(turn);
                }
                moved.factsSince(turn).forEach(sink::emit);
                sink.flush();
                turn = moved;
            }
        }
        return turn;
    }

    /** What one piece of work is done with. */
    private record Run(
            Owner owner, Turn turn, History history, CallsAtOnce calls, TurnSink sink, Cancellation cancellation) {

        StepId step() {
            return turn.nextStepId();
        }

        List<Message> conversation() {
            return history.prompt(turn);
        }

        /** What is left to do then is for later turns. */
        boolean hasItsAnswer() {
            return !turn.input().asksForCompaction();
        }

        void started(StepKind kind, Optional<Touchpoint> touchpoint) {
            sink.emit(new TurnEvent.StepStarted(step(), kind, touchpoint));
            sink.flush();
        }
    }

    private Observation perform(Run run, Effect.Work work) {
        Optional<Cancellation.Reason> left = run.cancellation().requested();
        if (left.isPresent() && !(work instanceof Effect.Compact && run.hasItsAnswer())) {
            return ended(run, left.get());
        }
        Instant start = run.turn().later(clock.instant());
        try {
            return switch (work) {
                case Effect.CheckShields check -> checkShields(run, check, start);
                case Effect.Retrieve(List<String> stores) -> retrieve(run, stores, start);
                case Effect.ListTools(String label) -> listTools(run, label, start);
                case Effect.Infer(ToolChoice choice) -> infer(run, choice, start);
                case Effect.Compact _ -> compact(run, start);
                case Effect.RunTools(List<ToolCall> calls) -> runTool(run, calls.getFirst(), start);
            };
        } catch (BrokenOff broken) {
            return brokeOff(run, broken);
        } catch (RuntimeException mistake) {
            return mistaken(run, mistake);
        }
    }

    private Observation mistaken(Run run, RuntimeException mistake) {
        if (isInBackground(run.turn())
                && mistake instanceof Refusal refusal
                && refusal.code() == Refusal.Code.UNAVAILABLE) {
            // nothing is lost: it is run again when the store is back
            throw refusal;
        }
        LOG.error("turn {}: broke by a mistake of this server", run.turn().id(), mistake);
        return endedOr(
                run, () -> new Observation.Broke(Failure.MISTAKE, run.turn().later(clock.instant())));
    }

    private Observation brokeOff(Run run, BrokenOff broken) {
        return endedOr(run, () -> broke(run, broken));
    }

    private Observation infer(Run run, ToolChoice choice, Instant start) {
        Turn turn = run.turn();
        TurnSpec spec = turn.specNow();
        List<ToolDefinition> offered =
                spec.offered(choice).stream().map(OfferedTool::definition).toList();
        InferenceRequest request = new InferenceRequest(
                turn.spec().model(),
                run.conversation(),
                offered,
                spec.inNamesOfTheModel(choice),
                turn.sampling(),
                turn.spec().responseFormat(),
                turn.spec().options());
        ToldAnswer told = new ToldAnswer(run.sink(), run.step(), CallNames.next(turn));
        try {
            return spec.outputShields().isEmpty()
                    ? inferFreely(run, request, told, start)
                    : inferGuarded(run, request, told, start);
        } catch (BrokenOff broken) {
            return keeping(told.told(), broken.spent(), start, brokeOff(run, broken));
        } catch (RuntimeException mistake) {
            return keeping(told.told(), Optional.empty(), start, mistaken(run, mistake));
        }
    }

    /** The same, with what is left of the answer if anything is. */
    private Observation keeping(PartialAnswer told, Optional<Usage> spent, Instant start, Observation ending) {
        boolean leavesSomething = !told.equals(PartialAnswer.NOTHING) || spent.isPresent();
        return ending instanceof Observation.Broke(Failure failure, var _) && leavesSomething
                ? new Observation.AnswerBroke(failure, told, spent, Period.ending(start, clock.instant()))
                : ending;
    }

    private Observation inferFreely(Run run, InferenceRequest request, ToldAnswer told, Instant start)
            throws BrokenOff {
        StepProgress progress = progress(run, told);
        Inference.Answer answer = inferWithin(run, request, progress, run.cancellation());
        progress.ended();
        return new Observation.ModelAnswered(
                told.named(answer.message()), answer.usage(), Period.ending(start, clock.instant()));
    }

    private static StepProgress progress(Run run, Consumer<Delta> reader) {
        Turn turn = run.turn();
        return new StepProgress(run.step(), run.sink(), Citing.sources(turn.spec(), turn.steps()), reader);
    }

    /** Nobody is told of an answer what its shields have not let pass (agents-api 4.6). */
    private Observation inferGuarded(Run run, InferenceRequest request, ToldAnswer told, Instant start)
            throws BrokenOff {
        List<String> names = run.turn().spec().outputShields();
        GuardedAnswer guard = shields.guard(run.owner(), names, request.messages(), told, run.cancellation());
        try (var _ = run.cancellation().onRequest(() -> guard.stop().request(Cancellation.Reason.CLIENT_LEFT))) {
            StepProgress progress = progress(run, guard);
            Inference.Answer answer = inferWithin(run, request, progress, guard.stop());
            progress.ended();
            guard.ended();
            run.sink().flush();
            Optional<Violation> objection = guard.objection();
            return objection.isPresent()
                    ? stopped(run, told, objection.get(), start)
                    : new Observation.ModelAnswered(
                            told.named(answer.message()), answer.usage(), Period.ending(start, clock.instant()));
        } catch (BrokenOff ended) {
            Optional<Violation> objection = guard.objection();
            if (objection.isEmpty()) {
                throw ended;
            }
            return stopped(run, told, objection.get(), start);
        }
    }

    private Observation stopped(Run run, ToldAnswer told, Violation objection, Instant start) {
        LOG.info("turn {}: a shield stopped the answer", run.turn().id());
        return new Observation.AnswerStopped(told.message(), objection, Period.ending(start, clock.instant()));
    }

    /** Where the client allows it, a conversation that is too long is asked of again without its oldest part. */
    private Inference.Answer inferWithin(
            Run run, InferenceRequest request, Inference.Progress progress, Cancellation cancellation)
            throws BrokenOff {
        try {
            return inference.infer(request, progress, cancellation);
        } catch (BrokenOff broken) {
            List<Message> shorter = Prompt.withoutOldest(request.messages());
            boolean mayShorten = broken.failure().code() == Failure.Code.CONTEXT_TOO_LONG
                    && run.turn().spec().terms().filter(ResponseTerms::truncate).isPresent()
                    && shorter.size() < request.messages().size();
            if (!mayShorten) {
                throw broken;
            }
            LOG.info(
                    "turn {}: its conversation is too long; asking without the oldest part",
                    run.turn().id());
            return inferWithin(run, request.withMessages(shorter), progress, cancellation);
        }
    }

    /** A turn that has its answer does not fail for want of a summary: the next one may be luckier. */
    private Observation compact(Run run, Instant start) throws BrokenOff {
        if (!run.hasItsAnswer()) {
            return summarise(run, start);
        }
        if (run.cancellation().requested().isEmpty()) {
            try {
                return summarise(run, start);
            } catch (BrokenOff broken) {
                LOG.warn(
                        "turn {}: its conversation could not be compacted: {}",
                        run.turn().id(),
                        broken.failure().message());
            }
        }
        return new Observation.Compacted("", Optional.empty(), Period.ending(start, clock.instant()));
    }

    private Observation summarise(Run run, Instant start) throws BrokenOff {
        run.started(StepKind.COMPACTION, Optional.empty());
        List<Message> messages = new ArrayList<>(run.conversation());
        messages.add(Message.User.of(Compaction.REQUEST));
        InferenceRequest request = new InferenceRequest(
                run.turn().spec().model(),
                messages,
                List.of(),
                new ToolChoice.None(),
                Compaction.SAMPLING,
                Optional.empty());
        Inference.Answer answer = inferWithin(run, request, Compaction.UNTOLD, run.cancellation());
        String summary = answer.message().text().strip();
        if (summary.isEmpty()) {
            throw new BrokenOff(
                    Failure.Code.PROVIDER_UNAVAILABLE,
                    "The model did not put the conversation into words; repeat the request, or ask another model");
        }
        return new Observation.Compacted(summary, answer.usage(), Period.ending(start, clock.instant()));
    }

    private Observation listTools(Run run, String serverLabel, Instant start) {
        run.started(StepKind.TOOL_LISTING, Optional.empty());
        ToolRunner.Listing listing = tools.list(run.owner(), run.turn(), serverLabel, run.cancellation());
        Observation listed = new Observation.ToolsListed(
                serverLabel, listing.tools(), listing.error(), Period.ending(start, clock.instant()));
        return listing.error().isPresent() ? endedOr(run, () -> listed) : listed;
    }

    private Observation runTool(Run run, ToolCall call, Instant start) {
        run.sink().emit(new TurnEvent.StepStarted(run.step(), StepKind.TOOL_EXECUTION, Optional.empty()));
        progressed(run, new Delta.CallRunning(call));
        ToolResponse response = run.calls().answer(run.turn(), call, image -> progressed(run, image));
        return new Observation.ToolRan(call, response, Period.ending(start, clock.instant()));
    }

    private static void progressed(Run run, Delta delta) {
        run.sink().emit(new TurnEvent.StepProgressed(run.step(), StepKind.TOOL_EXECUTION, delta));
        run.sink().flush();
    }

    private Observation checkShields(Run run, Effect.CheckShields check, Instant start) throws BrokenOff {
        Touchpoint touchpoint = check.touchpoint();
        run.started(StepKind.SHIELD_CALL, Optional.of(touchpoint));
        Optional<Violation> violation = check.found().isPresent()
                ? check.found()
                : shields.check(
                        run.owner(), check.shields(), seenBy(touchpoint, run.conversation()), run.cancellation());
        violation
                .filter(lesser -> !lesser.stops())
                .ifPresent(lesser -> LOG.info(
                        "turn {}: a shield noted a violation of level {} and let it pass",
                        run.turn().id(),
                        lesser.level()));
        return new Observation.ShieldsSpoke(touchpoint, violation, Period.ending(start, clock.instant()));
    }

    private Observation retrieve(Run run, List<String> stores, Instant start) throws BrokenOff {
        run.started(StepKind.MEMORY_RETRIEVAL, Optional.empty());
        var found = retrieval.retrieve(run.owner(), stores, run.conversation(), run.cancellation());
        return new Observation.Retrieved(found, Period.ending(start, clock.instant()));
    }

    /** A shield judges what was said last, so nothing may stand behind the answer that it is to look at. */
    private static List<Message> seenBy(Touchpoint touchpoint, List<Message> conversation) {
        return switch (touchpoint) {
            case USER_INPUT -> conversation;
            case ASSISTANT_OUTPUT -> {
                int end = conversation.size();
                while (end > 0 && !(conversation.get(end - 1) instanceof Message.Assistant)) {
                    end--;
                }
                yield conversation.subList(0, end);
            }
        };
    }

    /** What goes wrong once the run is to end goes wrong because it is to end. */
    private Observation endedOr(Run run, Supplier<Observation> otherwise) {
        return run.cancellation().requested().map(reason -> ended(run, reason)).orElseGet(otherwise);
    }

    private Observation ended(Run run, Cancellation.Reason reason) {
        Instant at = run.turn().later(clock.instant());
        return switch (reason) {
            case CLIENT_LEFT -> new Observation.CancelRequested(at);
            case SHUTDOWN -> {
                if (isInBackground(run.turn())) {
                    // nothing is lost: whoever runs it next goes on from the last step
                    throw Refusal.of(Refusal.Code.UNAVAILABLE, "The server is stopping; the turn goes on elsewhere");
                }
                yield new Observation.Broke(
                        Failure.of(
                                Failure.Code.INTERRUPTED,
                                "The server was stopped before the turn was done; start a new turn"),
                        at);
            }
            case TAKEN -> throw taken(run.turn());
        };
    }

    private static boolean isInBackground(Turn turn) {
        return turn.spec().terms().filter(ResponseTerms::background).isPresent();
    }

    private static Refusal taken(Turn turn) {
        return Refusal.of(
                Refusal.Code.CONFLICT,
                "Turn %s was taken from this request or deleted; read it to see how it stands".formatted(turn.id()));
    }

    private Observation broke(Run run, BrokenOff broken) {
        LOG.warn(
                "turn {}: {}: {}",
                run.turn().id(),
                broken.failure().code(),
                broken.failure().message(),
                broken.getCause());
        return new Observation.Broke(broken.failure(), run.turn().later(clock.instant()));
    }
}
