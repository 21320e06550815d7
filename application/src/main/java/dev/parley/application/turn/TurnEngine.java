package dev.parley.application.turn;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.port.Retrieval;
import dev.parley.application.port.Shields;
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
    private final Shields shields;
    private final Retrieval retrieval;
    private final InstantSource clock;

    public TurnEngine(
            Inference inference, ToolRunner tools, Shields shields, Retrieval retrieval, InstantSource clock) {
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
            Owner owner, Turn stored, TurnJournal journal, History history, TurnSink sink, Cancellation cancellation) {
        Turn turn = stored;
        while (turn.next() instanceof Effect.Work work) {
            Observation seen = perform(new Run(owner, turn, history, sink, cancellation), work);
            Turn moved = turn.observe(seen);
            if (journal.save(owner, turn, moved) != TurnJournal.Saving.SAVED) {
                LOG.warn("turn {}: was moved or deleted by somebody else while it ran here; this run ends", turn.id());
                throw taken(turn);
            }
            moved.factsSince(turn).forEach(sink::emit);
            sink.flush();
            turn = moved;
        }
        return turn;
    }

    /** What one piece of work is done with. */
    private record Run(Owner owner, Turn turn, History history, TurnSink sink, Cancellation cancellation) {

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
                case Effect.CheckShields(Touchpoint touchpoint, List<String> names) ->
                    checkShields(run, touchpoint, names, start);
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

    private Observation infer(Run run, ToolChoice choice, Instant start) throws BrokenOff {
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
        CallNames names = CallNames.next(turn);
        StepProgress progress =
                new StepProgress(run.step(), run.sink(), Citing.sources(turn.spec(), turn.steps()), names);
        try {
            Inference.Answer answer = inferWithin(run, request, progress);
            progress.ended();
            return new Observation.ModelAnswered(
                    names.of(answer.message()), answer.usage(), Period.ending(start, clock.instant()));
        } catch (BrokenOff broken) {
            return keeping(progress.told(), broken.spent(), start, brokeOff(run, broken));
        } catch (RuntimeException mistake) {
            return keeping(progress.told(), Optional.empty(), start, mistaken(run, mistake));
        }
    }

    /** The same, with what is left of the answer if anything is. */
    private Observation keeping(PartialAnswer told, Optional<Usage> spent, Instant start, Observation ending) {
        boolean leavesSomething = !told.equals(PartialAnswer.NOTHING) || spent.isPresent();
        return ending instanceof Observation.Broke(Failure failure, var _) && leavesSomething
                ? new Observation.AnswerBroke(failure, told, spent, Period.ending(start, clock.instant()))
                : ending;
    }

    /** Where the client allows it, a conversation that is too long is asked of again without its oldest part. */
    private Inference.Answer inferWithin(Run run, InferenceRequest request, Inference.Progress progress)
            throws BrokenOff {
        try {
            return inference.infer(request, progress, run.cancellation());
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
            return inferWithin(run, request.withMessages(shorter), progress);
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
        Inference.Answer answer = inferWithin(run, request, Compaction.UNTOLD);
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
        ToolResponse response =
                tools.answer(run.owner(), run.turn(), call, image -> progressed(run, image), run.cancellation());
        return new Observation.ToolRan(call, response, Period.ending(start, clock.instant()));
    }

    private static void progressed(Run run, Delta delta) {
        run.sink().emit(new TurnEvent.StepProgressed(run.step(), StepKind.TOOL_EXECUTION, delta));
        run.sink().flush();
    }

    private Observation checkShields(Run run, Touchpoint touchpoint, List<String> names, Instant start)
            throws BrokenOff {
        run.started(StepKind.SHIELD_CALL, Optional.of(touchpoint));
        Optional<Violation> violation =
                shields.check(run.owner(), names, seenBy(touchpoint, run.conversation()), run.cancellation());
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
