package dev.parley.rest.responses;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What requests look like, for the OpenAPI document alone: they are read by hand, field by field. */
final class RequestSchemas {

    private RequestSchemas() {}

    @Schema(
            name = "CreateResponseRequest",
            description = "A null is the same as nothing; parameters that are not listed are ignored")
    record CreateResponse(
            @Schema(description = "An alias or the name of a model")
            String model,

            @Schema(
                    description =
                            "A text of up to 10485760 characters, or a list of items; needed unless the response comes"
                                    + " after another or in a conversation")
            @Nullable
            Object input,

            @Schema(description = "What the model is told before all else; not inherited by later responses") @Nullable
            String instructions,

            @Schema(description = "Not together with conversation") @Nullable
            String previousResponseId,

            @Schema(description = "An id, or an object with an id; not together with previous_response_id") @Nullable
            Object conversation,

            @ArraySchema(
                    schema =
                            @Schema(
                                    type = "string",
                                    allowableValues = {
                                        "file_search_call.results",
                                        "web_search_call.results",
                                        "web_search_call.action.sources",
                                        "message.input_image.image_url",
                                        "computer_call_output.output.image_url",
                                        "code_interpreter_call.outputs",
                                        "reasoning.encrypted_content",
                                        "message.output_text.logprobs"
                                    }))
            @Nullable
            List<String> include,

            @Schema(
                    description =
                            "Each an object with a type: function, custom, namespace, local_shell, shell, apply_patch"
                                    + " or computer for what the client runs; file_search, web_search, mcp,"
                                    + " code_interpreter, image_generation, or shell with a container for its"
                                    + " environment, for what this server runs")
            @Nullable
            List<Object> tools,

            @Schema(
                    description = "none, auto or required, or an object that names a tool or the allowed_tools; auto by"
                            + " default")
            @Nullable
            Object toolChoice,

            @Schema(defaultValue = "true") @Nullable Boolean parallelToolCalls,

            @Schema(description = "How many calls this server runs for the whole response", minimum = "1") @Nullable
            Integer maxToolCalls,

            @Nullable TextFormat text,
            @Nullable Reasoning reasoning,

            @Schema(minimum = "0", maximum = "2", defaultValue = "1") @Nullable
            Double temperature,

            @Schema(minimum = "0", maximum = "1", defaultValue = "1") @Nullable
            Double topP,

            @Schema(minimum = "-2", maximum = "2", defaultValue = "0") @Nullable
            Double presencePenalty,

            @Schema(minimum = "-2", maximum = "2", defaultValue = "0") @Nullable
            Double frequencyPenalty,

            @Schema(
                    description = "How many likely tokens to tell beside each",
                    minimum = "0",
                    maximum = "20",
                    defaultValue = "0")
            @Nullable
            Integer topLogprobs,

            @Schema(description = "For the whole response, thoughts included", minimum = "16") @Nullable
            Integer maxOutputTokens,

            @Schema(
                    type = "string",
                    description = "Whether the oldest of a conversation that is too long may be left out",
                    allowableValues = {"auto", "disabled"},
                    defaultValue = "disabled")
            @Nullable
            String truncation,

            @Schema(description = "Whether the response is told as it happens", defaultValue = "false") @Nullable
            Boolean stream,

            @Nullable StreamOptions streamOptions,

            @Schema(description = "Whether the response goes on without a reader; needs store", defaultValue = "false")
            @Nullable
            Boolean background,

            @Schema(defaultValue = "true") @Nullable Boolean store,

            @Schema(description = "16 texts at most, of up to 512 characters, under names of up to 64") @Nullable
            Map<String, String> metadata,

            @Schema(
                    type = "string",
                    allowableValues = {"auto", "default", "flex", "scale", "priority", "fast", "ultrafast"},
                    defaultValue = "auto")
            @Nullable
            String serviceTier,

            @Schema(maxLength = 64) @Nullable String promptCacheKey,

            @Schema(
                    type = "string",
                    allowableValues = {"in_memory", "24h"})
            @Nullable
            String promptCacheRetention,

            @Schema(description = "An object with ttl and mode") @Nullable
            Object promptCacheOptions,

            @Schema(maxLength = 64) @Nullable String safetyIdentifier,

            @Nullable String user,

            @Schema(description = "At which length a conversation is compacted") @Nullable
            List<ContextManagement> contextManagement,

            @Schema(
                    description =
                            "The ids of shields that look at what goes in and at what comes out, or objects with an id"
                                    + " as their type")
            @Nullable
            List<Object> guardrails) {}

    @Schema(name = "ResponseTextParam")
    record TextFormat(
            @Schema(
                    description =
                            "An object with the type text, json_object, or json_schema with name, schema, description"
                                    + " and strict")
            @Nullable
            Object format,

            @Schema(
                    type = "string",
                    allowableValues = {"low", "medium", "high"},
                    defaultValue = "medium")
            @Nullable
            String verbosity) {}

    @Schema(name = "ReasoningParam")
    record Reasoning(
            @Schema(
                    type = "string",
                    allowableValues = {"none", "minimal", "low", "medium", "high", "xhigh", "max"})
            @Nullable
            String effort,

            @Schema(
                    type = "string",
                    allowableValues = {"auto", "concise", "detailed"})
            @Nullable
            String summary,

            @Schema(
                    type = "string",
                    description = "Which older thoughts the model is shown",
                    allowableValues = {"auto", "current_turn", "all_turns"})
            @Nullable
            String context,

            @Schema(
                    type = "string",
                    allowableValues = {"standard", "pro"})
            @Nullable
            String mode) {}

    @Schema(name = "ResponseStreamOptions")
    record StreamOptions(
            @Schema(description = "Whether the lengths of texts are hidden", defaultValue = "true") @Nullable
            Boolean includeObfuscation) {}

    @Schema(name = "ContextManagementParam")
    record ContextManagement(
            @Schema(type = "string", allowableValues = "compaction")
            String type,

            @Schema(description = "In tokens", minimum = "1000") @Nullable
            Integer compactThreshold) {}

    @Schema(name = "CountTokensRequest")
    record CountTokens(
            @Nullable String model,

            @Schema(description = "A text, or a list of items") @Nullable
            Object input,

            @Nullable String instructions,
            @Nullable String previousResponseId,

            @Schema(description = "An id, or an object with an id") @Nullable
            Object conversation,

            @Nullable List<Object> tools) {}

    @Schema(name = "CompactRequest", description = "There must be an input or a previous_response_id")
    record Compact(
            String model,

            @Schema(description = "A text, or a list of items") @Nullable
            Object input,

            @Nullable String instructions,
            @Nullable String previousResponseId) {}

    @Schema(name = "CreateConversationRequest")
    record CreateConversation(
            @Schema(description = "20 items at most") @Nullable
            List<Object> items,

            @Nullable Map<String, String> metadata) {}

    @Schema(name = "UpdateConversationRequest")
    record UpdateConversation(Map<String, String> metadata) {}

    @Schema(name = "AddConversationItemsRequest")
    record AddItems(
            @Schema(description = "20 items at most") List<Object> items) {}
}
