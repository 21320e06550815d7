package dev.parley.inference.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.inference.provider.Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes a request as the body of a chat completion, in the words that the provider's profile takes. */
final class ChatRequestWriter {

    private static final String MAX_TOKENS = "max_tokens";
    private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    private static final String TEMPERATURE = "temperature";

    private final Profile profile;

    ChatRequestWriter(Profile profile) {
        this.profile = profile;
    }

    /**
     * The body, with a note of the fields that it can do without. What a client may not miss is none of them: a provider
     * that knows no tools must say so.
     *
     * @param without fields that the provider is known to refuse for this model
     */
    RequestBody write(InferenceRequest request, Set<String> without) {
        RequestBody body = new RequestBody(request);
        Optional<String> reasoningField = profile.reasoningField().filter(field -> !without.contains(field));
        reasoningField.ifPresent(field -> body.noteOptional(field, field));
        try (JsonGenerator out = JsonCodec.FACTORY.createGenerator(body)) {
            out.writeStartObject();
            out.writeStringField("model", request.model());
            out.writeArrayFieldStart("messages");
            new MessageWriter(out, reasoningField.orElse(null)).write(messages(request));
            out.writeEndArray();
            OptionalFields fields = new OptionalFields(out, body, without);
            writeStream(fields);
            writeSampling(fields, request.sampling());
            OptionsWriter options = new OptionsWriter(profile.wishes(), fields);
            options.write(request.options());
            if (mayCall(request)) {
                writeTools(out, request.tools());
                writeToolChoice(out, request.toolChoice());
                options.writeParallelCalls(request.options());
            }
            if (asksForFormat(request)) {
                writeResponseFormat(out, request.responseFormat().orElseThrow());
            }
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return body;
    }

    /** The messages and tools alone, as a model is given them before it answers. */
    byte[] prompt(InferenceRequest request) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator out = JsonCodec.FACTORY.createGenerator(body)) {
            out.writeStartObject();
            out.writeStringField("model", request.model());
            out.writeArrayFieldStart("messages");
            new MessageWriter(out, profile.reasoningField().orElse(null)).write(messages(request));
            out.writeEndArray();
            if (mayCall(request)) {
                writeTools(out, request.tools());
            }
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return body.toByteArray();
    }

    /** The tools as they are offered; empty when none are. */
    String tools(InferenceRequest request) {
        StringWriter text = new StringWriter();
        if (mayCall(request)) {
            try (JsonGenerator out = JsonCodec.FACTORY.createGenerator(text)) {
                out.writeStartObject();
                writeTools(out, request.tools());
                out.writeEndObject();
            } catch (IOException impossible) {
                throw new UncheckedIOException("writing to memory failed", impossible);
            }
        }
        return text.toString();
    }

    /** Where the engine can't hold an answer to its form beside tools, the model is at least told of the form. */
    private List<Message> messages(InferenceRequest request) {
        return mayCall(request) && !profile.formatBesideTools()
                ? request.responseFormat()
                        .map(format -> FormatInWords.beside(request.messages(), format))
                        .orElse(request.messages())
                : request.messages();
    }

    /** Whether the engine is asked for a form of answer that it can't but keep to. */
    boolean enforcesSchema(InferenceRequest request) {
        return profile.enforcesSchema() && asksForFormat(request);
    }

    private boolean asksForFormat(InferenceRequest request) {
        return request.responseFormat().isPresent() && (!mayCall(request) || profile.formatBesideTools());
    }

    private static boolean mayCall(InferenceRequest request) {
        return !request.tools().isEmpty() && !(request.toolChoice() instanceof ToolChoice.None);
    }

    private void writeStream(OptionalFields fields) throws IOException {
        fields.out().writeBooleanField("stream", true);
        if (profile.streamUsage() && fields.begin("stream_options")) {
            fields.out().writeStartObject();
            fields.out().writeBooleanField("include_usage", true);
            fields.out().writeEndObject();
        }
    }

    private void writeSampling(OptionalFields fields, Sampling sampling) throws IOException {
        switch (sampling.strategy()) {
            case Sampling.Strategy.Greedy _ -> fields.number(TEMPERATURE, 0);
            case Sampling.Strategy.TopP(double temperature, double topP) -> {
                fields.number(TEMPERATURE, temperature);
                fields.number("top_p", topP);
            }
            case Sampling.Strategy.Set(Optional<Double> temperature, Optional<Double> topP) -> {
                if (temperature.isPresent()) {
                    fields.number(TEMPERATURE, temperature.get());
                }
                if (topP.isPresent()) {
                    fields.number("top_p", topP.get());
                }
            }
            case Sampling.Strategy.TopK(int topK) -> {
                if (profile.topKField().isPresent()) {
                    fields.number(profile.topKField().get(), topK);
                } else if (topK == 1) {
                    fields.number(TEMPERATURE, 0);
                }
            }
        }
        if (sampling.repetitionPenalty() != 1.0
                && profile.repetitionPenaltyField().isPresent()) {
            fields.number(profile.repetitionPenaltyField().get(), sampling.repetitionPenalty());
        }
        if (sampling.maxTokens() > 0) {
            String field = maxTokensField(fields.without());
            fields.note(field);
            fields.out().writeNumberField(field, sampling.maxTokens());
        }
        writeStop(fields.out(), sampling);
    }

    private static void writeStop(JsonGenerator out, Sampling sampling) throws IOException {
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

    private void writeTools(JsonGenerator out, List<ToolDefinition> tools) throws IOException {
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
            if (tool.strict() && profile.wishes().strictTools()) {
                out.writeBooleanField("strict", true);
            }
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
            case ToolChoice.Required _, ToolChoice.Hosted _ -> out.writeStringField("tool_choice", "required");
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
            case ResponseFormat.JsonSchema(var schema, var name, var description, boolean strict) -> {
                out.writeObjectFieldStart("response_format");
                out.writeStringField("type", "json_schema");
                out.writeObjectFieldStart("json_schema");
                out.writeStringField("name", name.orElse("answer"));
                if (description.isPresent()) {
                    out.writeStringField("description", description.get());
                }
                out.writeFieldName("schema");
                ToolSchemaWriter.writeSchema(out, schema);
                if (strict) {
                    out.writeBooleanField("strict", true);
                }
                out.writeEndObject();
                out.writeEndObject();
            }
            case ResponseFormat.JsonObject _ -> {
                out.writeObjectFieldStart("response_format");
                out.writeStringField("type", "json_object");
                out.writeEndObject();
            }
            // No provider of this kind knows it, and such an agent is refused before its turns come here.
            case ResponseFormat.Grammar _ ->
                throw new IllegalArgumentException("a grammar can't be asked of a chat completion");
        }
    }
}
