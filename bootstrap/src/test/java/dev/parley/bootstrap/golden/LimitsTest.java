package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Turns that are cut short, and turns whose tools are chosen for the model. */
@ExtendWith(OnStage.class)
class LimitsTest {

    private static final String LAB = "\"instructions\":\"Use the tools.\",\"toolgroups\":[\"lab\"]";

    private final Stage stage;

    LimitsTest(Stage stage) {
        this.stage = stage;
    }

    /** The turn rests with a call that nobody may answer, and the next one works all the same. */
    @Test
    void theLastInferenceCallsAClientTool() {
        Scenario.of(stage, "limit-with-client-call")
                .agent(ClientToolsTest.NURSE + ",\"max_infer_iters\":1")
                .model(Replies.call("call_a", "get_pressure", "{\"arm\":\"left\"}"), Replies.text("Hello"))
                .says("How am I?")
                .resume(ClientToolsTest.PRESSURE)
                .says("Just say hello")
                .play();
    }

    @Test
    void theLastInferenceCallsAServerTool() {
        Scenario.of(stage, "limit-with-server-call")
                .agent(LAB + ",\"max_infer_iters\":2")
                .model(
                        Replies.call("call_a", "count", "{}"),
                        Replies.call("call_b", "count", "{}"),
                        Replies.text("Hello"))
                .says("Count until I stop you")
                .says("Stop")
                .play();
    }

    @Test
    void outOfTokens() {
        Scenario.of(stage, "out-of-tokens")
                .model(
                        Reply.stream()
                                .opening()
                                .text("Once upon")
                                .finish("length")
                                .usage(12, 2)
                                .done()
                                .end(),
                        Replies.text("a time"))
                .says("Tell a story")
                .says("Go on")
                .play();
    }

    @Test
    void outOfTokensInACall() {
        Scenario.of(stage, "out-of-tokens-in-a-call")
                .agent(LAB)
                .model(
                        Reply.stream()
                                .opening()
                                .toolCall(0, "call_a", "weigh", "{\"what\":\"app")
                                .finish("length")
                                .usage(12, 2)
                                .done()
                                .end(),
                        Replies.text("Hello"))
                .says("How heavy is it?")
                .says("Never mind")
                .play();
    }

    @Test
    void outOfTokensAfterACall() {
        Scenario.of(stage, "out-of-tokens-after-a-call")
                .agent(ClientToolsTest.NURSE)
                .model(
                        Reply.stream()
                                .opening()
                                .toolCall(0, "call_a", "get_pressure", "{\"arm\":\"left\"}")
                                .finish("length")
                                .usage(12, 9)
                                .done()
                                .end(),
                        Replies.text("Hello"))
                .says("How am I?")
                .says("Never mind")
                .play();
    }

    /** A choice that forces a call is for the first inference only. */
    @Test
    void aCallIsRequired() {
        Scenario.of(stage, "tool-choice-required")
                .agent(LAB + ",\"tool_config\":{\"tool_choice\":\"required\"}")
                .model(Replies.call("call_a", "count", "{}"), Replies.text("Three."))
                .says("How many?")
                .play();
    }

    @Test
    void toolConfigOfTheTurn() {
        Scenario.of(stage, "tool-config-of-the-turn")
                .agent(LAB + ",\"tool_config\":{\"tool_choice\":\"required\"}")
                .model(Replies.text("No tools."), Replies.call("call_a", "weigh", "{}"), Replies.text("140 g."))
                .turn(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tool_config\":{\"tool_choice\":\"none\"}}")
                .turn(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tool_config\":{\"tool_choice\":\"weigh\"}}")
                .play();
    }
}
