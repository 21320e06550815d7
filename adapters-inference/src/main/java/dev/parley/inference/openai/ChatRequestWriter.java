package dev.parley.inference.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.inference.provider.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a request as the body of a chat completion, in the words that the provider's profile takes. */
final class ChatRequestWriter {

    private static final String MAX_TOKENS = "max_tokens";
    private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    static final String STREAM_OPTIONS = "stream_options";
    static final String TEMPERATURE = "temperature";
    static final String TOP_P = "top_p";

    private final Profile profile;

    ChatRequestWriter(Profile profile) {
        this.profile = profile;
    }

    /**
     * The fields of a request that this provider can do without, when it turns out not to know one. What a client may not
     * miss is none of them: a provider that knows no tools must say so.
     */
    Set<String> dispensable() {
        Set<String> fields =
                new HashSet<>(Set.of(STREAM_OPTIONS, TEMPERATURE, TOP_P, MAX_TOKENS, MAX_COMPLETION_TOKENS));
        profile.topKField().ifPresent(fields::add);
        profile.repetitionPenaltyField().ifPresent(fields::add);
        profile.reasoningField().ifPresent(fields::add);
        return Set.copyOf(fields);
    }

    /** @param without fields that the provider is known to refuse for this model */
    RequestBody write(InferenceRequest request, Set<String> without) {
        RequestBody body = new RequestBody();
        try (JsonGenerator out = JsonCodec.FACTORY.createGenerator(body)) {
            out.writeStartObject();
            out.writeStringField("model", request.model());
            out.writeArrayFieldStart("messages");
            new MessageWriter(out, reasoningField(without)).write(request.messages());
            out.writeEndArray();
            writeStream(out, without);
            writeSampling(out, request.sampling(), without);
            boolean mayCall = !request.tools().isEmpty() && !(request.toolChoice() instanceof ToolChoice.None);
            if (mayCall) {
                writeTools(out, request.tools());
                writeToolChoice(out, request.toolChoice());
            }
            if (request.responseFormat().isPresent() && (!mayCall || profile.formatBesideTools())) {
                writeResponseFormat(out, request.responseFormat().get());
            }
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return body;
    }

    @Nullable
    private String reasoningField(Set<String> without) {
        return profile.reasoningField()
                .filter(field -> !without.contains(field))
                .orElse(null);
    }

    private void writeStream(JsonGenerator out, Set<String> without) throws IOException {
        out.writeBooleanField("stream", true);
        if (profile.streamUsage() && !without.contains(STREAM_OPTIONS)) {
            out.writeObjectFieldStart(STREAM_OPTIONS);
            out.writeBooleanField("include_usage", true);
            out.writeEndObject();
        }
    }

    private void writeSampling(JsonGenerator out, Sampling sampling, Set<String> without) throws IOException {
        switch (sampling.strategy()) {
            case Sampling.Strategy.Greedy _ -> writeNumber(out, TEMPERATURE, 0, without);
            case Sampling.Strategy.TopP(double temperature, double topP) -> {
                writeNumber(out, TEMPERATURE, temperature, without);
                writeNumber(out, TOP_P, topP, without);
            }
            case Sampling.Strategy.TopK(int topK) -> {
                if (profile.topKField().isPresent()) {
                    writeNumber(out, profile.topKField().get(), topK, without);
                } else if (topK == 1) {
                    writeNumber(out, TEMPERATURE, 0, without);
                }
            }
        }
        if (sampling.repetitionPenalty() != 1.0
                && profile.repetitionPenaltyField().isPresent()) {
            writeNumber(out, profile.repetitionPenaltyField().get(), sampling.repetitionPenalty(), without);
        }
        if (sampling.maxTokens() > 0) {
            out.writeNumberField(maxTokensField(without), sampling.maxTokens());
        }
        List<String> stop = sampling.stop().orElse(List.of());
        if (!stop.isEmpty()) {
            out.writeArrayFieldStart("stop");
            for (String text : stop) {
                out.writeString(text);
            }
            out.writeEndArray();
        }
    }

    /** The field has two names, and each engine refuses one of them at most. */
    private String maxTokensField(Set<String> without) {
        if (!without.contains(profile.maxTokensField())) {
            return profile.maxTokensField();
        }
        return profile.maxTokensField().equals(MAX_TOKENS) ? MAX_COMPLETION_TOKENS : MAX_TOKENS;
    }

    private static void writeNumber(JsonGenerator out, String field, double value, Set<String> without)
            throws IOException {
        if (!without.contains(field)) {
            out.writeFieldName(field);
            if (value == Math.rint(value) && Math.abs(value) < 1e9) {
                out.writeNumber((int) value); // engines take 1.0 for a count amiss
            } else {
                out.writeNumber(value);
            }
        }
    }

    private static void writeTools(JsonGenerator out, List<ToolDefinition> tools) throws IOException {
        out.writeArrayFieldStart("tools");
        for (ToolDefinition tool : tools) {
            out.writeStartObject();
            out.writeStringField("type", "function");
            out.writeObjectFieldStart("function");
            out.writeStringField("name", tool.name());
            if (tool.description().isPresent()) {
                out.writeStringField("description", tool.description().get());
            }
            out.writeFieldName("parameters");
            ToolSchemaWriter.write(out, tool.input());
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeToolChoice(JsonGenerator out, ToolChoice choice) throws IOException {
        switch (choice) {
            case ToolChoice.Auto _, ToolChoice.None _ -> {
                // auto is what every engine does unasked, and some must be started in a special way to be asked for it
            }
            case ToolChoice.Required _ -> out.writeStringField("tool_choice", "required");
            case ToolChoice.Named(String toolName) -> {
                out.writeObjectFieldStart("tool_choice");
                out.writeStringField("type", "function");
                out.writeObjectFieldStart("function");
                out.writeStringField("name", toolName);
                out.writeEndObject();
                out.writeEndObject();
            }
        }
    }

    private static void writeResponseFormat(JsonGenerator out, ResponseFormat format) throws IOException {
        switch (format) {
            case ResponseFormat.JsonSchema(var schema) -> {
                out.writeObjectFieldStart("response_format");
                out.writeStringField("type", "json_schema");
                out.writeObjectFieldStart("json_schema");
                out.writeStringField("name", "answer");
                out.writeFieldName("schema");
                ToolSchemaWriter.writeSchema(out, schema);
                out.writeEndObject();
                out.writeEndObject();
            }
            // No provider of this kind knows it, and such an agent is refused before its turns come here.
            case ResponseFormat.Grammar _ ->
                throw new IllegalArgumentException("a grammar can't be asked of a chat completion");
        }
    }
}
