package dev.parley.rest.agents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.agents.AgentsServer.Answer;
import dev.parley.rest.json.JsonField;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shields and what they say of texts, over HTTP and in both languages (agents-api 9.1). */
@Timeout(60)
final class ShieldsControllersTest {

    private static final String DECLARED = "{\"identifier\":\"declared\",\"provider_resource_id\":\"a-model\","
            + "\"provider_id\":\"scripted\",\"type\":\"shield\",\"params\":{\"a\": 1.10}}";
    private static final String OWN = "{\"identifier\":\"my/own\",\"provider_resource_id\":\"my/own\","
            + "\"provider_id\":\"scripted\",\"type\":\"shield\",\"params\":{}}";

    private final AgentsServer server = new AgentsServer(Map.of("test.scripted-safety", "true"));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shieldsAreRegisteredListedReadAndDeleted() {
        assertThat(server.get("/v1/shields").ok()).isEqualTo("{\"data\":[" + DECLARED + "]}");
        assertThat(server.post("/v1/shields", "{\"shield_id\":\"my/own\"}").ok())
                .isEqualTo(OWN);
        assertThat(server.post(
                                "/v1/shields",
                                "{\"shield_id\":\"my/own\",\"provider_id\":\"scripted\",\"provider_shield_id\":\"m\",\"params\":{\"b\":"
                                    + " 2.0}}")
                        .ok())
                .isEqualTo(OWN.replace("\"provider_resource_id\":\"my/own\"", "\"provider_resource_id\":\"m\"")
                        .replace("{}", "{\"b\": 2.0}"));
        server.post("/v1/shields", "{\"shield_id\":\"my/own\",\"params\":null}").ok();

        assertThat(server.get("/v1/shields").ok()).isEqualTo("{\"data\":[" + DECLARED + "," + OWN + "]}");
        for (String path : new String[] {"my/own", "my%2Fown"}) {
            assertThat(server.get("/v1/shields/" + path).ok()).isEqualTo(OWN);
        }
        assertThat(server.delete("/v1/shields/my/own").ok()).isEqualTo("null");
        assertThat(server.get("/v1/shields/my/own").status()).isEqualTo(404);
        assertThat(server.delete("/v1/shields/my/own").status()).isEqualTo(404);
        assertThat(server.delete("/v1/shields/declared").status()).isEqualTo(409);
        assertThat(server.post("/v1/shields", "{\"shield_id\":\"declared\"}").status())
                .isEqualTo(409);
    }

    @Test
    void aShieldJudgesWhatWasSaidLast() {
        assertThat(run("{\"role\":\"user\",\"content\":\"a cake\"}")).isEqualTo("{\"violation\":null}");
        assertThat(run("{\"role\":\"user\",\"content\":\"a cake\"},{\"role\":\"user\",\"content\":\"a bomb\"}"))
                .isEqualTo(
                        "{\"violation\":{\"violation_level\":\"error\",\"user_message\":\"No.\",\"metadata\":{\"violation_type\":\"S9\"}}}");
        assertThat(run("{\"role\":\"system\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":\"a"
                        + " bomb\",\"stop_reason\":\"end_of_turn\"}"))
                .contains("\"violation_level\":\"error\"");
        assertThat(run("")).isEqualTo("{\"violation\":null}");
    }

    private String run(String messages) {
        return server.post(
                        "/v1/safety/run-shield",
                        "{\"shield_id\":\"declared\",\"messages\":[%s],\"params\":{}}".formatted(messages))
                .ok();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/moderations", "/v1/openai/v1/moderations"})
    void textsAreModerated(String path) {
        String answer = server.post(
                        path, "{\"input\":[\"a cake\",{\"type\":\"text\",\"text\":\"a bomb\"}],\"model\":\"a-model\"}")
                .ok();

        assertThat(answer)
                .startsWith(
                        "{\"id\":\"modr-00000000-0000-4000-8000-000000000001\",\"model\":\"a-model\",\"results\":[{\"flagged\":false,"
                            + "\"categories\":{\"harassment\":false,\"harassment/threatening\":false,\"hate\":false,")
                .contains(
                        "\"violence\":0.0,", "\"violence/graphic\":[\"text\"]},\"user_message\":null,\"metadata\":{}},")
                .contains(
                        "{\"flagged\":true,",
                        "\"violence\":true,",
                        "\"hate\":false,",
                        "\"violence\":0.75,",
                        "\"hate\":0.25,")
                .endsWith("\"user_message\":\"No.\",\"metadata\":{\"violation_type\":\"S9\"}}]}");
        assertThat(server.post(path, "{\"input\":\"a bomb\",\"model\":null}")
                        .json()
                        .at("model")
                        .string())
                .isEqualTo("declared");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/shields {} | 400 | shield_id is missing",
                "/v1/shields {\"shield_id\":\" \"} | 400 | shield_id must not be blank",
                "/v1/shields {\"shield_id\":\"a\",\"provider_id\":\"none\"} | 400 | Unknown provider of shields"
                        + " 'none'. The providers are: scripted",
                "/v1/shields {\"shield_id\":\"a\",\"params\":[]} | 400 | params must be an object",
                "/v1/shields {\"shield_id\":\"a\",\"params\":{\"nonsense\":1}} | 400 | params are nonsense",
                "/v1/safety/run-shield {\"messages\":[]} | 400 | shield_id is missing",
                "/v1/safety/run-shield {\"shield_id\":\"declared\"} | 400 | messages is missing",
                "/v1/safety/run-shield {\"shield_id\":\"none\",\"messages\":[]} | 400 | Unknown shield 'none'. The"
                        + " shields are: declared",
            })
    void whatMakesNoSenseIsRefused(String request, int status, String message) {
        String[] parts = request.split(" ", 2);

        Answer answer = server.post(parts[0], parts[1]);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{} | input | missing_required_parameter",
                "{\"input\":7} | input | invalid_type",
                "{\"input\":[7]} | input[0] | invalid_type",
                "{\"input\":[]} | input | -",
                "{\"input\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.org/1.png\"}}]} |"
                        + " input[0].type | -",
                "{\"input\":[{\"type\":\"text\"}]} | input[0].text | missing_required_parameter",
                "{\"input\":\"a\",\"model\":\"none\"} | model | -",
            })
    void whatCantBeModeratedIsRefused(String body, String param, @Nullable String code) {
        Answer answer = server.post("/v1/moderations", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        JsonField error = JsonField.body(answer.body().getBytes(UTF_8)).at("error");
        assertThat(error.at("type").string()).isEqualTo("invalid_request_error");
        assertThat(error.at("param").string()).isEqualTo(param);
        assertThat(error.at("code").optional(JsonField::string).orElse(null)).isEqualTo(code);
    }
}
