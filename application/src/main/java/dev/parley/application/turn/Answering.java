package dev.parley.application.turn;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.turn.CallNames;
import dev.parley.domain.turn.Citing;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.PartialAnswer;
import dev.parley.domain.turn.Period;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.domain.turn.Usage;
import dev.parley.domain.turn.Violation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the model of a turn answer, tells its reader of the answer while it comes, and keeps what was told when it breaks off. */
final class Answering {

    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private final Asking asking;
    private final ShieldRunner shields;
    private final Endings endings;
    private final InstantSource clock;

    Answering(Asking asking, ShieldRunner shields, Endings endings, InstantSource clock) {
        this.asking = asking;
        this.shields = shields;
        this.endings = endings;
        this.clock = clock;
    }

    /** Blocks until the answer is whole or has come to nothing. */
    Observation answer(StepRun run, ToolChoice choice, Instant start) {
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
                    ? freely(run, request, told, start)
                    : guarded(run, request, told, start);
        } catch (BrokenOff broken) {
            return keeping(told.told(), broken.spent(), start, endings.brokeOff(run, broken));
        } catch (RuntimeException mistake) {
            return keeping(told.told(), Optional.empty(), start, endings.mistaken(run, mistake));
        }
    }

    /** The same, with what is left of the answer if anything is. */
    private Observation keeping(PartialAnswer told, Optional<Usage> spent, Instant start, Observation ending) {
        boolean leavesSomething = !told.equals(PartialAnswer.NOTHING) || spent.isPresent();
        return ending instanceof Observation.Broke(Failure failure, var _) && leavesSomething
                ? new Observation.AnswerBroke(failure, told, spent, Period.ending(start, clock.instant()))
                : ending;
    }

    private Observation freely(StepRun run, InferenceRequest request, ToldAnswer told, Instant start) throws BrokenOff {
        StepProgress progress = progress(run, told);
        Inference.Answer answer = asking.ask(run.turn(), request, progress, run.cancellation());
        progress.ended();
        return answered(told.named(answer.message()), answer, start);
    }

    /** Nobody is told of an answer what its shields have not let pass (agents-api 4.6). */
    private Observation guarded(StepRun run, InferenceRequest request, ToldAnswer told, Instant start)
            throws BrokenOff {
        List<String> names = run.turn().spec().outputShields();
        GuardedAnswer guard = shields.guard(run.owner(), names, request.messages(), told, run.cancellation());
        try (var _ = run.cancellation().onRequest(() -> guard.stop().request(Cancellation.Reason.CLIENT_LEFT))) {
            StepProgress progress = progress(run, guard);
            Inference.Answer answer = asking.ask(run.turn(), request, progress, guard.stop());
            progress.ended();
            guard.ended();
            run.sink().flush();
            Optional<Violation> objection = guard.objection();
            if (objection.isPresent()) {
                return stopped(run, told, objection.get(), start);
            }
            if (guard.hasSeenAll()) {
                run.judged().passed(run.turn().steps().size(), guard.lesser());
            }
            return answered(told.named(answer.message()), answer, start);
        } catch (BrokenOff ended) {
            Optional<Violation> objection = guard.objection();
            if (objection.isEmpty()) {
                throw ended;
            }
            return stopped(run, told, objection.get(), start);
        }
    }

    private static StepProgress progress(StepRun run, Consumer<Delta> reader) {
        Turn turn = run.turn();
        return new StepProgress(run.step(), run.sink(), Citing.sources(turn.spec(), turn.steps()), reader);
    }

    private Observation answered(Message.Assistant message, Inference.Answer answer, Instant start) {
        return new Observation.ModelAnswered(message, answer.usage(), Period.ending(start, clock.instant()));
    }

    private Observation stopped(StepRun run, ToldAnswer told, Violation objection, Instant start) {
        LOG.info("turn {}: a shield stopped the answer", run.turn().id());
        return new Observation.AnswerStopped(told.message(), objection, Period.ending(start, clock.instant()));
    }
}
