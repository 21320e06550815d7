package dev.parley.bootstrap.golden;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of the Responses API that make no sense are refused in the words of OpenAI, and leave nothing behind. */
@ExtendWith(OnStage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadResponseInputTest {

    private static final long MORE_THAN_A_BODY_MAY_HAVE = 500_000_000;

    private final Stage stage;
    private final String response;
    private final String conversation;

    BadResponseInputTest(Stage stage) {
        this.stage = stage;
        stage.models().enqueue("before-bad-input", Replies.text("Hello"));
        response =
                id(stage.http().post(ResponseScenario.RESPONSES, "{\"model\":\"before-bad-input\",\"input\":\"Hi\"}"));
        conversation = id(stage.http().post("/v1/conversations", "{}"));
    }

    static List<BadResponseInput> inputs() {
        return BadResponseInput.all();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void isRefused(BadResponseInput input) {
        SortedMap<String, Long> before = stage.rows();

        Answer answer = stage.http()
                .send(input.method(), named(input.path()), named(input.body()).getBytes(ISO_8859_1));

        assertThat(answer.status()).as(answer.body()).isEqualTo(input.status());
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("x-request-id")).matches(Agreement.TRACE_ID);
        Json error = Json.parse(answer.body()).at("error");
        assertThat(answer.body())
                .isEqualTo("""
                    {"error":{"message":%s,"type":"invalid_request_error","param":%s,"code":%s}}\
                    """.formatted(error.at("message"), quoted(input.param()), quoted(input.code())));
        assertThat(error.text("message"))
                .contains(input.words())
                .doesNotContain("Exception", "dev.parley", "io.micronaut", "java.");
        assertThat(stage.rows()).isEqualTo(before);
        assertThat(stage.models().requests("m")).isEmpty();
        assertThat(stage.http().get("/v1/responses/" + response).status()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLongIsRefusedBeforeItIsRead() {
        try (RawReader reader = RawReader.send(
                stage.http(),
                "POST /v1/responses HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n{\"input\":"
                        .formatted(MORE_THAN_A_BODY_MAY_HAVE))) {
            String answer = reader.readThrough("}}");

            assertThat(answer).startsWith("HTTP/1.1 413 ");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                    .startsWith("{\"error\":{\"message\":\"The request is too large")
                    .endsWith(",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
        }
        assertThat(stage.http().get("/v1/responses/" + response).status()).isEqualTo(200);
    }

    @Test
    void anotherMediaTypeIsRefused() {
        String body = "input=Hi";
        try (RawReader reader = RawReader.send(
                stage.http(),
                "POST /v1/responses HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(body.length(), body))) {
            String answer = reader.readThrough("}}");

            assertThat(answer).startsWith("HTTP/1.1 415 ");
            assertThat(answer).endsWith("\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
        }
    }

    private String named(String template) {
        return template.replace("<response>", response).replace("<conversation>", conversation);
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "null" : "\"%s\"".formatted(text);
    }

    private static String id(Answer answer) {
        return Json.parse(answer.body()).text("id");
    }
}
