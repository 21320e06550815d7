package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.TextScenario;
import dev.parley.inference.testing.ToolCallScenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses whose answer is not what was hoped for: refused, or not whole. */
@ExtendWith(OnStage.class)
class CutOffResponsesTest {

    private final Stage stage;

    CutOffResponsesTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void refusal() {
        ResponseScenario.of(stage, "refusal")
                .model(TextScenario.REFUSAL.reply(), Replies.text("Gladly."))
                .says("Do evil")
                .creates("\"input\":\"Do good\",\"previous_response_id\":\"<resp-1>\"")
                .play();
    }

    @Test
    void outOfTokens() {
        ResponseScenario.of(stage, "out-of-tokens")
                .model(TextScenario.LENGTH.reply(), Replies.text("The end."))
                .creates("\"input\":\"A story\",\"max_output_tokens\":16")
                .creates("\"input\":\"Go on\",\"previous_response_id\":\"<resp-1>\"")
                .play();
    }

    /** A call that is not whole is none that a client should run, but it needs an answer like any other. */
    @Test
    void outOfTokensInACall() {
        ResponseScenario.of(stage, "out-of-tokens-in-a-call")
                .model(ToolCallScenario.ARGUMENTS_CUT_BY_LENGTH.reply(), Replies.text("Never mind."))
                .creates("\"input\":\"Weather?\"," + CallResponsesTest.TOOLS)
                .creates("\"input\":\"And?\",\"previous_response_id\":\"<resp-1>\"," + CallResponsesTest.TOOLS)
                .creates("\"input\":[" + CallResponsesTest.output("call_a", "not run")
                        + "],\"previous_response_id\":\"<resp-1>\"," + CallResponsesTest.TOOLS)
                .play();
    }

    @Test
    void outOfTokensInThought() {
        ResponseScenario.of(stage, "out-of-tokens-in-thought")
                .model(Reply.stream(Engine.VLLM)
                        .opening()
                        .reasoning("reasoning", "Let me ")
                        .reasoning("reasoning", "thi")
                        .finish("length")
                        .usage(12, 16)
                        .done()
                        .end())
                .creates("\"input\":\"Think\",\"reasoning\":{\"summary\":\"auto\"}")
                .play();
    }

    @Test
    void filtered() {
        ResponseScenario.of(stage, "content-filter")
                .model(TextScenario.CONTENT_FILTER.reply())
                .says("Hi")
                .play();
    }
}
