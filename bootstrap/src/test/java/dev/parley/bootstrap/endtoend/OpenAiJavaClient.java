package dev.parley.bootstrap.endtoend;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.RequestOptions;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import dev.parley.bootstrap.RunningServer;
import dev.parley.persistence.testing.TestPostgres;
import java.net.URI;
import java.util.Map;

/**
 * The official Java client of a server that it is the only one to ask, with a scripted model behind it. Whatever the client
 * is given it validates, and throws at what is missing or unknown. It repeats nothing.
 */
final class OpenAiJavaClient implements AutoCloseable {

    static final String MODEL_ID = "scripted-model";

    private final ScriptedModel model;
    private final URI server;
    private final Runnable stop;
    private final OpenAIClient client;

    /** @param stop ends the server */
    private OpenAiJavaClient(ScriptedModel model, URI server, Runnable stop) {
        this.model = model;
        this.server = server;
        this.stop = stop;
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server.resolve("/v1").toString())
                .apiKey("any")
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    /** Of the packaged jar. */
    static OpenAiJavaClient ofThePackagedJar() {
        ScriptedModel model = new ScriptedModel();
        Installation installation =
                new Installation(Map.of("OPENAI_BASE_URL", model.baseUri().toString()));
        return new OpenAiJavaClient(model, installation.launch().awaitReady(), installation::close);
    }

    /** Of a server in this process that has tools to run. */
    static OpenAiJavaClient ofAServerWithTools() {
        ScriptedModel model = new ScriptedModel();
        RunningServer server = serverWithTools(model);
        return new OpenAiJavaClient(model, server.uri(), server::close);
    }

    /** Of a server that somebody else ends. */
    static OpenAiJavaClient of(ScriptedModel model, URI server) {
        return new OpenAiJavaClient(model, server, () -> {});
    }

    static RunningServer serverWithTools(ScriptedModel model) {
        return RunningServer.startWithStandIns(
                TestPostgres.freshDatabase(),
                Map.of(
                        "parley.inference.providers.openai.base-url",
                        model.baseUri().toString()));
    }

    OpenAIClient client() {
        return client;
    }

    /** Where the server listens, for what the client has no words for. */
    URI uri() {
        return server;
    }

    ScriptedModel model() {
        return model;
    }

    Response create(ResponseCreateParams.Builder params) {
        return client.responses().create(params.build()).validate();
    }

    Told tell(ResponseCreateParams.Builder params) {
        // each event is validated when it is read
        RequestOptions unvalidated =
                RequestOptions.builder().responseValidation(false).build();
        try (var stream = client.responses().createStreaming(params.build(), unvalidated)) {
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
        stop.run();
        model.close();
    }
}
