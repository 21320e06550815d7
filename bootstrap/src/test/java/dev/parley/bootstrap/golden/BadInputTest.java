package dev.parley.bootstrap.golden;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that make no sense are refused with a reason, in a body that every client can read, and leave nothing behind. */
@ExtendWith(OnStage.class)
class BadInputTest {

    private static final long MORE_THAN_A_BODY_MAY_HAVE = 50_000_000;

    private final Stage stage;

    BadInputTest(Stage stage) {
        this.stage = stage;
    }

    static List<BadInput> inputs() {
        return BadInput.all();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void isRefused(BadInput input) {
        Session session = Session.open(stage.http(), "{\"model\":\"unasked\",\"instructions\":\"\"}");
        String path = input.path().replace("<agent>", session.agent()).replace("<session>", session.session());
        SortedMap<String, Long> before = stage.rows();

        Answer answer = stage.http().send(input.method(), path, input.body().getBytes(ISO_8859_1));

        assertThat(answer.status()).as(answer.body()).isEqualTo(input.status());
        assertIsProblem(answer, input.words());
        assertThat(stage.rows()).isEqualTo(before);
        assertThat(stage.models().requests("unasked")).isEmpty();
        assertThat(stage.http().get(session.path()).status()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLongIsRefusedBeforeItIsRead() {
        Session session = Session.open(stage.http(), "{\"model\":\"unasked\",\"instructions\":\"\"}");
        SortedMap<String, Long> before = stage.rows();
        try (RawReader reader = RawReader.send(
                stage.http(),
                "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n{\"messages\":"
                        .formatted(session.turnPath(), MORE_THAN_A_BODY_MAY_HAVE))) {
            String answer = reader.readThrough("]}}}");

            assertThat(answer).startsWith("HTTP/1.1 413 ");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                    .startsWith("{\"detail\":\"The request is too large");
        }
        assertThat(stage.rows()).isEqualTo(before);
        assertThat(stage.http().get(session.path()).status()).isEqualTo(200);
    }

    /** As large a limit as one likes is no mistake; there is just not more. */
    @Test
    void hugeLimitsAreTaken() {
        Answer all = stage.http().get("/v1/agents?start_index=0&limit=99999999999999999999");

        assertThat(all.status()).isEqualTo(200);
        assertThat(all.body()).contains("\"has_more\":false");
        assertThat(stage.http()
                        .get("/v1/agents?start_index=99999999999999999999&limit=5")
                        .body())
                .startsWith("{\"data\":[],\"has_more\":false");
    }

    /** All three shapes that servers of the era answered in, and no word of what is inside of the server. */
    private static void assertIsProblem(Answer answer, String words) {
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        Json body = Json.parse(answer.body());
        assertThat(body.text("detail"))
                .contains(words)
                .isEqualTo(body.at("error").text("message"));
        assertThat(body.at("error").at("detail").items("errors"))
                .allSatisfy(place -> assertThat(place.text("msg")).isEqualTo(body.text("detail")));
        assertThat(answer.body()).doesNotContain("Exception", "dev.parley", "io.micronaut", "java.");
    }
}
