package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.TextScenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses in which a model just answers, whatever its engine wraps the answer in. */
@ExtendWith(OnStage.class)
class PlainResponsesTest {

    private final Stage stage;

    PlainResponsesTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void plain() {
        ResponseScenario.of(stage, "plain")
                .model(Replies.text("Hel", "lo – ", "grüß dich 👋\n"))
                .creates("\"input\":\"Hi \\\"you\\\"\",\"instructions\":\"Be brief.\"")
                .play();
    }
}
