package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests for responses that a client repeats under the same name. */
@ExtendWith(OnStage.class)
class IdempotentResponsesTest {

    private final Stage stage;

    IdempotentResponsesTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void theSameKey() {
        ResponseScenario.of(stage, "idempotency-key")
                .model(Replies.text("Hel", "lo"), Replies.text("Hello again"))
                .creates("\"input\":\"Hi\"", "<key-1>")
                .creates("\"input\":\"Hi\"", "<key-1>")
                .creates("\"input\":\"Ho\"", "<key-1>")
                .creates("\"input\":\"Hi\"", "<key-2>")
                .creates("\"input\":\"Hi\"", "<key-1>")
                .play();
    }

    /** Whether it is streamed does not make it another request. */
    @Test
    void streamedTheSecondTime() {
        stage.models().enqueue("once-then-streamed", Replies.text("Hel", "lo"));
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        String body = "{\"model\":\"once-then-streamed\",\"input\":\"Hi\"}";

        Answer once = stage.http().post(ResponseScenario.RESPONSES, body, key);
        Answer streamed = stage.http().post(ResponseScenario.RESPONSES, Play.streamed(body), key);

        assertThat(once.status()).isEqualTo(200);
        assertThat(Events.of(streamed).response()).contains(once.body());
        assertThat(stage.models().requests("once-then-streamed")).hasSize(1);
    }
}
