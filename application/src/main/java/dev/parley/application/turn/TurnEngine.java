package dev.parley.application.turn;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.Retrieval;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.TurnSink;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Effect;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Period;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.Violation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a turn from one rest to the next: does what the turn says must be done, folds in what came of it, stores it,
 * and only then tells it. This is the only loop.
 */
public final class TurnEngine {

    private static final Logger LOG = LoggerFactory.getLogger(TurnEngine.class);

    private final Answering answering;
    private final Compaction compaction;
    private final ToolRunner tools;
    private final ShieldRunner shields;
    private final Retrieval retrieval;
    private final Endings endings;
    private final InstantSource clock;

    public TurnEngine(
            Inference inference, ToolRunner tools, ShieldRunner shields, Retrieval retrieval, InstantSource clock) {
        Asking asking = new Asking(inference);
        endings = new Endings(clock);
        answering = new Answering(asking, shields, endings, clock);
        compaction = new Compaction(asking, clock);
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
        Judged judged = new Judged();
        try (CallsAtOnce calls = tools.callsFor(caller, cancellation)) {
            while (turn.next() instanceof Effect.Work work) {
                Observation seen =
                        perform(new StepRun(caller.owner(), turn, history, calls, judged, sink, cancellation), work);
                Turn moved = turn.observe(seen);
                if (journal.save(caller.owner(), turn, moved) != TurnJournal.Saving.SAVED) {
                    LOG.warn(
                            "turn {}: was moved or deleted by somebody else while it ran here; this run ends",
                            turn.id());
                    throw Endings.taken(turn);
                }
                moved.factsSince(turn).forEach(sink::emit);
                sink.flush();
                turn = moved;
            }
        }
        return turn;
    }

    private Observation perform(StepRun run, Effect.Work work) {
        Optional<Cancellation.Reason> left = run.cancellation().requested();
        if (left.isPresent() && !isStillDone(run, work, left.get())) {
            return endings.ended(run, left.get());
        }
        Instant start = run.turn().later(clock.instant());
        try {
            return switch (work) {
                case Effect.CheckShields check -> checkShields(run, check, start);
                case Effect.Retrieve(List<String> stores) -> retrieve(run, stores, start);
                case Effect.ListTools(String label) -> listTools(run, label, start);
                case Effect.Infer(ToolChoice choice) -> answering.answer(run, choice, start);
                case Effect.Compact _ -> compaction.compact(run, start);
                case Effect.RunTools(List<ToolCall> calls) -> runTool(run, calls.getFirst(), start);
            };
        } catch (BrokenOff broken) {
            return endings.brokeOff(run, broken);
        } catch (RuntimeException mistake) {
            return endings.mistaken(run, mistake);
        }
    }

    /** What costs nothing any more, or was begun and must not be done twice. */
    private static boolean isStillDone(StepRun run, Effect.Work work, Cancellation.Reason reason) {
        return switch (work) {
            case Effect.Compact _ -> run.hasItsAnswer();
            case Effect.RunTools(List<ToolCall> calls) ->
                reason == Cancellation.Reason.SHUTDOWN && run.calls().hasBegun(calls.getFirst());
            case Effect.CheckShields _, Effect.Retrieve _, Effect.ListTools _, Effect.Infer _ -> false;
        };
    }

    private Observation listTools(StepRun run, String serverLabel, Instant start) {
        run.started(StepKind.TOOL_LISTING, Optional.empty());
        ToolRunner.Listing listing = tools.list(run.owner(), run.turn(), serverLabel, run.cancellation());
        Observation listed = new Observation.ToolsListed(
                serverLabel, listing.tools(), listing.error(), Period.ending(start, clock.instant()));
        return listing.error().isPresent() ? endings.endedOr(run, () -> listed) : listed;
    }

    private Observation runTool(StepRun run, ToolCall call, Instant start) {
        run.sink().emit(new TurnEvent.StepStarted(run.step(), StepKind.TOOL_EXECUTION, Optional.empty()));
        progressed(run, new Delta.CallRunning(call));
        ToolResponse response = run.calls().answer(run.turn(), call, image -> progressed(run, image));
        return new Observation.ToolRan(call, response, Period.ending(start, clock.instant()));
    }

    private static void progressed(StepRun run, Delta delta) {
        run.sink().emit(new TurnEvent.StepProgressed(run.step(), StepKind.TOOL_EXECUTION, delta));
        run.sink().flush();
    }

    private Observation checkShields(StepRun run, Effect.CheckShields check, Instant start) throws BrokenOff {
        Touchpoint touchpoint = check.touchpoint();
        run.started(StepKind.SHIELD_CALL, Optional.of(touchpoint));
        Optional<Violation> violation = check.found().isPresent() ? check.found() : asked(run, check);
        violation
                .filter(lesser -> !lesser.stops())
                .ifPresent(lesser -> LOG.info(
                        "turn {}: a shield noted a violation of level {} and let it pass",
                        run.turn().id(),
                        lesser.level()));
        return new Observation.ShieldsSpoke(touchpoint, violation, Period.ending(start, clock.instant()));
    }

    /** What they have seen all of they are not asked of again. */
    private Optional<Violation> asked(StepRun run, Effect.CheckShields check) throws BrokenOff {
        if (check.touchpoint() == Touchpoint.ASSISTANT_OUTPUT
                && run.judged().hasPassed(run.turn().steps().size() - 1)) {
            return run.judged().lesser();
        }
        return shields.check(
                run.owner(),
                check.shields(),
                check.touchpoint(),
                seenBy(check.touchpoint(), run.conversation()),
                run.cancellation());
    }

    private Observation retrieve(StepRun run, List<String> stores, Instant start) throws BrokenOff {
        run.started(StepKind.MEMORY_RETRIEVAL, Optional.empty());
        var found = retrieval.retrieve(run.owner(), stores, run.turn().input().lastWords(), run.cancellation());
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
}
