package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.TextScenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Turns in which a model just answers. */
@ExtendWith(OnStage.class)
class PlainTurnsTest {

    private final Stage stage;

    PlainTurnsTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void plain() {
        Scenario.of(stage, "plain").model(Replies.text("Hel", "lo")).says("Hi").play();
    }

    @Test
    void secondTurn() {
        Scenario.of(stage, "second-turn")
                .model(Replies.text("Hello"), Replies.text("You said \\\"Hi\\\" – ", "grüß dich 👋\n"))
                .says("Hi")
                .says("What did I say?")
                .play();
    }

    @Test
    void noInstructions() {
        Scenario.of(stage, "no-instructions")
                .agent("\"instructions\":\"\"")
                .model(Replies.text("Hello"))
                .says("Hi")
                .play();
    }

    @Test
    void thinkTags() {
        Scenario.of(stage, "think-tags")
                .model(TextScenario.THINK_TAGS.reply(), Replies.text("Gladly."))
                .says("Hi")
                .says("Again")
                .play();
    }

    @Test
    void interleavedContent() {
        Scenario.of(stage, "interleaved-content")
                .model(Replies.text("A cat."), Replies.text("Still a cat."))
                .turn("""
                    {"messages":[
                      {"role":"user","content":{"type":"text","text":"Look:"},"context":"The user is at the zoo."},
                      {"role":"user","content":[{"type":"text","text":"What is this?"},
                        {"type":"image","image":{"url":{"uri":"https://example.org/cat.png"}}}]}],
                     "documents":null,"toolgroups":null,"tool_config":null}\
                    """)
                .says("Sure?")
                .play();
    }

    @Test
    void documents() {
        Scenario.of(stage, "documents")
                .model(Replies.text("It is blue."), Replies.text("Yes."))
                .turn("""
                    {"messages":[{"role":"user","content":"What colour is it?"}],
                     "documents":[
                      {"content":"The door is blue.","mime_type":"text/plain","document_id":"d1","metadata":{}},
                      {"content":{"type":"text","text":"The roof is red."},"mime_type":"text/markdown"}]}\
                    """)
                .says("Sure?")
                .play();
    }

    @Test
    void settings() {
        Scenario.of(stage, "settings")
                .agent("""
                    "instructions":"Be brief.","name":"Clerk","enable_session_persistence":true,
                    "sampling_params":{"strategy":{"type":"top_p","temperature":0.7,"top_p":0.9},"max_tokens":64,
                      "repetition_penalty":1.1,"stop":["END"]},
                    "response_format":{"type":"json_schema","json_schema":{"type":"object","properties":{"n":{"type":"number",
                      "minimum":1.10}}}}\
                    """)
                .model(Replies.text("{\"n\":", "1}"))
                .says("Count")
                .play();
    }
}
