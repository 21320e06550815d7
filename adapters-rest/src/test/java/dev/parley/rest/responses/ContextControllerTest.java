package dev.parley.rest.responses;

import static dev.parley.application.testing.ModelScript.says;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.ModelScript;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.message.Message;
import dev.parley.domain.turn.Failure;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a response would be shown, counted and compacted (responses-api 6.1, 6.2 and 8). */
class ContextControllerTest {

    private static final String COUNT = "/v1/responses/input_tokens";
    private static final String COMPACT = "/v1/responses/compact";

    private final EmbeddedServer server = start(true);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {COUNT, "/v1/openai" + COUNT})
    void countsWhatTheModelWouldBeShown(String path) {
        assertThat(post(path, """
            {"model":"m","input":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}],
            "instructions":"Be brief.","tools":[{"type":"function","name":"weigh"}],"text":{},"reasoning":null,
            "truncation":"auto","parallel_tool_calls":false,"personality":"friendly"}\
            """)).isEqualTo("200 {\"object\":\"response.input_tokens\",\"input_tokens\":4}");
    }

    @Test
    void countsWithoutAnything() {
        assertThat(post(COUNT, "{}")).isEqualTo("200 {\"object\":\"response.input_tokens\",\"input_tokens\":0}");
        assertThat(post(COUNT, "")).isEqualTo("200 {\"object\":\"response.input_tokens\",\"input_tokens\":0}");
        assertThat(
                        post(
                                COUNT,
                                "{\"input\":\"Hi\",\"tools\":[{\"type\":\"function\",\"name\":\"weigh\"}],\"tool_choice\":\"none\"}"))
                .isEqualTo("200 {\"object\":\"response.input_tokens\",\"input_tokens\":2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"input\":7} | invalid_type | input",
                "{\"input\":[{\"type\":\"poem\"}]} | invalid_value | input[0].type",
                "{\"truncation\":\"some\"} | invalid_value | truncation",
                "{\"tools\":[{\"type\":\"function\"}]} | missing_required_parameter | tools[0].name",
                "{\"tool_choice\":{\"type\":\"function\",\"name\":\"weigh\"}} | invalid_value | tool_choice",
                "{\"text\":{\"format\":{\"type\":\"poem\"}}} | invalid_value | text.format.type",
                "{\"previous_response_id\":\"resp_1\"} | previous_response_not_found | previous_response_id",
                "{\"previous_response_id\":\"resp_1\",\"conversation\":\"conv_1\"} | mutually_exclusive_parameters |"
                        + " previous_response_id",
            })
    void countsNothingThatIsWrong(String body, String code, String param) {
        assertThat(post(COUNT, body))
                .startsWith("400 {\"error\":{\"message\":\"")
                .endsWith("\",\"type\":\"invalid_request_error\",\"param\":\"%s\",\"code\":\"%s\"}}"
                        .formatted(param, code));
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPACT, "/v1/openai" + COMPACT})
    void compactsIntoWhatTheUserSaidAndASealedItem(String path) {
        application().model().then(says("They said hi."));

        String answer = post(path, """
            {"model":"m","instructions":"Be brief.","input":[{"role":"developer","content":"Be kind"},
            {"id":"msg_mine","role":"user","content":[{"type":"input_text","text":"Hi"},{"type":"input_image","image_url":"data:image/png;base64,AA=="}]},
            {"role":"assistant","content":"Hello"}],"prompt_cache_key":"k","service_tier":"auto"}\
            """);

        assertThat(answer.replaceAll("\"(created_at)\":[0-9]+", "\"$1\":0")
                        .replaceAll("resp_[0-9a-f]{32}", "resp_1")
                        .replaceAll("cmp_[0-9a-f]{32}o00n00", "cmp_1")
                        .replaceAll("s1\\.a-key\\.[A-Za-z0-9_-]+", "sealed"))
                .isEqualTo(
                        "200 {\"id\":\"resp_1\",\"object\":\"response.compaction\",\"created_at\":0,\"output\":["
                            + "{\"id\":\"msg_mine\",\"type\":\"message\",\"role\":\"user\",\"status\":\"completed\",\"content\":["
                            + "{\"type\":\"input_text\",\"text\":\"Hi\"},"
                            + "{\"type\":\"input_image\",\"detail\":\"auto\",\"image_url\":\"data:image/png;base64,AA==\"}]},"
                            + "{\"id\":\"cmp_1\",\"type\":\"compaction\",\"encrypted_content\":\"sealed\"}],"
                            + "\"usage\":{\"input_tokens\":0,\"input_tokens_details\":{\"cached_tokens\":0,\"cache_write_tokens\":0},"
                            + "\"output_tokens\":0,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":0}}");
        assertThat(application().model().lastRequest().messages().getFirst())
                .isEqualTo(new Message.System("Be brief.\n\nBe kind"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"input\":\"Hi\"} | missing_required_parameter | model",
                "{\"model\":\"\",\"input\":\"Hi\"} | missing_required_parameter | model",
                "{\"model\":null,\"input\":\"Hi\"} | missing_required_parameter | model",
                "{\"model\":\"m\"} | missing_required_parameter | input",
                "{\"model\":\"m\",\"input\":null} | missing_required_parameter | input",
                "{\"model\":\"m\",\"input\":[]} | missing_required_parameter | input",
                "{\"model\":\"m\",\"input\":true} | invalid_type | input",
                "{\"model\":\"m\",\"input\":\"Hi\",\"service_tier\":\"best\"} | invalid_value | service_tier",
                "{\"model\":\"m\",\"previous_response_id\":\"resp_1\"} | previous_response_not_found |"
                        + " previous_response_id",
                "{\"model\":\"m\",\"input\":[{\"type\":\"compaction\",\"encrypted_content\":\"s1.test.AAAA\"}]} |"
                        + " invalid_encrypted_content | input[0].encrypted_content",
            })
    void compactsNothingThatIsWrong(String body, String code, String param) {
        assertThat(post(COMPACT, body))
                .startsWith("400 {\"error\":{\"message\":\"")
                .endsWith("\",\"type\":\"invalid_request_error\",\"param\":\"%s\",\"code\":\"%s\"}}"
                        .formatted(param, code));
        assertThat(application().model().requests()).isEmpty();
    }

    @Test
    void aKeyForTheCacheIsShort() {
        assertThat(post(
                        COMPACT,
                        "{\"model\":\"m\",\"input\":\"Hi\",\"prompt_cache_key\":\"%s\"}".formatted("k".repeat(65))))
                .startsWith("400 ")
                .endsWith("\"param\":\"prompt_cache_key\",\"code\":\"string_above_max_length\"}}");
    }

    @Test
    void aModelThatFailsIsAnError() {
        application().model().then(new ModelScript.Refuses(Failure.Code.CONTEXT_TOO_LONG));

        assertThat(post(COMPACT, "{\"model\":\"m\",\"input\":\"Hi\"}"))
                .isEqualTo("400 {\"error\":{\"message\":\"The model refused\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"input\",\"code\":\"context_length_exceeded\"}}");
    }

    @Test
    void withoutAKeyOnlyCounts() {
        try (EmbeddedServer keyless = start(false)) {
            String refusal =
                    "400 {\"error\":{\"message\":\"There is no key; set one.\",\"type\":\"invalid_request_error\","
                            + "\"param\":\"%s\",\"code\":null}}";

            assertThat(post(keyless, COMPACT, "{\"model\":\"m\",\"input\":\"Hi\"}"))
                    .isEqualTo(refusal.formatted("input"));
            assertThat(post(
                            keyless,
                            "/v1/responses",
                            "{\"model\":\"m\",\"input\":[{\"type\":\"compaction_trigger\"}]}"))
                    .isEqualTo(refusal.formatted("input[0]"));
            assertThat(post(keyless, COUNT, "{\"input\":\"Hi\"}")).startsWith("200 ");
        }
    }

    private ScriptedApplication application() {
        return server.getApplicationContext().getBean(ScriptedApplication.class);
    }

    private String post(String path, String body) {
        return post(server, path, body);
    }

    /** The status and the body of the answer. */
    private String post(EmbeddedServer to, String path, String body) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(to.getURL() + path))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(UTF_8));
            return answer.statusCode() + " " + answer.body();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError("no answer", failed);
        }
    }

    private static EmbeddedServer start(boolean sealing) {
        return ApplicationContext.run(
                EmbeddedServer.class,
                Map.of(ScriptedResponses.WANTED, String.valueOf(sealing), "micronaut.server.port", "-1"));
    }
}
