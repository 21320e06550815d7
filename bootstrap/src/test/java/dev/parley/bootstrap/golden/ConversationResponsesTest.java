package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.ErrorScenario;
import dev.parley.inference.testing.ToolCallScenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses in conversations (responses-api 6.5). */
@ExtendWith(OnStage.class)
class ConversationResponsesTest {

    private final Stage stage;

    ConversationResponsesTest(Stage stage) {
        this.stage = stage;
    }

    /** What a response was given and answers is added when it ends, in that order. */
    @Test
    void itemsAreAdded() {
        ResponseScenario.of(stage, "conversation")
                .model(Replies.text("One."), ToolCallScenario.TEXT_BEFORE.reply(), Replies.text("Rain."))
                .posts("/v1/conversations", """
                    {"metadata":{"topic":"weather"},"items":[{"type":"message","role":"developer","content":"Be brief."}]}\
                    """)
                .creates("\"input\":\"First\",\"conversation\":\"<conv-1>\"")
                .creates("\"input\":\"Weather?\",\"conversation\":{\"id\":\"<conv-1>\"}," + CallResponsesTest.TOOLS)
                .creates("\"input\":[" + CallResponsesTest.output("call_a", "Rain") + "],\"conversation\":\"<conv-1>\","
                        + CallResponsesTest.TOOLS)
                .gets("/v1/conversations/<conv-1>/items")
                .gets("/v1/conversations/<conv-1>/items?order=asc&limit=2")
                .gets("/v1/responses/<resp-3>/input_items?order=asc")
                .play();
    }

    @Test
    void notStored() {
        ResponseScenario.of(stage, "conversation-not-stored")
                .model(Replies.text("One."), ErrorScenario.OPENAI_SERVER_ERROR.reply())
                .posts("/v1/conversations", "{}")
                .creates("\"input\":\"First\",\"conversation\":\"<conv-1>\",\"store\":false")
                .gets("/v1/conversations/<conv-1>/items")
                .creates("\"input\":\"Broken\",\"conversation\":\"<conv-1>\"")
                .gets("/v1/conversations/<conv-1>/items")
                .play();
    }

    @Test
    void edited() {
        ResponseScenario.of(stage, "conversation-edited")
                .model(Replies.text("One."), Replies.text("Two."))
                .posts("/v1/conversations", "")
                .posts("/v1/conversations/<conv-1>", "{\"metadata\":{\"topic\":\"cats\"}}")
                .posts("/v1/conversations/<conv-1>/items", """
                    {"items":[{"role":"user","content":"Of cats:"},{"role":"assistant","content":"Yes?"}]}\
                    """)
                .creates("\"input\":\"First\",\"conversation\":\"<conv-1>\"")
                .gets("/v1/conversations/<conv-1>/items/msg_<resp-1>i00")
                .deletes("/v1/conversations/<conv-1>/items/msg_<resp-1>i00")
                .deletes("/v1/conversations/<conv-1>/items/msg_<resp-1>i00")
                .creates("\"input\":\"Second\",\"conversation\":\"<conv-1>\"")
                .gets("/v1/conversations/<conv-1>")
                .deletes("/v1/conversations/<conv-1>")
                .gets("/v1/conversations/<conv-1>/items")
                .creates("\"input\":\"Third\",\"conversation\":\"<conv-1>\"")
                .gets("/v1/responses/<resp-2>")
                .play();
    }
}
