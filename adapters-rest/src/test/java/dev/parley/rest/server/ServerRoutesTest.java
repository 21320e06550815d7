package dev.parley.rest.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.turn.RunningTurns;
import dev.parley.rest.testing.Wire;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes that clients and operators look at before they begin, byte by byte. */
class ServerRoutesTest {

    private static final Map<String, Object> PROPERTIES =
            Map.of("micronaut.server.port", -1, "test.server-around", "true");
    private static final String LLAMA = """
        {"identifier":"meta-llama/Llama-3.3-70B-Instruct","provider_resource_id":"meta-llama/Llama-3.3-70B-Instruct",\
        "provider_id":"local","type":"model","metadata":{},"model_type":"llm",\
        "id":"meta-llama/Llama-3.3-70B-Instruct","object":"model","created":1745874360,"owned_by":"local"}\
        """;
    private static final String CLOUD = """
        {"api":"inference","provider_id":"cloud","provider_type":"openai-compatible",\
        "config":{"url":"https://api.example/v1"},"health":{"status":"Error","message":"it does not answer"}}\
        """;

    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        server = ApplicationContext.run(EmbeddedServer.class, PROPERTIES);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void healthAndVersion() throws IOException {
        assertThat(ok("/v1/health")).isEqualTo("{\"status\":\"OK\"}");
        assertThat(ok("/v1/version")).isEqualTo("{\"version\":\"0.2.23\"}");
    }

    @Test
    void aServerThatStopsIsNotHealthy() throws IOException {
        try (EmbeddedServer stopping = ApplicationContext.run(EmbeddedServer.class, PROPERTIES)) {
            stopping.getApplicationContext().getBean(RunningTurns.class).drain(Duration.ZERO);
            try (Wire wire = new Wire(stopping.getPort()).get("/v1/health")) {
                assertThat(wire.readAnswer()).startsWith("HTTP/1.1 503 ").contains("stopping");
            }
        }
    }

    @Test
    void everyRouteIsListed() throws IOException {
        assertThat(ok("/v1/inspect/routes"))
                .startsWith("{\"data\":[{\"route\":\"/")
                .contains("{\"route\":\"/v1/health\",\"method\":\"GET\",\"provider_types\":[]}")
                .contains("{\"route\":\"/v1/agents\",\"method\":\"POST\",\"provider_types\":[]}");
    }

    @ParameterizedTest
    @CsvSource({"/v1/models, detail", "/v1/openai/v1/models, message"})
    void modelsInAShapeForBothKindsOfClients(String path, String complaint) throws IOException {
        assertThat(ok(path)).startsWith("{\"object\":\"list\",\"data\":[{").contains(LLAMA);
        assertThat(ok(path + "/meta-llama/Llama-3.3-70B-Instruct")).isEqualTo(LLAMA);
        assertThat(ok(path + "/words"))
                .contains("\"metadata\":{\"embedding_dimension\":4},\"model_type\":\"embedding\",\"id\":\"words\"")
                .contains("\"provider_id\":\"scripted\"");
        assertThat(ok(path + "/meta-llama%2FLlama-3.3-70B-Instruct")).isEqualTo(LLAMA);
        assertThat(ok(path + "/a%20model::with%20%23odd%3F%20name/%C3%BC"))
                .contains("\"provider_resource_id\":\"odd\"");
        try (Wire wire = new Wire(server.getPort()).get(path + "/gpt/none")) {
            assertThat(wire.readAnswer())
                    .startsWith("HTTP/1.1 404 ")
                    .contains("{\"%s\":\"The requested model 'gpt/none' does not exist.\"".formatted(complaint));
        }
    }

    @Test
    void aModelThatIsNotThereIsCalledSoByOpenAisName() throws IOException {
        try (Wire wire = new Wire(server.getPort()).get("/v1/openai/v1/models/none")) {
            assertThat(wire.readAnswer())
                    .startsWith("HTTP/1.1 404 ")
                    .endsWith("{\"error\":{\"message\":\"The requested model 'none' does not exist.\","
                            + "\"type\":\"invalid_request_error\",\"param\":\"model\",\"code\":\"model_not_found\"}}");
        }
    }

    @Test
    void providersAndHowTheyAre() throws IOException {
        assertThat(ok("/v1/providers"))
                .startsWith("{\"data\":[" + CLOUD)
                .contains("\"health\":{\"status\":\"OK\",\"message\":\"Healthy\"}");
        assertThat(ok("/v1/providers/cloud")).isEqualTo(CLOUD);
        try (Wire wire = new Wire(server.getPort()).get("/v1/providers/none")) {
            assertThat(wire.readAnswer()).startsWith("HTTP/1.1 404 ").contains("Provider none not found");
        }
    }

    @Test
    void theInterfaceIsDescribed() throws IOException {
        assertThat(ok("/openapi.json")).startsWith("{").contains("\"/v1/agents\"", "\"/v1/health\"");
        try (Wire wire = new Wire(server.getPort()).get("/docs")) {
            assertThat(wire.readAnswer())
                    .startsWith("HTTP/1.1 307 ")
                    .containsIgnoringCase("location: /swagger-ui/index.html\r\n");
        }
    }

    private static String ok(String path) throws IOException {
        try (Wire wire = new Wire(server.getPort()).get(path)) {
            String answer = wire.readAnswer();
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsIgnoringCase("content-type: application/json\r\n");
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }
}
