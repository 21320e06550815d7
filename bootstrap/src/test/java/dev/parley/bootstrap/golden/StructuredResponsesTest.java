package dev.parley.bootstrap.golden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses in the form that the client asked for (responses-api 5.1 and 5.2). */
@ExtendWith(OnStage.class)
class StructuredResponsesTest {

    private static final String STRICT = """
        "text":{"format":{"type":"json_schema","name":"count","description":"A count","strict":true,"schema":{"type":"object",\
        "properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}}}\
        """;

    private final Stage stage;

    StructuredResponsesTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void kept() {
        ResponseScenario.of(stage, "schema-kept")
                .model(Replies.text("{\"n\":", "1}"), Replies.text("{\"n\":", "\"one\"}"))
                .creates("\"input\":\"Count\"," + STRICT)
                .creates("\"input\":\"Count as you like\"," + STRICT.replace("true", "null"))
                .play();
    }

    /** A reader hears nothing of an answer that was not kept: the model is asked once more, and both count. */
    @Test
    void keptAfterAll() {
        ResponseScenario.of(stage, "schema-repaired")
                .model(
                        Replies.text("{\"n\":", "\"one\"}"),
                        Replies.text("{\"n\":", "1}"),
                        Replies.thoughtAndText("It wants words", "One."),
                        Replies.thoughtAndText("It wants JSON", "{\"n\":1}"))
                .creates("\"input\":\"Count\"," + STRICT)
                .creates("\"input\":\"Think and count\"," + STRICT)
                .play();
    }

    /** What was promised is checked: an answer in another form is none. */
    @Test
    void notKept() {
        ResponseScenario.of(stage, "schema-broken")
                .model(
                        Replies.text("{\"n\":", "\"one\"}"),
                        Replies.text("{\"n\":", "\"two\"}"),
                        Replies.text("{\"n\":true}"),
                        Replies.text("One."))
                .creates("\"input\":\"Count\"," + STRICT)
                .creates("\"input\":\"Count, or not\"," + STRICT)
                .play();
    }

    /** An engine that enforces the schema is believed, and looked after: what it says is told as it comes. */
    @Test
    void enforced() {
        ResponseScenario.of(stage, "schema-enforced", Stage.ENFORCING_MODEL)
                .model(Replies.text("{\"n\":", "1}"), Replies.text("{\"n\":", "\"one\"}"))
                .creates("\"input\":\"Count\"," + STRICT)
                .creates("\"input\":\"Count, or not\"," + STRICT)
                .play();
    }

    @Test
    void anyObject() {
        ResponseScenario.of(stage, "json-object")
                .model(Replies.text("{\"n\":", "1}"))
                .creates("\"input\":\"Count in JSON\",\"text\":{\"format\":{\"type\":\"json_object\"}}")
                .play();
    }
}
