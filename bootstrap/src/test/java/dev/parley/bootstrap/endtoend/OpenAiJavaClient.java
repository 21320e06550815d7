package dev.parley.bootstrap.endtoend;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import java.net.URI;
import java.util.Map;

/**
 * The official Java client of a server that it is the only one to ask, with a scripted model behind it. Whatever the client
 * is given it validates, and throws at what is missing or unknown. It repeats nothing.
 */
final class OpenAiJavaClient implements AutoCloseable {

    static final String MODEL_ID = "scripted-model";

    private final ScriptedModel model = new ScriptedModel();
    private final Installation installation =
            new Installation(Map.of("OPENAI_BASE_URL", model.baseUri().toString()));
    private final OpenAIClient client;

    OpenAiJavaClient() {
        URI server = installation.launch().awaitReady();
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server.resolve("/v1").toString())
                .apiKey("any")
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    OpenAIClient client() {
        return client;
    }

    ScriptedModel model() {
        return model;
    }

    Response create(ResponseCreateParams.Builder params) {
        return client.responses().create(params.build()).validate();
    }

    Told tell(ResponseCreateParams.Builder params) {
        try (var stream = client.responses().createStreaming(params.build())) {
            return Told.of(stream);
        }
    }

    /** A response to these words, which decide what the model says. */
    static ResponseCreateParams.Builder about(String words) {
        return ResponseCreateParams.builder().model(MODEL_ID).input(words);
    }

    static ResponseCreateParams.Builder withTool(String words) {
        return about(words).addTool(boilingPoint());
    }

    /** The tool that the scripted model calls. */
    static FunctionTool boilingPoint() {
        return FunctionTool.builder()
                .name("get_boiling_point")
                .strict(false)
                .parameters(FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("liquid", Map.of("type", "string"))))
                        .build())
                .build();
    }

    @Override
    public void close() {
        client.close();
        installation.close();
        model.close();
    }
}
