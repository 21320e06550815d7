package dev.parley.application.testing;

import dev.parley.application.port.TurnSink;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps what a reader was told, as events and as lines that a test can be read by. */
public final class RecordingSink implements TurnSink {

    private final List<TurnEvent> events = new CopyOnWriteArrayList<>();
    private final Consumer<TurnEvent> onEvent;
    private volatile int flushed;

    public RecordingSink() {
        this(_ -> {});
    }

    /** @param onEvent also hears of each event, on the thread that tells it */
    public RecordingSink(Consumer<TurnEvent> onEvent) {
        this.onEvent = onEvent;
    }

    @Override
    public void emit(TurnEvent event) {
        events.add(event);
        onEvent.accept(event);
    }

    @Override
    public void flush() {
        flushed = events.size();
    }

    public List<TurnEvent> events() {
        return List.copyOf(events);
    }

    /** Whether everything that was told was also sent. */
    public boolean isAllFlushed() {
        return flushed == events.size();
    }

    /** The turn with which the reader was left. */
    public Turn rested() {
        if (events.getLast() instanceof TurnEvent.TurnRested(Turn turn)) {
            return turn;
        }
        throw new AssertionError("the last event is not a rest: " + lines());
    }

    /**
     * What was told, one line for each event. Steps are called by the order in which the reader first heard of them,
     * counted from 1.
     */
    public List<String> lines() {
        Map<StepId, Integer> names = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (TurnEvent event : events) {
            lines.add(line(event, names));
        }
        return lines;
    }

    private static String line(TurnEvent event, Map<StepId, Integer> names) {
        return switch (event) {
            case TurnEvent.TurnStarted _ -> "turn started";
            case TurnEvent.StepStarted started ->
                "%d started: %s%s"
                        .formatted(
                                name(started.step(), names),
                                started.kind(),
                                started.touchpoint().map(side -> " " + side).orElse(""));
            case TurnEvent.StepProgressed progressed ->
                "%d %s".formatted(name(progressed.step(), names), line(progressed.delta()));
            case TurnEvent.TurnPickedUp _ -> "turn picked up";
            case TurnEvent.StepCompleted completed ->
                "%d completed: %s".formatted(name(completed.step(), names), line(completed.details()));
            case TurnEvent.TurnRested(Turn turn) -> line(turn.state());
        };
    }

    private static int name(StepId step, Map<StepId, Integer> names) {
        return names.computeIfAbsent(step, _ -> names.size() + 1);
    }

    private static String line(Delta delta) {
        return switch (delta) {
            case Delta.Text(String text) -> "text: " + text;
            case Delta.ScoredText(String text, var logprobs) -> "text: %s %s".formatted(text, logprobs.text());
            case Delta.Cited(var citation) -> "cited: " + citation;
            case Delta.Refused(String text) -> "refused: " + text;
            case Delta.Reasoning(String text) -> "reasoning: " + text;
            case Delta.CallOpened opened -> "call %s opened: %s".formatted(opened.callId(), opened.toolName());
            case Delta.CallArguments(String fragment) -> "arguments: " + fragment;
            case Delta.CallClosed(var call) -> "call %s closed".formatted(call.callId());
            case Delta.CallRunning(var call) -> "call %s running: %s".formatted(call.callId(), call.toolName());
            case Delta.PartialImage(String base64, var traits) -> "image: %s %s".formatted(base64, traits.text());
        };
    }

    private static String line(Step step) {
        return switch (step) {
            case Step.Inference inference ->
                "INFERENCE %s%s"
                        .formatted(
                                inference.answer().text(),
                                inference.answer().toolCalls().stream()
                                        .map(call -> call.callId())
                                        .toList());
            case Step.ToolExecution tools ->
                "TOOL_EXECUTION %s %s"
                        .formatted(
                                tools.side(),
                                tools.responses().stream()
                                        .map(response -> response.callId() + "="
                                                + response.content().text())
                                        .toList());
            case Step.ShieldCall shield ->
                "SHIELD_CALL %s %s"
                        .formatted(
                                shield.touchpoint(),
                                shield.violation().map(found -> found.refusal()).orElse("passed"));
            case Step.BrokenAnswer broken -> "BROKEN_ANSWER " + broken.told();
            case Step.Abandoned abandoned -> "ABANDONED " + abandoned.kind();
            case Step.ToolListing listing ->
                "TOOL_LISTING %s %s"
                        .formatted(
                                listing.serverLabel(),
                                listing.error()
                                        .orElseGet(() -> listing.tools().stream()
                                                .map(tool -> tool.name())
                                                .toList()
                                                .toString()));
            case Step.Compaction compaction -> "COMPACTION " + compaction.summary();
            case Step.MemoryRetrieval retrieval ->
                "MEMORY_RETRIEVAL " + retrieval.insertedContext().text();
        };
    }

    private static String line(TurnState state) {
        return switch (state) {
            case TurnState.Queued _ -> "turn queued";
            case TurnState.Running _ -> "turn running";
            case TurnState.AwaitingInput awaiting ->
                "turn awaits input: %s %s"
                        .formatted(
                                awaiting.output().stopReason(),
                                awaiting.pending().stream()
                                        .map(call -> call.callId())
                                        .toList());
            case TurnState.Completed(var output) ->
                "turn completed: %s %s%s"
                        .formatted(
                                output.stopReason(),
                                output.text(),
                                output.toolCalls().stream()
                                        .map(call -> call.callId())
                                        .toList());
            case TurnState.Failed(var failure) -> "turn failed: " + failure.code();
            case TurnState.Cancelled _ -> "turn cancelled";
        };
    }
}
