package dev.parley.persistence.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.agent.ToolConfig;
import dev.parley.domain.message.Citation;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.message.Passage;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.turn.Document;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.PartialAnswer;
import dev.parley.domain.turn.Period;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.domain.turn.TurnState;
import dev.parley.domain.turn.Usage;
import dev.parley.domain.turn.Violation;
import io.micronaut.context.annotation.ClassImport;
import io.micronaut.context.annotation.Mixin;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Which types of agents and turns are stored as JSON, and the tags that tell the cases of the sealed ones apart. Tags are
 * text of their own, so that a class can be renamed without touching what is stored. Those of tools are {@link ToolTypesJson}.
 */
@ClassImport(
        annotate = Serdeable.class,
        classes = {
            AgentConfig.class,
            ModelOptions.class,
            Sampling.class,
            Sampling.Strategy.class,
            Sampling.Strategy.Greedy.class,
            Sampling.Strategy.Set.class,
            Sampling.Strategy.TopP.class,
            Sampling.Strategy.TopK.class,
            ToolConfig.class,
            ToolConfig.PromptFormat.class,
            ToolConfig.SystemMessageBehavior.class,
            ResponseFormat.class,
            ResponseFormat.JsonSchema.class,
            ResponseFormat.JsonObject.class,
            ResponseFormat.Grammar.class,
            JsonText.class,
            Citation.class,
            Citation.Page.class,
            Citation.File.class,
            Citation.ContainerFile.class,
            Citation.Opaque.class,
            Content.class,
            Content.Plain.class,
            Content.Single.class,
            Content.Parts.class,
            Part.class,
            Part.Text.class,
            Part.Image.class,
            ImageSource.class,
            ImageSource.Uri.class,
            ImageSource.Data.class,
            Message.Input.class,
            Message.User.class,
            Message.Tool.class,
            Message.Assistant.class,
            Passage.class,
            Passage.Thought.class,
            Passage.Spoken.class,
            Passage.Refused.class,
            Passage.Called.class,
            RegisteredShield.class,
            Document.class,
            Failure.class,
            PartialAnswer.class,
            Period.class,
            Step.class,
            Step.Inference.class,
            Step.ToolExecution.class,
            Step.ShieldCall.class,
            Step.MemoryRetrieval.class,
            Step.Compaction.class,
            Step.Abandoned.class,
            Step.BrokenAnswer.class,
            Step.ToolListing.class,
            ResponseTerms.class,
            ResponseTerms.Reasoning.class,
            TurnInput.class,
            TurnInput.Messages.class,
            TurnInput.Items.class,
            TurnSpec.class,
            TurnState.class,
            TurnState.Queued.class,
            TurnState.Running.class,
            TurnState.AwaitingInput.class,
            TurnState.Completed.class,
            TurnState.Failed.class,
            TurnState.Cancelled.class,
            Usage.class,
            Violation.class
        })
final class DomainJson {

    private DomainJson() {}

    @Mixin(Sampling.Strategy.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Sampling.Strategy.Greedy.class, name = "greedy"),
        @JsonSubTypes.Type(value = Sampling.Strategy.Set.class, name = "set"),
        @JsonSubTypes.Type(value = Sampling.Strategy.TopP.class, name = "top_p"),
        @JsonSubTypes.Type(value = Sampling.Strategy.TopK.class, name = "top_k")
    })
    interface StrategyTags {}

    @Mixin(ResponseFormat.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ResponseFormat.JsonSchema.class, name = "json_schema"),
        @JsonSubTypes.Type(value = ResponseFormat.JsonObject.class, name = "json_object"),
        @JsonSubTypes.Type(value = ResponseFormat.Grammar.class, name = "grammar")
    })
    interface ResponseFormatTags {}

    @Mixin(Content.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Content.Plain.class, name = "plain"),
        @JsonSubTypes.Type(value = Content.Single.class, name = "single"),
        @JsonSubTypes.Type(value = Content.Parts.class, name = "parts")
    })
    interface ContentTags {}

    @Mixin(Part.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Part.Text.class, name = "text"),
        @JsonSubTypes.Type(value = Part.Image.class, name = "image")
    })
    interface PartTags {}

    @Mixin(ImageSource.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ImageSource.Uri.class, name = "uri"),
        @JsonSubTypes.Type(value = ImageSource.Data.class, name = "data")
    })
    interface ImageSourceTags {}

    @Mixin(Message.Input.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "role")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Message.User.class, name = "user"),
        @JsonSubTypes.Type(value = Message.Tool.class, name = "tool")
    })
    interface InputTags {}

    @Mixin(Step.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Step.Inference.class, name = "inference"),
        @JsonSubTypes.Type(value = Step.ToolExecution.class, name = "tool_execution"),
        @JsonSubTypes.Type(value = Step.ShieldCall.class, name = "shield_call"),
        @JsonSubTypes.Type(value = Step.MemoryRetrieval.class, name = "memory_retrieval"),
        @JsonSubTypes.Type(value = Step.Compaction.class, name = "compaction"),
        @JsonSubTypes.Type(value = Step.Abandoned.class, name = "abandoned"),
        @JsonSubTypes.Type(value = Step.BrokenAnswer.class, name = "broken_answer"),
        @JsonSubTypes.Type(value = Step.ToolListing.class, name = "tool_listing")
    })
    interface StepTags {}

    @Mixin(TurnState.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TurnState.Queued.class, name = "queued"),
        @JsonSubTypes.Type(value = TurnState.Running.class, name = "running"),
        @JsonSubTypes.Type(value = TurnState.AwaitingInput.class, name = "awaiting_input"),
        @JsonSubTypes.Type(value = TurnState.Completed.class, name = "completed"),
        @JsonSubTypes.Type(value = TurnState.Failed.class, name = "failed"),
        @JsonSubTypes.Type(value = TurnState.Cancelled.class, name = "cancelled")
    })
    interface TurnStateTags {}

    @Mixin(TurnInput.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TurnInput.Messages.class, name = "messages"),
        @JsonSubTypes.Type(value = TurnInput.Items.class, name = "items")
    })
    interface TurnInputTags {}

    @Mixin(Passage.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Passage.Thought.class, name = "thought"),
        @JsonSubTypes.Type(value = Passage.Spoken.class, name = "spoken"),
        @JsonSubTypes.Type(value = Passage.Refused.class, name = "refused"),
        @JsonSubTypes.Type(value = Passage.Called.class, name = "called")
    })
    interface PassageTags {}

    @Mixin(Citation.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Citation.Page.class, name = "page"),
        @JsonSubTypes.Type(value = Citation.File.class, name = "file"),
        @JsonSubTypes.Type(value = Citation.ContainerFile.class, name = "container_file"),
        @JsonSubTypes.Type(value = Citation.Opaque.class, name = "opaque")
    })
    interface CitationTags {}
}
