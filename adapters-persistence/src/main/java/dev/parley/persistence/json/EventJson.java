package dev.parley.persistence.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parley.application.port.EventLog;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.TurnEvent;
import io.micronaut.context.annotation.ClassImport;
import io.micronaut.context.annotation.Mixin;
import io.micronaut.serde.annotation.Serdeable;

/** The types of logged events that are stored as JSON, and their tags. */
@ClassImport(
        annotate = Serdeable.class,
        classes = {
            EventLog.Entry.class,
            EventLog.Entry.Progress.class,
            EventLog.Entry.Started.class,
            EventLog.Entry.PickedUp.class,
            EventLog.Entry.Completed.class,
            EventLog.Entry.Rested.class,
            TurnEvent.Progress.class,
            TurnEvent.StepStarted.class,
            TurnEvent.StepProgressed.class,
            StepId.class,
            Delta.class,
            Delta.Text.class,
            Delta.ScoredText.class,
            Delta.Cited.class,
            Delta.Refused.class,
            Delta.Reasoning.class,
            Delta.CallOpened.class,
            Delta.CallArguments.class,
            Delta.CallClosed.class,
            Delta.CallRunning.class,
            Delta.PartialImage.class
        })
final class EventJson {

    private EventJson() {}

    @Mixin(EventLog.Entry.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = EventLog.Entry.Progress.class, name = "progress"),
        @JsonSubTypes.Type(value = EventLog.Entry.Started.class, name = "started"),
        @JsonSubTypes.Type(value = EventLog.Entry.PickedUp.class, name = "picked_up"),
        @JsonSubTypes.Type(value = EventLog.Entry.Completed.class, name = "completed"),
        @JsonSubTypes.Type(value = EventLog.Entry.Rested.class, name = "rested")
    })
    interface EntryTags {}

    @Mixin(TurnEvent.Progress.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TurnEvent.StepStarted.class, name = "step_started"),
        @JsonSubTypes.Type(value = TurnEvent.StepProgressed.class, name = "step_progressed")
    })
    interface ProgressTags {}

    @Mixin(Delta.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Delta.Text.class, name = "text"),
        @JsonSubTypes.Type(value = Delta.ScoredText.class, name = "scored_text"),
        @JsonSubTypes.Type(value = Delta.Cited.class, name = "cited"),
        @JsonSubTypes.Type(value = Delta.Refused.class, name = "refused"),
        @JsonSubTypes.Type(value = Delta.Reasoning.class, name = "reasoning"),
        @JsonSubTypes.Type(value = Delta.CallOpened.class, name = "call_opened"),
        @JsonSubTypes.Type(value = Delta.CallArguments.class, name = "call_arguments"),
        @JsonSubTypes.Type(value = Delta.CallClosed.class, name = "call_closed"),
        @JsonSubTypes.Type(value = Delta.CallRunning.class, name = "call_running"),
        @JsonSubTypes.Type(value = Delta.PartialImage.class, name = "partial_image")
    })
    interface DeltaTags {}
}
