package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.TextScenario;
import dev.parley.inference.testing.ToolCallScenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses that follow others (responses-api 3.1 and 6.4). */
@ExtendWith(OnStage.class)
class ChainedResponsesTest {

    private final Stage stage;

    ChainedResponsesTest(Stage stage) {
        this.stage = stage;
    }

    /** What came before is said to the model again, but for its instructions; a line may fork anywhere. */
    @Test
    void chainWithAFork() {
        ResponseScenario.of(stage, "chain")
                .model(
                        Replies.text("One."),
                        Replies.text("Two."),
                        Replies.text("Three."),
                        Replies.text("Another two."),
                        Replies.text("Another three."))
                .creates("\"input\":\"First\",\"instructions\":\"Be brief.\"")
                .creates("\"input\":\"Second\",\"previous_response_id\":\"<resp-1>\"")
                .creates("\"input\":\"Third\",\"previous_response_id\":\"<resp-2>\"")
                .creates("\"input\":\"Other second\",\"previous_response_id\":\"<resp-1>\",\"instructions\":\"Be"
                        + " long.\"")
                .creates("\"input\":\"Other third\",\"previous_response_id\":\"<resp-4>\"")
                .gets("/v1/responses/<resp-3>/input_items")
                .gets("/v1/responses/<resp-5>/input_items?order=asc")
                .play();
    }

    @Test
    void inputItems() {
        ResponseScenario.of(stage, "input-items")
                .model(Replies.text("One."), Replies.text("Two."))
                .says("First")
                .creates("""
                    "input":[{"role":"user","content":"Second"},{"role":"user","content":"Third"}],
                    "previous_response_id":"<resp-1>"\
                    """)
                .gets("/v1/responses/<resp-2>/input_items?limit=2")
                .gets("/v1/responses/<resp-2>/input_items?limit=2&after=msg_<resp-2>i00")
                .gets("/v1/responses/<resp-2>/input_items?limit=2&order=asc")
                .gets("/v1/responses/<resp-2>/input_items?limit=2&order=asc&after=msg_<resp-1>o00n00")
                .gets("/v1/responses/<resp-2>/input_items?after=msg_<resp-1>i00")
                .gets("/v1/responses/<resp-2>/input_items?after=msg_nope")
                .play();
    }

    /** Clients refer to what they had instead of sending it again. */
    @Test
    void references() {
        ResponseScenario.of(stage, "item-references")
                .model(Replies.text("One."), Replies.text("Two."))
                .says("First")
                .creates("""
                    "input":[{"type":"item_reference","id":"msg_<resp-1>i00"},{"id":"msg_<resp-1>o00n00"},
                      {"role":"user","content":"Second"}]\
                    """)
                .creates("\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_nope\"}]")
                .gets("/v1/responses/<resp-2>/input_items")
                .play();
    }

    @Test
    void deleted() {
        ResponseScenario.of(stage, "deleted")
                .model(Replies.text("One."), Replies.text("Two."), Replies.text("Three."))
                .says("First")
                .creates("\"input\":\"Second\",\"previous_response_id\":\"<resp-1>\"")
                .deletes("/v1/responses/<resp-1>")
                .gets("/v1/responses/<resp-1>")
                .deletes("/v1/responses/<resp-1>")
                .creates("\"input\":\"Again\",\"previous_response_id\":\"<resp-1>\"")
                .gets("/v1/responses/<resp-2>/input_items")
                .creates("\"input\":\"Third\",\"previous_response_id\":\"<resp-2>\"")
                .play();
    }

    /** Afterwards nobody knows it. */
    @Test
    void notStored() {
        ResponseScenario.of(stage, "not-stored")
                .model(Replies.text("One."))
                .creates("\"input\":\"First\",\"store\":false,\"metadata\":{\"a\":\"b\"}")
                .gets("/v1/responses/<resp-1>/input_items")
                .gets("/v1/responses/<resp-1>?stream=true")
                .deletes("/v1/responses/<resp-1>")
                .posts("/v1/responses/<resp-1>/cancel", "")
                .creates("\"input\":\"Second\",\"previous_response_id\":\"<resp-1>\"")
                .creates("\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_<resp-1>o00n00\"}]")
                .play();
    }

    /** The events of what was not asked for in the background are made of what is stored. */
    @Test
    void toldAgain() {
        ResponseScenario.of(stage, "told-again")
                .model(TextScenario.REASONING.reply(), ToolCallScenario.TEXT_BEFORE.reply())
                .says("Hi")
                .creates("\"input\":\"Weather?\"," + CallResponsesTest.TOOLS)
                .gets("/v1/responses/<resp-1>?stream=true&include_obfuscation=false")
                .gets("/v1/responses/<resp-2>?stream=true")
                .gets("/v1/responses/<resp-2>?stream=true&starting_after=9")
                .gets("/v1/responses/<resp-2>?stream=true&starting_after=1000")
                .posts("/v1/responses/<resp-1>/cancel", "")
                .play();
    }
}
