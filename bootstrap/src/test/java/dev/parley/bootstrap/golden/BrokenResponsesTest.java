package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.ErrorScenario;
import dev.parley.inference.testing.FaultScenario;
import dev.parley.inference.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses that break because their model's provider does (responses-api 8 and 9.5). */
@ExtendWith(OnStage.class)
class BrokenResponsesTest {

    private final Stage stage;

    BrokenResponsesTest(Stage stage) {
        this.stage = stage;
    }

    /** Before the first byte: a status, streamed or not. */
    @Test
    void refusedBeforeAnything() {
        ResponseScenario.of(stage, "provider-refuses")
                .model(
                        ErrorScenario.VLLM_CONTEXT_OVERFLOW.reply(),
                        ErrorScenario.OPENAI_WRONG_KEY.reply(),
                        ErrorScenario.FORBIDDEN.reply(),
                        ErrorScenario.OPENAI_UNKNOWN_MODEL.reply(),
                        ErrorScenario.OPENAI_RATE_LIMIT.reply(),
                        ErrorScenario.OPENAI_RATE_LIMIT.reply().withHeader("Retry-After", "90"),
                        ErrorScenario.OPENAI_QUOTA.reply(),
                        ErrorScenario.OPENAI_UNSUPPORTED_PARAMETER.reply(),
                        ErrorScenario.AZURE_CONTENT_FILTER.reply(),
                        ErrorScenario.OPENAI_SERVER_ERROR.reply(),
                        ErrorScenario.NGINX_BAD_GATEWAY.reply(),
                        ErrorScenario.LLAMA_CPP_LOADING.reply(),
                        FaultScenario.ERROR_FIRST.reply(),
                        FaultScenario.CLOSED_BEFORE_HEAD.reply(),
                        FaultScenario.EMPTY_STREAM.reply())
                .says("Too long")
                .says("Without a key")
                .says("Without a right")
                .says("To nobody")
                .says("Too often")
                .says("Far too often")
                .says("Without money")
                .says("With too much")
                .says("With evil")
                .says("To one who is ill")
                .says("To one who is away")
                .says("To one who is not up yet")
                .says("Too long, though accepted")
                .says("To one who hangs up")
                .says("To one who says nothing")
                .play();
    }

    /** What was sent stays as it is; then come the error and the response as it failed. */
    @Test
    void errorInMidStream() {
        ResponseScenario.of(stage, "error-in-mid-stream")
                .model(
                        FaultScenario.VLLM_ERROR_AFTER_TEXT.reply(),
                        FaultScenario.CLOSED_IN_TEXT.reply(),
                        FaultScenario.CLOSED_IN_CALL.reply(),
                        FaultScenario.FINISH_ABORT.reply())
                .says("Hi")
                .says("Stay")
                .creates("\"input\":\"Weather?\"," + CallResponsesTest.TOOLS)
                .says("Finish")
                .play();
    }

    @Test
    void silence() {
        ResponseScenario.of(stage, "provider-stalls", Stage.STALLING_MODEL)
                .model(
                        FaultScenario.STALLED_BEFORE_HEAD.reply(),
                        Reply.stream(Engine.VLLM).opening().text("Hel").stall())
                .says("Say nothing")
                .says("Say little")
                .play();
    }
}
