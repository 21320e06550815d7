package dev.parley.rest.responses;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What requests look like, for the OpenAPI document alone: they are read by hand, field by field. */
final class RequestSchemas {

    private RequestSchemas() {}

    @Schema(
            name = "CreateResponseRequest",
            description = "Of the many parameters of the interface, those that most need")
    record CreateResponse(
            String model,

            @Schema(description = "A text, or a list of items") @Nullable
            Object input,

            @Nullable String instructions,
            @Nullable String previousResponseId,

            @Schema(description = "An id, or an object with an id") @Nullable
            Object conversation,

            @Nullable List<Object> tools,
            @Nullable Boolean store,
            @Nullable Boolean background,
            @Nullable Boolean stream,
            @Nullable Map<String, String> metadata) {}

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
