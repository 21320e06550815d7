package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.FaultScenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that a client repeats under the same name. */
@ExtendWith(OnStage.class)
class IdempotencyTest {

    private static final String HI = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private final Stage stage;

    IdempotencyTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void theSameKey() {
        Scenario.of(stage, "idempotency-key")
                .model(Replies.text("Hel", "lo"), Replies.text("Hello again"))
                .turn(HI, "key-1")
                .turn(HI.replace(":\"Hi\"", ": \"Hi\", \"context\": null"), "key-1")
                .turn(HI.replace("Hi", "Ho"), "key-1")
                .turn(HI, "key-2")
                .turn(HI, "key-1")
                .play();
    }

    /** A turn that broke is told again as it broke: repeating the request must not run another. */
    @Test
    void aTurnThatBroke() {
        Scenario.of(stage, "idempotency-key-of-a-broken-turn")
                .model(FaultScenario.VLLM_ERROR_AFTER_TEXT.reply())
                .turn(HI, "key-1")
                .turn(HI, "key-1")
                .play();
    }
}
