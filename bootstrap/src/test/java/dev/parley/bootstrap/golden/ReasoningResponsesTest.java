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
        ResponseScenario.of(stage, "reasoning-before-call", Stage.THINKING_MODEL)
                .model(ToolCallScenario.REASONING_BEFORE.reply(), Replies.text("Rain."))
                .creates("\"input\":\"Weather?\"," + CallResponsesTest.TOOLS)
                .creates("\"input\":[" + CallResponsesTest.output("chatcmpl-tool-a", "Rain")
                        + "],\"previous_response_id\":\"<resp-1>\"," + CallResponsesTest.TOOLS)
                .play();
    }

    /** A client that has nothing stored carries the model's thoughts itself, and can't read them. */
    @Test
    void sealed() {
        String terms = "\"store\":false,\"include\":[\"reasoning.encrypted_content\"]," + CallResponsesTest.TOOLS;
        ResponseScenario.of(stage, "reasoning-sealed", Stage.THINKING_MODEL)
                .model(ToolCallScenario.REASONING_BEFORE.reply(), Replies.text("Rain."))
                .creates("\"input\":\"Weather?\"," + terms)
                .creates("""
                    "input":[{"role":"user","content":"Weather?"},
                      {"type":"reasoning","id":"rs_<resp-1>o00n00","summary":[],"encrypted_content":"<seal-1>"},
                      {"type":"function_call","id":"fc_<resp-1>o00n01","call_id":"chatcmpl-tool-a","name":"get_weather",
                        "arguments":"{\\"city\\":\\"Paris\\"}"},
                      %s],%s\
                    """.formatted(CallResponsesTest.output("chatcmpl-tool-a", "Rain"), terms))
                .creates("""
                    "input":[{"type":"reasoning","summary":[],"encrypted_content":"made up"},
                      {"role":"user","content":"Weather?"}],%s\
                    """.formatted(terms))
                .play();
    }
}
