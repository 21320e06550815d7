package dev.parley.bootstrap.golden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Turns whose input and output are looked at. */
@ExtendWith(OnStage.class)
class ShieldsTest {

    private static final String BOTH =
            "\"instructions\":\"Be brief.\",\"input_shields\":[\"prude\",\"guard\"],\"output_shields\":[\"guard\"]";

    private final Stage stage;

    ShieldsTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void noViolation() {
        Scenario.of(stage, "shields")
                .agent(BOTH)
                .model(Replies.text("Hel", "lo"))
                .says("Hi")
                .play();
    }

    @Test
    void inputViolation() {
        Scenario.of(stage, "input-violation")
                .agent(BOTH)
                .model(Replies.text("Hello"))
                .says("Something forbidden")
                .says("Hi")
                .play();
    }

    @Test
    void outputViolation() {
        Scenario.of(stage, "output-violation")
                .agent(BOTH)
                .model(Replies.text("Something ", "forbidden"), Replies.text("Sorry"))
                .says("Hi")
                .says("What was that?")
                .play();
    }

    /** What was let pass is told as it comes; what was not is never told, and the model is not heard to its end. */
    @Test
    void anAnswerIsStoppedOnItsWay() {
        Scenario.of(stage, "output-stopped")
                .agent(BOTH)
                .model(
                        Replies.text("All is ", "fine so far. Some", "thing forbid", "den. And", " more. And more."),
                        Replies.text("Sorry"))
                .says("Hi")
                .says("What was that?")
                .play();
    }

    @Test
    void warning() {
        Scenario.of(stage, "shield-warning")
                .agent(BOTH)
                .model(Replies.text("Hello"))
                .says("Something daring")
                .play();
    }

    @Test
    void violationWithoutWords() {
        Scenario.of(stage, "violation-without-words")
                .agent("\"instructions\":\"Be brief.\",\"input_shields\":[\"mute\"]")
                .model(Replies.text("Hello"))
                .says("Something forbidden")
                .says("Hi")
                .play();
    }

    /** Both sides look again at what a resume brings: seven steps in all. */
    @Test
    void onBothSidesOfAResume() {
        Scenario.of(stage, "shields-on-resume")
                .agent(ClientToolsTest.NURSE + ",\"input_shields\":[\"guard\"],\"output_shields\":[\"guard\"]")
                .model(
                        Replies.calls("call_a", "get_pressure", "{\"arm\":\"left\"}", "call_b", "get_pulse", "{}"),
                        Replies.text("You are well."))
                .says("How am I?")
                .resume("""
                    {"tool_responses":[
                      {"call_id":"call_a","tool_name":"get_pressure","content":"118/79"},
                      {"call_id":"call_b","tool_name":"get_pulse","content":"60"}]}\
                    """)
                .play();
    }

    @Test
    void documentsAreLookedAtToo() {
        Scenario.of(stage, "shielded-document").agent(BOTH).turn("""
            {"messages":[{"role":"user","content":"Sum this up"}],
             "documents":[{"content":"Something forbidden","mime_type":"text/plain"}]}\
            """).play();
    }

    @Test
    void aShieldThatCanNotTell() {
        Scenario.of(stage, "shield-fails")
                .agent("\"instructions\":\"Be brief.\",\"output_shields\":[\"torn\"]")
                .model(Replies.text("Hello"))
                .says("Hi")
                .play();
    }

    @Test
    void noSuchShield() {
        Scenario.of(stage, "no-such-shield")
                .agent("\"instructions\":\"Be brief.\",\"input_shields\":[\"wall\"]")
                .says("Hi")
                .play();
    }
}
