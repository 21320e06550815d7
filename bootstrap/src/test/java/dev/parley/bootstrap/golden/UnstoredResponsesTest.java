package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.inference.testing.FaultScenario;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses that are not to be stored leave no row in any table. */
@ExtendWith(OnStage.class)
class UnstoredResponsesTest {

    private final Stage stage;

    UnstoredResponsesTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void noRowIsWritten() {
        String model = "leaves-no-row";
        stage.models()
                .enqueue(
                        model,
                        Replies.text("Hello"),
                        Replies.text("Hello"),
                        Replies.call("call_a", "get_weather", "{}"),
                        FaultScenario.CLOSED_IN_TEXT.reply(),
                        Replies.text("Hello"));
        String previous = id(post("{\"model\":\"%s\",\"input\":\"Hi\"}".formatted(model)));
        String conversation = id(stage.http().post("/v1/conversations", "{}"));
        SortedMap<String, Long> before = stage.rows();

        assertThat(before).containsKeys("turn", "turn_step", "thread", "thread_spec", "conversation_item");
        assertThat(post(unstored(model, "\"previous_response_id\":\"%s\"".formatted(previous)))
                        .status())
                .isEqualTo(200);
        assertThat(post(Play.streamed(unstored(model, CallResponsesTest.TOOLS))).body())
                .contains("response.completed");
        assertThat(post(Play.streamed(unstored(model, "\"metadata\":{\"a\":\"b\"}")))
                        .body())
                .contains("response.failed");
        assertThat(post(unstored(model, "\"conversation\":\"%s\"".formatted(conversation)))
                        .status())
                .isEqualTo(200);

        assertThat(stage.rows()).isEqualTo(before);
    }

    private Answer post(String body) {
        return stage.http().post(ResponseScenario.RESPONSES, body);
    }

    private static String id(Answer answer) {
        return Json.parse(answer.body()).text("id");
    }

    private static String unstored(String model, String members) {
        return "{\"model\":\"%s\",\"input\":\"Hi\",\"store\":false,%s}".formatted(model, members);
    }
}
