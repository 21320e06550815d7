package dev.parley.rest.responses;

import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Effect;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnState;
import dev.parley.rest.error.OpenAiError;
import dev.parley.rest.error.Problem;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.sse.FrameBuffer;
import dev.parley.rest.sse.TurnEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of one turn as those of a response (responses-api 9): its beginning, its end, and its items between. Every
 * reader gets to know all of it, from whatever source the events come.
 */
final class ResponseStream implements TurnEncoder {

    private final ResponseJson responses;
    private final Telling telling;

    /** Null before the turn's start. */
    private @Nullable ToldItems items;

    private boolean inProgress;
    private boolean ended;

    ResponseStream(ResponseJson responses, Telling telling) {
        this.responses = responses;
        this.telling = telling;
    }

    @Override
    public void encode(TurnEvent event, FrameBuffer out) {
        telling.into(out);
        switch (event) {
            case TurnEvent.StepProgressed(var _, var _, Delta delta) -> known().progressed(delta);
            case TurnEvent.TurnStarted(Turn begun) -> started(begun);
            case TurnEvent.StepStarted _ -> {
                begin();
                if (known().turn().next() instanceof Effect.ListTools(String label)) {
                    known().listing(label);
                }
            }
            case TurnEvent.TurnPickedUp _ -> begin();
            case TurnEvent.StepCompleted(var _, var _, Step step) -> completed(step);
            case TurnEvent.TurnRested(Turn rested) -> rested(rested);
        }
    }

    @Override
    public void encodeFailure(Problem problem, FrameBuffer out) {
        telling.into(out);
        if (!ended) {
            failed(problem);
        }
    }

    /** Told from its first step on, whatever has become of it by now. */
    private void started(Turn begun) {
        telling.of(begun);
        boolean queued = begun.state() instanceof TurnState.Queued
                || begun.spec().terms().filter(ResponseTerms::background).isPresent();
        Turn first = moved(begun, List.of(), queued ? new TurnState.Queued() : new TurnState.Running());
        items = new ToldItems(first, telling);
        telling.response(ResponseEvent.CREATED, snapshot());
        if (queued) {
            telling.response(ResponseEvent.QUEUED, snapshot());
        } else {
            begin();
        }
    }

    private void begin() {
        if (!inProgress) {
            inProgress = true;
            Turn waiting = known().turn();
            known().goOn(moved(waiting, waiting.steps(), new TurnState.Running()));
            telling.response(ResponseEvent.IN_PROGRESS, snapshot());
        }
    }

    private void completed(Step step) {
        begin();
        Turn before = known().turn();
        List<Step> steps = new ArrayList<>(before.steps());
        steps.add(step);
        known().completed(moved(before, steps, before.state()), step);
    }

    private void rested(Turn rested) {
        switch (rested.state()) {
            case TurnState.Completed _, TurnState.AwaitingInput _ -> {
                List<Step> steps = rested.steps();
                steps.subList(Math.min(known().turn().steps().size(), steps.size()), steps.size())
                        .forEach(this::completed);
                begin();
                RawJson response = responses.of(rested, known().all());
                telling.response(
                        ResponseJson.isCutOff(rested) ? ResponseEvent.INCOMPLETE : ResponseEvent.COMPLETED, response);
                end();
            }
            case TurnState.Failed _, TurnState.Cancelled _ -> Problem.of(rested).ifPresent(this::failed);
            case TurnState.Queued _, TurnState.Running _ -> throw new IllegalArgumentException("that is no rest");
        }
    }

    /** The open item stays open, and is shown as far as it has come. There is no event for what was called off. */
    private void failed(Problem problem) {
        if (!(problem.cause() instanceof Problem.Cause.Cancelled)) {
            tellError(OpenAiError.of(problem));
            if (items != null) {
                Failure failure = problem.cause() instanceof Problem.Cause.Broke(Failure broke)
                        ? broke
                        : Failure.of(Failure.Code.INTERNAL, problem.detail());
                Turn turn = items.turn();
                Turn broken = moved(turn, turn.steps(), new TurnState.Failed(failure));
                telling.response(ResponseEvent.FAILED, responses.of(broken, items.allCutOff()));
            }
        }
        end();
    }

    /** Clients look for it in two places. */
    private void tellError(OpenAiError error) {
        telling.plain(
                ResponseEvent.ERROR,
                new ObjectText()
                        .stringOrNull("code", error.code())
                        .string("message", error.message())
                        .stringOrNull("param", error.param())
                        .raw("error", ErrorJson.of(error)));
    }

    private void end() {
        ended = true;
        telling.done();
    }

    private RawJson snapshot() {
        return responses.of(known().turn(), known().all());
    }

    private ToldItems known() {
        if (items == null) {
            throw new IllegalStateException("a stream begins with the start of its turn");
        }
        return items;
    }

    private static Turn moved(Turn turn, List<Step> steps, TurnState state) {
        return new Turn(
                turn.id(),
                turn.origin(),
                turn.spec(),
                turn.input(),
                steps,
                state,
                turn.startedAt(),
                Optional.empty(),
                turn.revision());
    }
}
