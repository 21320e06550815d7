package dev.parley.bootstrap.golden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses with guardrails: shields look at what goes in and at what comes out (agents-api 11). */
@ExtendWith(OnStage.class)
class GuardedResponsesTest {

    private static final String GUARDED = "\"guardrails\":[\"prude\",{\"type\":\"guard\"}]";

    private final Stage stage;

    GuardedResponsesTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void noViolation() {
        ResponseScenario.of(stage, "guarded")
                .model(Replies.text("Hel", "lo"))
                .creates("\"input\":\"Hi\"," + GUARDED)
                .play();
    }

    /** The model is not asked, and the next response knows of the refusal. */
    @Test
    void inputViolation() {
        ResponseScenario.of(stage, "guarded-input")
                .model(Replies.text("Hello"))
                .creates("\"input\":\"Something forbidden\"," + GUARDED)
                .creates("\"input\":\"Hi\",\"previous_response_id\":\"<resp-1>\"")
                .play();
    }

    /** What was let pass stands; the rest is never told, and a refusal takes its place. */
    @Test
    void anAnswerIsStoppedOnItsWay() {
        ResponseScenario.of(stage, "guarded-output")
                .model(
                        Replies.text("All is ", "fine so far. Some", "thing forbid", "den. And", " more. And more."),
                        Replies.text("Sorry"))
                .creates("\"input\":\"Hi\"," + GUARDED)
                .creates("\"input\":\"What was that?\",\"previous_response_id\":\"<resp-1>\"")
                .play();
    }

    /** What tools answer goes in, too, and nobody is shown a call that was objected to. */
    @Test
    void callsAndTheirAnswers() {
        ResponseScenario.of(stage, "guarded-calls")
                .model(Replies.call("call_a", "get_pulse", "{}"))
                .creates("\"input\":\"How is my"
                        + " pulse?\",\"tools\":[{\"type\":\"function\",\"name\":\"get_pulse\",\"parameters\":{}}],"
                        + GUARDED)
                .creates(
                        "\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"call_a\",\"output\":\"forbidden\"}],\"previous_response_id\":\"<resp-1>\","
                                + GUARDED)
                .play();
    }

    @Test
    void aShieldThatCanNotTell() {
        ResponseScenario.of(stage, "guarded-by-a-broken-shield")
                .creates("\"input\":\"Hi\",\"guardrails\":[\"torn\"]")
                .play();
    }

    @Test
    void inTheBackground() {
        stage.models().enqueue("guarded", Replies.text("All is fine. ", "Something forbidden."));
        BackgroundResponsesTest.checkPolled(stage, "guarded", "\"input\":\"Hi\"," + GUARDED);
    }
}
