package dev.parley.persistence.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parley.application.port.ToolGroups;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolFilter;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.tool.ToolParameter;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.tool.ToolServer;
import io.micronaut.context.annotation.ClassImport;
import io.micronaut.context.annotation.Mixin;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Which types of tools and of their calls are stored as JSON, with their tags. See {@link DomainJson}.
 */
@ClassImport(
        annotate = Serdeable.class,
        classes = {
            CallForm.class,
            CallForm.Function.class,
            CallForm.Custom.class,
            CallForm.ClientBuiltIn.class,
            CallForm.Hosted.class,
            CallForm.Grouped.class,
            Approval.class,
            Approval.Always.class,
            Approval.Never.class,
            Approval.Some.class,
            HostedTool.class,
            ListedTool.class,
            OfferedTool.class,
            RegisteredToolGroup.class,
            ToolGroups.Registration.class,
            Source.class,
            Source.Page.class,
            Source.File.class,
            Source.ContainerFile.class,
            ToolFilter.class,
            ToolServer.class,
            ToolArguments.class,
            ToolArguments.Json.class,
            ToolArguments.Malformed.class,
            ToolCall.class,
            ToolChoice.class,
            ToolChoice.Auto.class,
            ToolChoice.Required.class,
            ToolChoice.None.class,
            ToolChoice.Named.class,
            ToolChoice.Hosted.class,
            ToolDefinition.class,
            ToolGroup.class,
            ToolInput.class,
            ToolInput.Undeclared.class,
            ToolInput.Parameters.class,
            ToolInput.Schema.class,
            ToolParameter.class,
            ToolResponse.class
        })
final class ToolTypesJson {

    private ToolTypesJson() {}

    @Mixin(ToolArguments.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ToolArguments.Json.class, name = "json"),
        @JsonSubTypes.Type(value = ToolArguments.Malformed.class, name = "malformed")
    })
    interface ToolArgumentsTags {}

    @Mixin(ToolChoice.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ToolChoice.Auto.class, name = "auto"),
        @JsonSubTypes.Type(value = ToolChoice.Required.class, name = "required"),
        @JsonSubTypes.Type(value = ToolChoice.None.class, name = "none"),
        @JsonSubTypes.Type(value = ToolChoice.Named.class, name = "named"),
        @JsonSubTypes.Type(value = ToolChoice.Hosted.class, name = "hosted")
    })
    interface ToolChoiceTags {}

    @Mixin(ToolInput.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ToolInput.Undeclared.class, name = "undeclared"),
        @JsonSubTypes.Type(value = ToolInput.Parameters.class, name = "parameters"),
        @JsonSubTypes.Type(value = ToolInput.Schema.class, name = "schema")
    })
    interface ToolInputTags {}

    @Mixin(Source.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Source.Page.class, name = "page"),
        @JsonSubTypes.Type(value = Source.File.class, name = "file"),
        @JsonSubTypes.Type(value = Source.ContainerFile.class, name = "container_file")
    })
    interface SourceTags {}

    @Mixin(Approval.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Approval.Always.class, name = "always"),
        @JsonSubTypes.Type(value = Approval.Never.class, name = "never"),
        @JsonSubTypes.Type(value = Approval.Some.class, name = "some")
    })
    interface ApprovalTags {}

    @Mixin(CallForm.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = CallForm.Function.class, name = "function"),
        @JsonSubTypes.Type(value = CallForm.Custom.class, name = "custom"),
        @JsonSubTypes.Type(value = CallForm.ClientBuiltIn.class, name = "client_built_in"),
        @JsonSubTypes.Type(value = CallForm.Hosted.class, name = "hosted"),
        @JsonSubTypes.Type(value = CallForm.Grouped.class, name = "grouped")
    })
    interface CallFormTags {}
}
