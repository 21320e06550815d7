package dev.parley.application.testing;

import static dev.parley.application.testing.AgentFixture.AWKWARD_JSON;
import static dev.parley.application.testing.AgentFixture.AWKWARD_TEXT;

import dev.parley.application.port.EventLog.Entry;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events as they are kept, for tests. */
public final class EventFixture {

    private static final StepId STEP = StepId.of(new TurnId("a turn"), 0);

    private EventFixture() {}

    /** A piece of an answer. */
    public static Entry text(String text) {
        return progressed(StepKind.INFERENCE, new Delta.Text(text));
    }

    /** Entries that between them have every case of every choice, each field set and unset. */
    public static List<Entry> everyEntry() {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry.Started());
        entries.add(new Entry.PickedUp());
        for (StepKind kind : StepKind.values()) {
            entries.add(new Entry.Progress(new TurnEvent.StepStarted(STEP, kind, Optional.empty())));
        }
        for (Touchpoint touchpoint : Touchpoint.values()) {
            entries.add(
                    new Entry.Progress(new TurnEvent.StepStarted(STEP, StepKind.SHIELD_CALL, Optional.of(touchpoint))));
        }
        for (Delta delta : everyDelta()) {
            entries.add(progressed(StepKind.TOOL_EXECUTION, delta));
        }
        entries.add(new Entry.Completed(0));
        entries.add(new Entry.Completed(Integer.MAX_VALUE));
        entries.add(new Entry.Rested());
        return entries;
    }

    private static Entry progressed(StepKind kind, Delta delta) {
        return new Entry.Progress(new TurnEvent.StepProgressed(STEP, kind, delta));
    }

    private static List<Delta> everyDelta() {
        ToolCall wellFormed = new ToolCall("call_👍", "measure", new ToolArguments.Json(AWKWARD_JSON.text()));
        ToolCall malformed = new ToolCall("", "", new ToolArguments.Malformed(AWKWARD_TEXT));
        return List.of(
                new Delta.Text(AWKWARD_TEXT),
                new Delta.ScoredText(AWKWARD_TEXT, AWKWARD_JSON),
                new Delta.Refused(AWKWARD_TEXT),
                new Delta.Reasoning(AWKWARD_TEXT),
                new Delta.CallOpened(wellFormed.callId(), AWKWARD_TEXT),
                new Delta.CallArguments(AWKWARD_TEXT),
                new Delta.CallClosed(wellFormed),
                new Delta.CallClosed(malformed),
                new Delta.CallRunning(wellFormed),
                new Delta.PartialImage(AWKWARD_TEXT, AWKWARD_JSON));
    }
}
