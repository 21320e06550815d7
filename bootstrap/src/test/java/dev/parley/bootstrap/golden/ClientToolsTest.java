package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Turns with tools that the client runs. */
@ExtendWith(OnStage.class)
class ClientToolsTest {

    static final String NURSE = """
        "instructions":"Use the tools.",
        "client_tools":[{"name":"get_pressure","description":"Blood pressure","metadata":{},"tool_prompt_format":"json",
          "parameters":[{"name":"arm","parameter_type":"str","description":"left or right","required":true,"default":null}]},
         {"name":"get_pulse"}]\
        """;
    static final String PRESSURE = """
        {"tool_responses":[
          {"call_id":"call_a","tool_name":"get_pressure","content":"118/79","metadata":{"s": 1, "exact":1.10}}]}\
        """;

    private final Stage stage;

    ClientToolsTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void clientTool() {
        Scenario.of(stage, "client-tool")
                .agent(NURSE)
                .model(pressureCall(), Replies.text("You are ", "well."), Replies.text("As I said."))
                .says("How am I?")
                .resume(PRESSURE)
                .says("Sure?")
                .play();
    }

    @Test
    void twoClientTools() {
        Scenario.of(stage, "two-client-tools")
                .agent(NURSE)
                .model(bothCalls(), Replies.text("You are well."))
                .says("How am I?")
                .resume("""
                    {"tool_responses":[
                      {"call_id":"call_b","tool_name":"get_pulse","content":[{"type":"text","text":"60"}]},
                      {"call_id":"call_a","tool_name":"get_pressure","content":"118/79","metadata":null}]}\
                    """)
                .play();
    }

    @Test
    void mixedTools() {
        Scenario.of(stage, "mixed-tools")
                .agent(NURSE + ",\"toolgroups\":[\"lab\"]")
                .model(
                        Replies.calls("call_a", "get_pressure", "{\"arm\":\"left\"}", "call_b", "count", "{}"),
                        Replies.text("118/79, and three."))
                .says("How am I, and how many?")
                .resume(PRESSURE)
                .play();
    }

    @Test
    void calledAgainAfterTheAnswer() {
        Scenario.of(stage, "client-tool-twice")
                .agent(NURSE)
                .model(pressureCall(), Replies.call("call_b", "get_pulse", "{}"), Replies.text("Well."))
                .says("How am I?")
                .resume(PRESSURE)
                .resume(
                        "{\"tool_responses\":[{\"call_id\":\"call_b\",\"tool_name\":\"get_pulse\",\"content\":\"60\"}]}")
                .play();
    }

    /** The second is told what the first one started; the model is not asked again. */
    @Test
    void theSameAnswerTwice() {
        Scenario.of(stage, "resume-repeated")
                .agent(NURSE)
                .model(pressureCall(), Replies.text("You are ", "well."))
                .says("How am I?")
                .resume(PRESSURE)
                .resume(PRESSURE)
                .play();
    }

    @Test
    void anotherAnswerToTheSameCall() {
        Scenario.of(stage, "resume-contradicted")
                .agent(NURSE)
                .model(pressureCall(), Replies.text("You are well."))
                .says("How am I?")
                .resume(PRESSURE)
                .resume(PRESSURE.replace("118/79", "180/110"))
                .play();
    }

    @Test
    void answersThatDoNotFit() {
        Scenario.of(stage, "resume-unfit")
                .agent(NURSE)
                .model(bothCalls())
                .says("How am I?")
                .resume(PRESSURE)
                .resume("{\"tool_responses\":[]}")
                .play();
    }

    @Test
    void aTurnThatIsNotTheLast() {
        Scenario.of(stage, "resume-too-late")
                .agent(NURSE)
                .model(pressureCall(), Replies.text("Hello"))
                .says("How am I?")
                .says("Never mind")
                .resume(PRESSURE)
                .play();
    }

    /** Clients that read the calls out of the model's text answer them in a turn that is complete. */
    @Test
    void callsThatTheClientReadOutOfTheText() {
        Scenario.of(stage, "resume-completed")
                .model(Replies.text("Action: get_pulse"), Replies.text("60."), Replies.text("Yes."))
                .says("My pulse?")
                .resume("""
                    {"tool_responses":[{"call_id":"made-up","tool_name":"get_pulse","content":"60","metadata":{}}]}\
                    """)
                .says("Sure?")
                .play();
    }

    /** No provider takes a call without an answer, so the next turn's history has one. */
    @Test
    void anAbandonedTurn() {
        Scenario.of(stage, "awaiting-turn-abandoned")
                .agent(NURSE)
                .model(bothCalls(), Replies.text("Hello"))
                .says("How am I?")
                .says("Never mind, just say hello")
                .play();
    }

    @Test
    void malformedArguments() {
        Scenario.of(stage, "malformed-arguments-of-the-client")
                .agent(NURSE)
                .model(Replies.call("call_a", "get_pressure", "{\"arm\": left}"), pressureCall("call_b"))
                .says("How am I?")
                .play();
    }

    private static Reply pressureCall() {
        return pressureCall("call_a");
    }

    private static Reply pressureCall(String id) {
        return Replies.call(id, "get_pressure", "{\"arm\":\"left\"}");
    }

    private static Reply bothCalls() {
        return Replies.calls("call_a", "get_pressure", "{\"arm\":\"left\"}", "call_b", "get_pulse", "{}");
    }
}
