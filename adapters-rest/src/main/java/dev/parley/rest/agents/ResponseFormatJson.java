package dev.parley.rest.agents;

import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.message.JsonText;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;

/** The form of a model's answer, told apart by {@code type} (agents-api 2.4). */
@Schema(
        name = "ResponseFormat",
        oneOf = {ResponseFormatJson.JsonSchema.class, ResponseFormatJson.Grammar.class})
sealed interface ResponseFormatJson {

    /** The Agents API has no other word for a form that asks for no more than an object. */
    RawJson ANY_OBJECT = new RawJson("{\"type\":\"object\"}");

    static ResponseFormat read(JsonField in) {
        String type = in.at("type").string();
        return switch (type) {
            case "json_schema" ->
                ResponseFormat.JsonSchema.of(in.at("json_schema").opaqueObject());
            case "grammar" -> new ResponseFormat.Grammar(in.at("bnf").opaqueObject());
            default ->
                throw in.at("type")
                        .refuse("%s is '%s', but must be 'json_schema' or 'grammar'"
                                .formatted(in.at("type").name(), type));
        };
    }

    static ResponseFormatJson of(ResponseFormat format) {
        return switch (format) {
            case ResponseFormat.JsonSchema(JsonText schema, var _, var _, var _) ->
                new JsonSchema("json_schema", RawJson.of(schema));
            case ResponseFormat.JsonObject _ -> new JsonSchema("json_schema", ANY_OBJECT);
            case ResponseFormat.Grammar(JsonText bnf) -> new Grammar("grammar", RawJson.of(bnf));
        };
    }

    @WireRecord
    @Schema(name = "JsonSchemaResponseFormat")
    record JsonSchema(String type, RawJson jsonSchema) implements ResponseFormatJson {}

    @WireRecord
    @Schema(name = "GrammarResponseFormat")
    record Grammar(String type, RawJson bnf) implements ResponseFormatJson {}
}
