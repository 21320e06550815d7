package dev.parley.rest.agents;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A tool call (agents-api 2.3). Clients differ in which of the two forms of the arguments they read.
 *
 * @param arguments the JSON object, or a string when the model did not write one
 * @param argumentsJson the text that the model wrote
 */
@WireRecord
@Schema(name = "ToolCall")
record ToolCallJson(String callId, String toolName, Object arguments, String argumentsJson) {

    static ToolCallJson of(ToolCall call) {
        Object arguments = switch (call.arguments()) {
            case ToolArguments.Json(String text) -> RawJson.of(new JsonText(text));
            case ToolArguments.Malformed(String text) -> text;
        };
        return new ToolCallJson(
                call.callId(), call.toolName(), arguments, call.arguments().text());
    }
}
