package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Turns with tools that the server runs itself. */
@ExtendWith(OnStage.class)
class ServerToolsTest {

    private static final String LAB = "\"instructions\":\"Use the tools.\",\"toolgroups\":[\"lab\"]";

    private final Stage stage;

    ServerToolsTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void serverTool() {
        Scenario.of(stage, "server-tool")
                .agent(LAB)
                .model(
                        Replies.call("call_a", "weigh", "{\"what\":\"apple\",\"times\":1.10}"),
                        Replies.text("140 g."),
                        Replies.text("As I said."))
                .says("How heavy is it?")
                .says("Sure?")
                .play();
    }

    @Test
    void twoServerTools() {
        Scenario.of(stage, "two-server-tools")
                .agent(LAB)
                .model(
                        Replies.calls("call_a", "weigh", "{\"what\":\"pear\"}", "call_b", "count", "{}"),
                        Replies.text("Three pears of 140 g."))
                .says("What is there?")
                .play();
    }

    /** Some engines number every call 0. */
    @Test
    void parallelCallsWithOneIndex() {
        Scenario.of(stage, "parallel-calls-index-zero")
                .agent(LAB)
                .model(
                        Replies.calls(Reply.stream()
                                .opening()
                                .toolCall(0, "call_a", "weigh", "{}")
                                .toolCall(0, "call_b", "count", "{}")),
                        Replies.text("Done."))
                .says("Go")
                .play();
    }

    @Test
    void textBeforeACall() {
        Scenario.of(stage, "text-before-call")
                .agent(LAB)
                .model(
                        Replies.calls(Reply.stream()
                                .opening()
                                .text("Let me ", "look.")
                                .toolCall(0, "call_a", "count", "{}")),
                        Replies.text("Three."))
                .says("How many?")
                .play();
    }

    @Test
    void oneToolOfAGroupWithArguments() {
        Scenario.of(stage, "toolgroups-of-the-turn")
                .agent(LAB)
                .model(
                        Replies.call("call_a", "weigh", "{\"what\":\"apple\",\"unit\":\"stone\"}"),
                        Replies.text("140 g."))
                .turn("""
                    {"messages":[{"role":"user","content":"How heavy is it?"}],
                     "toolgroups":[{"name":"lab/weigh","args":{"unit":"g"}}]}\
                    """)
                .play();
    }

    /** Models were trained to search the web under one name, whoever does it. */
    @Test
    void webSearch() {
        Scenario.of(stage, "web-search")
                .agent("\"instructions\":\"Use the tools.\",\"toolgroups\":[\"builtin::websearch/web_search\"]")
                .model(Replies.call("call_a", "brave_search", "{\"query\":\"apples\"}"), Replies.text("Apples."))
                .says("What is there on apples?")
                .play();
    }

    @Test
    void toolsOfOneName() {
        Scenario.of(stage, "tools-of-one-name").turn("""
            {"messages":[{"role":"user","content":"Hi"}],"toolgroups":["lab","shop"]}\
            """).play();
    }

    @Test
    void malformedArguments() {
        Scenario.of(stage, "malformed-arguments")
                .agent(LAB)
                .model(
                        Replies.call("call_a", "weigh", "{\"what\": apple}"),
                        Replies.call("call_b", "weigh", "{\"what\":\"apple\"}"),
                        Replies.text("140 g."))
                .says("How heavy is it?")
                .play();
    }

    @Test
    void unknownTool() {
        Scenario.of(stage, "unknown-tool")
                .agent(LAB)
                .model(Replies.call("call_a", "measure", "{}"), Replies.text("I can't."))
                .says("How tall is it?")
                .play();
    }

    @Test
    void toolsThatFail() {
        Scenario.of(stage, "tools-that-fail")
                .agent("\"instructions\":\"Use the tools.\",\"toolgroups\":[\"ruins\"]")
                .model(
                        Replies.calls("call_a", "throws", "{}", "call_b", "gives_up", "{}"),
                        Replies.call("call_c", "says_nothing", "{}"),
                        Replies.text("Nothing works."))
                .says("Try")
                .play();
    }

    @Test
    void noSuchGroup() {
        Scenario.of(stage, "no-such-toolgroup").turn("""
            {"messages":[{"role":"user","content":"Hi"}],"toolgroups":["attic"]}\
            """).play();
    }
}
