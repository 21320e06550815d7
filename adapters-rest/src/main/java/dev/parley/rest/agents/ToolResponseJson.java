package dev.parley.rest.agents;

import dev.parley.domain.tool.ToolResponse;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What came back from a tool (agents-api 2.3). */
@WireRecord
@Schema(name = "ToolResponse")
record ToolResponseJson(
        String callId,
        String toolName,

        @Schema(description = "Interleaved content: a string, a content item or an array of them")
        Object content,

        @Nullable RawJson metadata) {

    static ToolResponse read(JsonField in) {
        return new ToolResponse(
                in.at("call_id").string(),
                in.at("tool_name").string(),
                ContentJson.read(in.at("content")),
                in.at("metadata").optional(JsonField::opaqueObject));
    }

    static ToolResponseJson of(ToolResponse response) {
        return new ToolResponseJson(
                response.callId(),
                response.toolName(),
                ContentJson.of(response.content()),
                response.metadata().map(RawJson::of).orElse(null));
    }
}
