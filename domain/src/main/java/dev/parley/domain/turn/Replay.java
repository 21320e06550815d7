package dev.parley.domain.turn;

import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells a turn again, from what was stored of it, to a reader who asks for what has already happened. */
public final class Replay {

    private final Turn turn;
    private final List<TurnEvent> events = new ArrayList<>();

    private Replay(Turn turn) {
        this.turn = turn;
    }

    /**
     * The events of a turn from a step on, each text in one piece.
     *
     * @param from the index of the first step to tell; all are told from 0, beginning with the turn's start
     */
    public static List<TurnEvent> of(Turn turn, int from) {
        Replay replay = new Replay(turn);
        if (from == 0) {
            replay.events.add(new TurnEvent.TurnStarted(turn));
        }
        for (int index = from; index < turn.steps().size(); index++) {
            replay.tell(StepId.of(turn.id(), index), turn.steps().get(index));
        }
        if (turn.isAtRest()) {
            replay.events.add(new TurnEvent.TurnRested(turn));
        }
        return List.copyOf(replay.events);
    }

    private void tell(StepId id, Step step) {
        switch (step) {
            case Step.Inference inference -> {
                started(id, step, Optional.empty());
                inference.answer().passages().forEach(passage -> progressed(id, step, passage));
            }
            case Step.ToolExecution tools -> {
                // a reader is never told that the client's own tools start: it is the client that starts them
                if (tools.side() == ToolSide.SERVER) {
                    started(id, step, Optional.empty());
                    tools.calls().forEach(call -> progressed(id, step, new Delta.CallRunning(call)));
                }
            }
            case Step.ShieldCall shield -> started(id, step, Optional.of(shield.touchpoint()));
            case Step.MemoryRetrieval _, Step.Compaction _, Step.ToolListing _ -> started(id, step, Optional.empty());
            case Step.BrokenAnswer(PartialAnswer told, var _, var _) -> {
                started(id, step, Optional.empty());
                told.whole().forEach(passage -> progressed(id, step, passage));
                told.open().ifPresent(passage -> begun(id, step, passage));
            }
            case Step.Abandoned _ -> {
                // what was told of it counts for nothing, so nothing is told again
            }
        }
        events.add(new TurnEvent.StepCompleted(turn.id(), id, step));
    }

    private void started(StepId id, Step step, Optional<Touchpoint> touchpoint) {
        events.add(new TurnEvent.StepStarted(id, step.kind(), touchpoint));
    }

    private void progressed(StepId id, Step step, Passage passage) {
        switch (passage) {
            case Passage.Thought(String text) -> progressed(id, step, new Delta.Reasoning(text));
            case Passage.Spoken(String text, Optional<JsonText> logprobs, List<Citation> citations) -> {
                progressed(
                        id,
                        step,
                        logprobs.<Delta>map(scored -> new Delta.ScoredText(text, scored))
                                .orElseGet(() -> new Delta.Text(text)));
                citations.forEach(citation -> progressed(id, step, new Delta.Cited(citation)));
            }
            case Passage.Refused(String text) -> progressed(id, step, new Delta.Refused(text));
            case Passage.Called(ToolCall call) -> {
                begun(id, step, passage);
                progressed(id, step, new Delta.CallClosed(call));
            }
        }
    }

    /** The same without an end. */
    private void begun(StepId id, Step step, Passage passage) {
        if (passage instanceof Passage.Called(ToolCall call)) {
            progressed(id, step, new Delta.CallOpened(call.callId(), call.toolName()));
            progressed(id, step, new Delta.CallArguments(call.arguments().text()));
        } else {
            progressed(id, step, passage);
        }
    }

    private void progressed(StepId id, Step step, Delta delta) {
        events.add(new TurnEvent.StepProgressed(id, step.kind(), delta));
    }
}
