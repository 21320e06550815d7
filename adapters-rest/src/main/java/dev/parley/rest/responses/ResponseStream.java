package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Effect;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnSpec;
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
 * The events of one turn as those of a response (responses-api 9). It knows the turn as far as it was told, and which item
 * is open; what deltas did not tell of a step is told when the step is completed, so that every reader gets to know all
 * of it, from whatever source the events come.
 */
final class ResponseStream implements TurnEncoder {

    private final ResponseJson responses;
    private final Telling telling;

    /** As far as it was told; null before its start. */
    private @Nullable Turn turn;

    private boolean inProgress;
    private boolean ended;

    /** What completed steps have told, without what counts for nothing. */
    private final List<Item> finished = new ArrayList<>();

    /** How many items completed steps have told, whether they count or not. */
    private int told;

    /** What the step that is under way has told and closed. */
    private final List<Item> inStep = new ArrayList<>();

    private @Nullable OpenItem open;

    ResponseStream(ResponseJson responses, Telling telling) {
        this.responses = responses;
        this.telling = telling;
    }

    @Override
    public void encode(TurnEvent event, FrameBuffer out) {
        telling.into(out);
        switch (event) {
            case TurnEvent.StepProgressed(var _, var _, Delta delta) -> progressed(delta);
            case TurnEvent.TurnStarted(Turn begun) -> started(begun);
            case TurnEvent.StepStarted _ -> {
                begin();
                if (known().next() instanceof Effect.ListTools(String label)) {
                    closeOpen();
                    open = new OpenListing(TurnItems.listing(known(), label), nextIndex(), telling);
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
        turn = first;
        telling.response(ResponseEvent.CREATED, snapshot(first));
        if (queued) {
            telling.response(ResponseEvent.QUEUED, snapshot(first));
        } else {
            begin();
        }
    }

    private void begin() {
        if (!inProgress) {
            inProgress = true;
            Turn running = moved(known(), known().steps(), new TurnState.Running());
            turn = running;
            telling.response(ResponseEvent.IN_PROGRESS, snapshot(running));
        }
    }

    private void progressed(Delta delta) {
        switch (delta) {
            case Delta.Text(String text) -> {
                if (!text.isEmpty()) {
                    message(false).add(text);
                }
            }
            case Delta.ScoredText(String text, JsonText logprobs) -> {
                if (!text.isEmpty()) {
                    message(false).add(text, logprobs);
                }
            }
            case Delta.Cited(Citation citation) -> {
                if (open instanceof OpenMessage message) {
                    message.cite(citation);
                }
            }
            case Delta.Refused(String text) -> {
                if (!text.isEmpty()) {
                    message(true).add(text);
                }
            }
            case Delta.Reasoning(String text) -> {
                if (!text.isEmpty()) {
                    thought().add(text);
                }
            }
            case Delta.CallOpened(String callId, String toolName) -> {
                closeOpen();
                opened(callId, toolName);
            }
            case Delta.CallArguments(String fragment) -> {
                if (open instanceof OpenCall call) {
                    call.add(fragment);
                }
            }
            case Delta.CallClosed(ToolCall call) -> closed(call);
            case Delta.CallRunning(ToolCall call) -> runs(call);
            case Delta.PartialImage image -> {
                if (open instanceof OpenHosted hosted) {
                    hosted.show(image);
                }
            }
        }
    }

    private OpenMessage message(boolean refusal) {
        if (open instanceof OpenMessage message && message.isRefusal() == refusal) {
            return message;
        }
        closeOpen();
        OpenMessage message = new OpenMessage(nextId("msg"), refusal, nextIndex(), telling);
        open = message;
        return message;
    }

    private OpenThought thought() {
        if (open instanceof OpenThought thought) {
            return thought;
        }
        closeOpen();
        boolean summarised = known().spec()
                .terms()
                .filter(terms -> terms.reasoning().summarised())
                .isPresent();
        OpenThought thought = new OpenThought(nextId("rs"), nextIndex(), summarised, telling);
        open = thought;
        return thought;
    }

    /** Of calls that are this server's to answer, only those that it runs are told, and when it does so. */
    private void opened(String callId, String toolName) {
        TurnSpec spec = known().specNow();
        if (TurnItems.isTold(spec, toolName)) {
            CallForm form = spec.tool(toolName).orElseThrow().form();
            open = new OpenCall(nextId(TurnItems.prefix(form)), form, callId, toolName, nextIndex(), telling);
        }
    }

    private void closed(ToolCall call) {
        if (!(open instanceof OpenCall opened && opened.isOf(call.callId()))) {
            closeOpen();
            opened(call.callId(), call.toolName());
        }
        if (open instanceof OpenCall opened) {
            opened.close(call);
        } else {
            TurnItems.asked(known().specNow(), call, nextId(TurnItems.ASKED)).ifPresent(asked -> {
                OpenItem.of(asked, nextIndex(), telling).finish(asked);
                inStep.add(asked);
            });
        }
    }

    private void runs(ToolCall call) {
        closeOpen();
        List<Item> items = TurnItems.running(known(), call);
        for (Item item : items.subList(0, Math.max(0, items.size() - 1))) {
            OpenItem.of(item, nextIndex(), telling).finish(item);
            inStep.add(item);
        }
        if (!items.isEmpty()) {
            open = OpenItem.of(items.getLast(), nextIndex(), telling);
        }
    }

    private void closeOpen() {
        OpenItem item = open;
        if (item != null) {
            open = null;
            item.soFar(ItemStatus.COMPLETED).ifPresent(whole -> {
                item.finish(whole);
                inStep.add(whole);
            });
        }
    }

    private void completed(Step step) {
        begin();
        Turn before = known();
        List<Step> steps = new ArrayList<>(before.steps());
        steps.add(step);
        Turn after = moved(before, steps, before.state());
        if (step instanceof Step.BrokenAnswer) {
            turn = after; // what is open stays open: it is told how far it has come when the turn is told to have
            // failed
            return;
        }
        if (step instanceof Step.Abandoned) {
            breakOff();
        } else {
            finish(TurnItems.ofStep(after, before.steps().size()));
            finished.addAll(inStep);
        }
        told += inStep.size();
        inStep.clear();
        turn = after;
    }

    /** What was told of the step counts for nothing, but its reader has it: it is closed, and not told of at the end. */
    private void breakOff() {
        OpenItem item = open;
        if (item != null) {
            open = null;
            item.soFar(ItemStatus.INCOMPLETE).ifPresent(part -> {
                item.finish(part);
                inStep.add(part);
            });
        }
    }

    private void finish(List<Item> items) {
        while (inStep.size() < items.size()) {
            Item item = items.get(inStep.size());
            if (open != null && !open.id().equals(item.id())) {
                closeOpen(); // it takes the place of this one: what was told can't be taken back
                continue;
            }
            OpenItem whole = open != null ? open : OpenItem.of(item, nextIndex(), telling);
            open = null;
            whole.finish(item);
            inStep.add(item);
        }
        closeOpen();
    }

    private void rested(Turn rested) {
        switch (rested.state()) {
            case TurnState.Completed _, TurnState.AwaitingInput _ -> {
                rested.steps()
                        .subList(
                                Math.min(known().steps().size(), rested.steps().size()),
                                rested.steps().size())
                        .forEach(this::completed);
                begin();
                RawJson response = responses.of(rested, all());
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
            if (turn != null) {
                List<RawJson> output = all();
                if (open != null) {
                    open.soFar(ItemStatus.INCOMPLETE).map(telling::cutOff).ifPresent(output::add);
                }
                Failure failure = problem.cause() instanceof Problem.Cause.Broke(Failure broke)
                        ? broke
                        : Failure.of(Failure.Code.INTERNAL, problem.detail());
                Turn broken = moved(turn, turn.steps(), new TurnState.Failed(failure));
                telling.response(ResponseEvent.FAILED, responses.of(broken, output));
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

    private RawJson snapshot(Turn as) {
        return responses.of(as, all());
    }

    /** What was told and closed. */
    private List<RawJson> all() {
        List<RawJson> all = new ArrayList<>(finished.size() + inStep.size() + 1);
        finished.forEach(item -> all.add(telling.json(item)));
        inStep.forEach(item -> all.add(telling.json(item)));
        return all;
    }

    private ItemId nextId(String prefix) {
        return ItemId.ofOutput(prefix, known().id(), known().steps().size(), inStep.size());
    }

    private int nextIndex() {
        return told + inStep.size();
    }

    private Turn known() {
        if (turn == null) {
            throw new IllegalStateException("a stream begins with the start of its turn");
        }
        return turn;
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
