package dev.parley.rest.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.ScriptedEmbedder;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings by the server's own models, in the words of both interfaces. */
@Timeout(60)
final class OwnEmbeddingsTest {

    private static final String OPENAI = "/v1/embeddings";
    private static final String AGENTS = "/v1/inference/embeddings";

    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        server = ApplicationContext.run(
                EmbeddedServer.class, Map.of("micronaut.server.port", -1, "test.scripted-proxy", "true"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void recover() {
        server.getApplicationContext().getBean(ScriptedEmbedder.class).failWith("");
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENAI, "/v1/openai" + OPENAI})
    void aListOfTextsHasVectorsWithTheirPlaces(String path) throws Exception {
        assertThat(ask(path, "{\"model\":\"words\",\"input\":[\"a red bicycle\",\"\"],\"user\":\"me\"}"))
                .startsWith("200 application/json {")
                .contains("{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.")
                .contains(",{\"object\":\"embedding\",\"index\":1,\"embedding\":[1.0,0.0,0.0,0.0]}]")
                .contains("\"model\":\"words\",\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}");
    }

    @Test
    void oneTextIsAListOfOneAndNumbersComeInBase64() throws Exception {
        assertThat(ask(OPENAI, "{\"model\":\"words\",\"input\":\"\",\"encoding_format\":\"base64\",\"dimensions\":4}"))
                .contains("\"index\":0,\"embedding\":\"AACAPwAAAAAAAAAAAAAAAA==\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"words\"} | input is missing",
                "{\"model\":\"words\",\"input\":7} | input must be a text or a list of texts, not a number",
                "{\"model\":\"words\",\"input\":[]} | input must have from 1 to 2048 texts",
                "{\"model\":\"words\",\"input\":[1,2]} | input[0] must be a text: this model takes no tokens",
                "{\"model\":\"words\",\"input\":\"a\",\"dimensions\":3} | dimensions must be 4, or be left out",
                "{\"model\":\"words\",\"input\":\"a\",\"encoding_format\":\"int8\"} | encoding_format is 'int8'",
                "{\"model\":\"words\",\"input\":\"a\",\"input_type\":\"poem\"} | input_type is 'poem'"
            })
    void whatCantBeAnsweredIsRefused(String body, String said) throws Exception {
        assertThat(ask(OPENAI, body)).startsWith("400 ").contains(said);
    }

    @Test
    void aModelThatGivesNoVectorsSaysWhy() throws Exception {
        server.getApplicationContext().getBean(ScriptedEmbedder.class).failWith("The model sleeps");

        assertThat(ask(OPENAI, "{\"model\":\"words\",\"input\":\"a\"}"))
                .startsWith("502 ")
                .contains("The model sleeps");
    }

    @Test
    void theAgentsApiHasItsOwnWords() throws Exception {
        assertThat(ask(
                        AGENTS,
                        "{\"model_id\":\"words\",\"contents\":[\"\",{\"type\":\"text\",\"text\":\"\"}],"
                                + "\"task_type\":\"query\",\"output_dimension\":4,\"text_truncation\":\"none\"}"))
                .startsWith("200 ")
                .contains("{\"embeddings\":[[1.0,0.0,0.0,0.0],[1.0,0.0,0.0,0.0]]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model_id\":\"none\",\"contents\":[\"a\"]} | The embedding model 'none' does not exist; there are"
                        + " [words]",
                "{\"contents\":[\"a\"]} | model_id is missing",
                "{\"model_id\":\"words\",\"contents\":[{\"type\":\"image\"}]} | contents[0].type is 'image'",
                "{\"model_id\":\"words\",\"contents\":[\"a\"],\"text_truncation\":\"start\"} | text_truncation is"
                        + " 'start'",
                "{\"model_id\":\"words\",\"contents\":[\"a\"],\"output_dimension\":7} | output_dimension must be 4"
            })
    void whatTheAgentsApiCantBeAnsweredIsRefused(String body, String said) throws Exception {
        assertThat(ask(AGENTS, body)).startsWith("400 ").contains(said);
    }

    @Test
    void aTextThatMustNotBeCutIsRefusedWhenItWouldBe() throws Exception {
        assertThat(ask(
                        AGENTS,
                        "{\"model_id\":\"words\",\"contents\":[\"%s\"],\"text_truncation\":\"none\"}"
                                .formatted("word ".repeat(600))))
                .startsWith("400 ")
                .contains("more than 512 tokens");
    }

    /** The status, the type and the body of the answer. */
    private static String ask(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.getURI().resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            return "%d %s %s"
                    .formatted(
                            answer.statusCode(),
                            answer.headers().firstValue("content-type").orElse(""),
                            answer.body());
        }
    }
}
