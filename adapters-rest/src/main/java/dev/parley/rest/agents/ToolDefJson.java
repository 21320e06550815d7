package dev.parley.rest.agents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.tool.ToolParameter;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireRecord;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tool that the client runs (agents-api 2.3).
 *
 * @param inputSchema how clients of 0.3 describe the arguments, instead of {@code parameters}; shown only where it was given
 */
@WireRecord
@Schema(name = "ToolDef")
record ToolDefJson(
        String name,
        @Nullable String description,
        @Nullable List<Parameter> parameters,
        @Nullable RawJson metadata,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawJson inputSchema) {

    static ToolDefinition read(JsonField in) {
        return new ToolDefinition(
                in.at("name").string(),
                in.at("description").optional(JsonField::string),
                input(in),
                in.at("metadata").optional(JsonField::opaqueObject));
    }

    private static ToolInput input(JsonField in) {
        JsonField parameters = in.at("parameters");
        JsonField schema = in.at("input_schema");
        if (schema.isGiven()) {
            if (parameters.isGiven()) {
                throw schema.refuse("%s and %s describe the same; give only one of them"
                        .formatted(schema.name(), parameters.name()));
            }
            return new ToolInput.Schema(schema.opaqueObject());
        }
        return parameters.isGiven()
                ? new ToolInput.Parameters(parameters.list(Parameter::read))
                : new ToolInput.Undeclared();
    }

    static ToolDefJson of(ToolDefinition tool) {
        return new ToolDefJson(
                tool.name(),
                tool.description().orElse(null),
                tool.input() instanceof ToolInput.Parameters(var parameters)
                        ? parameters.stream().map(Parameter::of).toList()
                        : null,
                tool.metadata().map(RawJson::of).orElse(null),
                tool.input() instanceof ToolInput.Schema(JsonText schema) ? RawJson.of(schema) : null);
    }

    /**
     * A parameter. It names its members itself: a naming strategy would overrule the one that is a word of the language.
     *
     * @param defaultValue any JSON
     */
    @Serdeable.Serializable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "ToolParameter")
    record Parameter(
            String name,
            @JsonProperty("parameter_type") String parameterType,
            String description,
            boolean required,
            @JsonProperty("default") @Nullable RawJson defaultValue) {

        static ToolParameter read(JsonField in) {
            return new ToolParameter(
                    in.at("name").string(),
                    in.at("parameter_type").string(),
                    in.at("description").string(),
                    in.at("required").optional(JsonField::bool).orElse(true),
                    in.at("default").optional(JsonField::opaque));
        }

        static Parameter of(ToolParameter parameter) {
            return new Parameter(
                    parameter.name(),
                    parameter.type(),
                    parameter.description(),
                    parameter.required(),
                    parameter.defaultValue().map(RawJson::of).orElse(null));
        }
    }
}
