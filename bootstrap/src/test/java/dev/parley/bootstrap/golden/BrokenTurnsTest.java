package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.ErrorScenario;
import dev.parley.inference.testing.FaultScenario;
import dev.parley.inference.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Turns that break because their model's provider does. */
@ExtendWith(OnStage.class)
class BrokenTurnsTest {

    private final Stage stage;

    BrokenTurnsTest(Stage stage) {
        this.stage = stage;
    }

    /** What was sent stays; the error is the last item, or the status where nothing was streamed. */
    @Test
    void errorInMidStream() {
        Scenario.of(stage, "error-in-mid-stream")
                .model(FaultScenario.VLLM_ERROR_AFTER_TEXT.reply(), Replies.text("Hello again"))
                .says("Hi")
                .says("Still there?")
                .play();
    }

    @Test
    void errorAfterAStep() {
        Scenario.of(stage, "error-after-a-step")
                .agent("\"instructions\":\"Use the tools.\",\"toolgroups\":[\"lab\"]")
                .model(
                        Replies.call("call_a", "count", "{}"),
                        ErrorScenario.OPENAI_SERVER_ERROR.reply(),
                        Replies.text("Three, I think"))
                .says("How many?")
                .says("So?")
                .play();
    }

    @Test
    void connectionLost() {
        Scenario.of(stage, "connection-lost")
                .model(FaultScenario.CLOSED_IN_TEXT.reply())
                .says("Hi")
                .play();
    }

    @Test
    void refusedBeforeAnything() {
        Scenario.of(stage, "provider-refuses")
                .model(
                        ErrorScenario.VLLM_CONTEXT_OVERFLOW.reply(),
                        ErrorScenario.OPENAI_RATE_LIMIT.reply(),
                        ErrorScenario.OPENAI_WRONG_KEY.reply(),
                        ErrorScenario.OPENAI_SERVER_ERROR.reply(),
                        Replies.text("Hello"))
                .says("Too long")
                .says("Too often")
                .says("Without a key")
                .says("Too early")
                .says("Just right")
                .play();
    }

    @Test
    void unknownModel() {
        Scenario.of(stage, "unknown-model", "nope")
                .model(ErrorScenario.OPENAI_UNKNOWN_MODEL.reply())
                .says("Hi")
                .play();
    }

    /** Refused before the first token, though with a status of success. */
    @Test
    void errorFirstInTheStream() {
        Scenario.of(stage, "error-first-in-the-stream")
                .model(FaultScenario.ERROR_FIRST.reply())
                .says("Hi")
                .play();
    }

    @Test
    void silence() {
        Scenario.of(stage, "provider-stalls", Stage.STALLING_MODEL)
                .model(
                        FaultScenario.STALLED_BEFORE_HEAD.reply(),
                        Reply.stream(Engine.VLLM).opening().text("Hel").stall(),
                        Replies.text("Hello"))
                .says("Say nothing")
                .says("Say little")
                .says("Say hello")
                .play();
    }
}
