package dev.parley.domain.agent;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolGroup;
import java.util.List;
import java.util.Optional;

/**
 * What a client configured an agent with, defaults filled in (agents-api 2.6). Models, shields and tool groups are
 * names here; whether they exist is asked when a turn starts.
 *
 * @param instructions empty for no system message
 * @param deprecatedToolChoice as the client sent it, only to be echoed; {@code toolConfig} is what counts
 * @param deprecatedPromptFormat likewise
 * @param maxInferenceSteps how many inference steps one turn may have, at least 1
 * @param sessionPersistence as the client sent it; everything is kept either way
 */
public record AgentConfig(
        String model,
        String instructions,
        Optional<String> name,
        Sampling sampling,
        List<String> inputShields,
        List<String> outputShields,
        List<ToolGroup> toolGroups,
        List<ToolDefinition> clientTools,
        Optional<ToolChoice> deprecatedToolChoice,
        Optional<ToolConfig.PromptFormat> deprecatedPromptFormat,
        ToolConfig toolConfig,
        int maxInferenceSteps,
        Optional<ResponseFormat> responseFormat,
        boolean sessionPersistence) {

    /** How many inference steps a turn may have when its agent does not say. */
    public static final int DEFAULT_MAX_INFERENCE_STEPS = 10;

    public AgentConfig {
        requireNonNull(model, "model");
        requireNonNull(instructions, "instructions");
        requireNonNull(name, "name");
        requireNonNull(sampling, "sampling");
        inputShields = List.copyOf(inputShields);
        outputShields = List.copyOf(outputShields);
        toolGroups = List.copyOf(toolGroups);
        clientTools = List.copyOf(clientTools);
        requireNonNull(deprecatedToolChoice, "deprecatedToolChoice");
        requireNonNull(deprecatedPromptFormat, "deprecatedPromptFormat");
        requireNonNull(toolConfig, "toolConfig");
        if (maxInferenceSteps < 1) {
            throw new IllegalArgumentException("maxInferenceSteps must be at least 1: " + maxInferenceSteps);
        }
        requireNonNull(responseFormat, "responseFormat");
    }
}
