package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import java.util.List;
import java.util.Optional;

/**
 * What a model is asked.
 *
 * @param model as the client named it: an alias or a provider's own name
 * @param messages with each call answered directly behind it and at most one system message, which is first
 * @param tools what it may call; empty also when it may not call any
 */
public record InferenceRequest(
        String model,
        List<Message> messages,
        List<ToolDefinition> tools,
        ToolChoice toolChoice,
        Sampling sampling,
        Optional<ResponseFormat> responseFormat,
        ModelOptions options) {

    public InferenceRequest {
        requireNonNull(model, "model");
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        requireNonNull(toolChoice, "toolChoice");
        requireNonNull(sampling, "sampling");
        requireNonNull(responseFormat, "responseFormat");
        requireNonNull(options, "options");
    }

    /** A request without further options. */
    public InferenceRequest(
            String model,
            List<Message> messages,
            List<ToolDefinition> tools,
            ToolChoice toolChoice,
            Sampling sampling,
            Optional<ResponseFormat> responseFormat) {
        this(model, messages, tools, toolChoice, sampling, responseFormat, ModelOptions.NONE);
    }

    /** The same request with other messages. */
    public InferenceRequest withMessages(List<Message> others) {
        return new InferenceRequest(model, others, tools, toolChoice, sampling, responseFormat, options);
    }

    /** The same request of another model. */
    public InferenceRequest to(String otherModel) {
        return new InferenceRequest(otherModel, messages, tools, toolChoice, sampling, responseFormat, options);
    }
}
