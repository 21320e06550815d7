package dev.parley.rest.agents;

import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.agent.ToolConfig;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An agent's configuration (agents-api 2.6). */
@WireRecord
@Schema(name = "AgentConfig")
record AgentConfigJson(
        SamplingJson samplingParams,
        List<String> inputShields,
        List<String> outputShields,

        @Schema(description = "Each a name, or an object with name and args")
        List<Object> toolgroups,

        List<ToolDefJson> clientTools,
        @Schema(deprecated = true) @Nullable String toolChoice,
        @Schema(deprecated = true) @Nullable String toolPromptFormat,
        ToolConfigJson toolConfig,
        int maxInferIters,
        String model,
        String instructions,
        @Nullable String name,
        boolean enableSessionPersistence,
        @Nullable ResponseFormatJson responseFormat) {

    static AgentConfig read(JsonField in) {
        Optional<ToolChoice> choice = in.at("tool_choice").optional(ToolConfigJson::readPlainChoice);
        Optional<ToolConfig.PromptFormat> format = in.at("tool_prompt_format").optional(ToolConfigJson::readFormat);
        return new AgentConfig(
                in.at("model").string(),
                in.at("instructions").string(),
                in.at("name").optional(JsonField::string),
                in.at("sampling_params").optional(SamplingJson::read).orElse(Sampling.DEFAULT),
                listOf(in.at("input_shields"), JsonField::string),
                listOf(in.at("output_shields"), JsonField::string),
                listOf(in.at("toolgroups"), ToolGroupJson::read),
                listOf(in.at("client_tools"), ToolDefJson::read),
                choice,
                format,
                toolConfig(in, choice, format),
                in.at("max_infer_iters")
                        .optional(field -> field.integer(1))
                        .orElse(AgentConfig.DEFAULT_MAX_INFERENCE_STEPS),
                in.at("response_format").optional(ResponseFormatJson::read),
                in.at("enable_session_persistence").optional(JsonField::bool).orElse(false));
    }

    static AgentConfigJson of(AgentConfig config) {
        return new AgentConfigJson(
                SamplingJson.of(config.sampling()),
                config.inputShields(),
                config.outputShields(),
                config.toolGroups().stream().map(ToolGroupJson::of).toList(),
                config.clientTools().stream().map(ToolDefJson::of).toList(),
                config.deprecatedToolChoice().map(ToolConfigJson::word).orElse(null),
                config.deprecatedPromptFormat().map(Words::of).orElse(null),
                ToolConfigJson.of(config.toolConfig()),
                config.maxInferenceSteps(),
                config.model(),
                config.instructions(),
                config.name().orElse(null),
                config.sessionPersistence(),
                config.responseFormat().map(ResponseFormatJson::of).orElse(null));
    }

    /** Clients send null for the lists that they do not set. */
    static <T> List<T> listOf(JsonField in, Function<JsonField, T> read) {
        return in.optional(field -> field.list(read)).orElse(List.of());
    }

    /** The deprecated fields count where there is no {@code tool_config}, and must agree with it where there is. */
    private static ToolConfig toolConfig(
            JsonField in, Optional<ToolChoice> choice, Optional<ToolConfig.PromptFormat> format) {
        if (!in.at("tool_config").isGiven()) {
            return new ToolConfig(
                    choice.orElse(ToolConfig.DEFAULT.toolChoice()), format, ToolConfig.DEFAULT.systemMessageBehavior());
        }
        ToolConfig config = ToolConfigJson.read(in.at("tool_config"));
        if (choice.isPresent() && !choice.get().equals(config.toolChoice())) {
            throw contradicts(in, "tool_choice");
        }
        if (format.isPresent() && !format.equals(config.promptFormat())) {
            throw contradicts(in, "tool_prompt_format");
        }
        return config;
    }

    private static RuntimeException contradicts(JsonField in, String deprecated) {
        return in.at(deprecated)
                .refuse("%s is deprecated and contradicts %s; give only the latter"
                        .formatted(
                                in.at(deprecated).name(),
                                in.at("tool_config").at(deprecated).name()));
    }
}
