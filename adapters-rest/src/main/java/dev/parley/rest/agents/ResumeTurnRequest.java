package dev.parley.rest.agents;

import dev.parley.domain.tool.ToolResponse;
import dev.parley.rest.json.JsonField;
import java.util.List;

/** What a client goes on with a turn with (agents-api A10). */
record ResumeTurnRequest(List<ToolResponse> toolResponses, boolean stream) {

    static ResumeTurnRequest read(JsonField in) {
        return new ResumeTurnRequest(
                in.at("tool_responses").list(ToolResponseJson::read),
                in.at("stream").optional(JsonField::bool).orElse(false));
    }
}
