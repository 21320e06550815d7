package dev.parley.rest.responses;

import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.tool.ToolParameter;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.List;
import java.util.Optional;

/** What a turn that came by another interface would have been asked for in the words of this one. */
final class PlainTerms {

    private static final RawJson NO_PARAMETERS = new RawJson("{\"type\":\"object\",\"properties\":{}}");

    private PlainTerms() {}

    static JsonText echo(TurnSpec spec) {
        Sampling sampling = spec.sampling();
        ObjectText json = new ObjectText()
                .stringOrNull("instructions", Optional.of(spec.instructions()).filter(text -> !text.isEmpty()));
        if (sampling.maxTokens() > 0) {
            json.number("max_output_tokens", sampling.maxTokens());
        }
        json.raw("temperature", temperature(sampling.strategy()).map(PlainTerms::number))
                .raw("text", spec.responseFormat().map(PlainTerms::format))
                .raw("tool_choice", choice(spec.toolChoice()))
                .array("tools", spec.tools().stream().map(PlainTerms::function).toList())
                .raw("top_p", topP(sampling.strategy()).map(PlainTerms::number));
        return new JsonText(json.end().text());
    }

    private static Optional<Double> temperature(Sampling.Strategy strategy) {
        return switch (strategy) {
            case Sampling.Strategy.Greedy _ -> Optional.of(0.0);
            case Sampling.Strategy.TopK _ -> Optional.empty();
            case Sampling.Strategy.Set(Optional<Double> temperature, var _) -> temperature;
            case Sampling.Strategy.TopP(double temperature, var _) -> Optional.of(temperature);
        };
    }

    private static Optional<Double> topP(Sampling.Strategy strategy) {
        return switch (strategy) {
            case Sampling.Strategy.Greedy _, Sampling.Strategy.TopK _ -> Optional.empty();
            case Sampling.Strategy.Set(var _, Optional<Double> topP) -> topP;
            case Sampling.Strategy.TopP(var _, double topP) -> Optional.of(topP);
        };
    }

    /** Whole numbers are written as such. */
    private static RawJson number(double value) {
        return new RawJson(value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value));
    }

    private static RawJson format(ResponseFormat format) {
        ObjectText json = new ObjectText();
        switch (format) {
            case ResponseFormat.JsonSchema(JsonText schema, var name, var description, boolean strict) ->
                json.string("type", "json_schema")
                        .string("name", name.orElse("answer"))
                        .string("description", description)
                        .raw("schema", RawJson.of(schema))
                        .bool("strict", strict);
            case ResponseFormat.JsonObject _ -> json.string("type", "json_object");
            case ResponseFormat.Grammar _ -> json.string("type", "text"); // this interface has no word for it
        }
        return new ObjectText()
                .raw("format", json.end())
                .string("verbosity", "medium")
                .end();
    }

    private static RawJson choice(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Auto _ -> ObjectText.quoted("auto");
            case ToolChoice.Required _, ToolChoice.Hosted _ -> ObjectText.quoted("required");
            case ToolChoice.None _ -> ObjectText.quoted("none");
            case ToolChoice.Named(String name) ->
                new ObjectText().string("type", "function").string("name", name).end();
        };
    }

    private static RawJson function(OfferedTool tool) {
        ToolDefinition definition = tool.definition();
        return new ObjectText()
                .string("type", "function")
                .string("name", definition.name())
                .stringOrNull("description", definition.description())
                .raw("parameters", parameters(definition.input()))
                .bool("strict", definition.strict())
                .end();
    }

    private static RawJson parameters(ToolInput input) {
        return switch (input) {
            case ToolInput.Undeclared _ -> NO_PARAMETERS;
            case ToolInput.Schema(JsonText schema) -> RawJson.of(schema);
            case ToolInput.Parameters(List<ToolParameter> parameters) -> schema(parameters);
        };
    }

    private static RawJson schema(List<ToolParameter> parameters) {
        ObjectText properties = new ObjectText();
        for (ToolParameter parameter : parameters) {
            properties.raw(
                    parameter.name(),
                    new ObjectText()
                            .string("type", parameter.type())
                            .string("description", parameter.description())
                            .raw("default", parameter.defaultValue().map(RawJson::of))
                            .end());
        }
        return new ObjectText()
                .string("type", "object")
                .raw("properties", properties.end())
                .array(
                        "required",
                        parameters.stream()
                                .filter(ToolParameter::required)
                                .map(parameter -> ObjectText.quoted(parameter.name()))
                                .toList())
                .end();
    }
}
