package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.TextScenario;
import dev.parley.inference.testing.ToolCallScenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses of models that think before they speak. */
@ExtendWith(OnStage.class)
class ReasoningResponsesTest {

    private final Stage stage;

    ReasoningResponsesTest(Stage stage) {
        this.stage = stage;
    }

    /** Engines have two names for it. What was thought in an earlier turn is not said to the model again. */
    @Test
    void reasoning() {
        ResponseScenario.of(stage, "reasoning")
                .model(TextScenario.REASONING_CONTENT.reply(), TextScenario.REASONING.reply())
                .says("Hi")
                .creates("\"input\":\"Again\",\"previous_response_id\":\"<resp-1>\"")
                .play();
    }

    @Test
    void summary() {
        ResponseScenario.of(stage, "reasoning-summary")
                .model(TextScenario.REASONING_CONTENT.reply(), TextScenario.REASONING.reply())
                .creates("\"input\":\"Hi\",\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"}")
                .creates("\"input\":\"Hi\",\"reasoning\":{\"summary\":\"detailed\"}")
                .play();
    }

    @Test
    void returnsAfterText() {
        ResponseScenario.of(stage, "reasoning-returns")
                .model(TextScenario.REASONING_BETWEEN_TEXT.reply())
                .says("Hi")
                .play();
    }

    @Test
    void tagsInTheText() {
        ResponseScenario.of(stage, "reasoning-in-tags")
                .model(TextScenario.THINK_TAGS_SPLIT.reply())
                .says("Hi")
                .play();
    }

    /** Within the loop over its tools the model hears again what it thought. */
    @Test
    void beforeACall() {
        ResponseScenario.of(stage, "reasoning-before-call")
                .model(ToolCallScenario.REASONING_BEFORE.reply(), Replies.text("Rain."))
                .creates("\"input\":\"Weather?\"," + CallResponsesTest.TOOLS)
                .creates("\"input\":[" + CallResponsesTest.output("chatcmpl-tool-a", "Rain")
                        + "],\"previous_response_id\":\"<resp-1>\"," + CallResponsesTest.TOOLS)
                .play();
    }
}
