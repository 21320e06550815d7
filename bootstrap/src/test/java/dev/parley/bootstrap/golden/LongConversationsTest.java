package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.inference.testing.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Conversations that are too long for their model, or as long as their client wants them: what is left out, and what stands for it. */
@ExtendWith(OnStage.class)
class LongConversationsTest {

    /** A conversation with a call in it, of which the oldest can be left out. */
    private static final String LONG = """
        "instructions":"Be brief.","input":[\
        {"role":"user","content":"Weigh the apple"},\
        {"type":"function_call","call_id":"call_a","name":"weigh","arguments":"{}"},\
        {"type":"function_call_output","call_id":"call_a","output":"140 g"},\
        {"role":"assistant","content":"140 g"},\
        {"role":"user","content":"And the pear?"},\
        {"role":"assistant","content":"Which pear?"},\
        {"role":"user","content":"Never mind"}]\
        """;

    private static final Reply VLLM = Reply.json(
            400,
            "{\"object\":\"error\",\"message\":\"This model's maximum context length is 4096 tokens. However, you"
                    + " requested 5000 tokens. Please reduce the length of the"
                    + " messages.\",\"type\":\"BadRequestError\",\"code\":400}");
    private static final Reply LLAMA_CPP = Reply.json(
            400,
            "{\"error\":{\"code\":400,\"message\":\"the request exceeds the available context size. try increasing the"
                    + " context size or enable context shift\",\"type\":\"exceed_context_size_error\"}}");
    private static final Reply ANTHROPIC = Reply.json(
            400, "{\"error\":{\"message\":\"prompt is too long: 210000 tokens > 200000 maximum\",\"type\":null}}");
    private static final Reply OPENAI = Reply.json(
            400,
            "{\"error\":{\"message\":\"Your input exceeds the limit of this"
                    + " model.\",\"type\":\"invalid_request_error\","
                    + "\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}");
    private static final Reply IN_THE_STREAM = Reply.stream()
            .opening()
            .events("{\"error\":{\"message\":\"the request exceeds the available context size\",\"code\":400}}")
            .end();

    private final Stage stage;

    LongConversationsTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void theOldestIsLeftOutUntilItFits() {
        ResponseScenario.of(stage, "truncation-auto")
                .model(VLLM, LLAMA_CPP, Replies.text("Fine."))
                .creates(LONG + ",\"truncation\":\"auto\"")
                .play();
    }

    /** Some say so only when they have begun to answer. */
    @Test
    void theOldestIsLeftOutThoughTheStreamHadBegun() {
        ResponseScenario.of(stage, "truncation-auto-in-the-stream")
                .model(IN_THE_STREAM, Replies.text("Fine."))
                .creates(LONG + ",\"truncation\":\"auto\"")
                .play();
    }

    @Test
    void whatWasSaidLastIsNeverLeftOut() {
        ResponseScenario.of(stage, "truncation-auto-of-nothing")
                .model(ANTHROPIC)
                .creates("\"input\":\"A very long word\",\"truncation\":\"auto\"")
                .play();
    }

    @Test
    void nothingIsLeftOutOfItself() {
        ResponseScenario.of(stage, "truncation-disabled")
                .model(OPENAI, VLLM)
                .creates(LONG + ",\"truncation\":\"disabled\"")
                .creates("\"input\":\"A very long word\"")
                .play();
    }

    @Test
    void nothingIsLeftOutOfItselfThoughTheStreamHadBegun() {
        ResponseScenario.of(stage, "truncation-disabled-in-the-stream")
                .model(IN_THE_STREAM)
                .creates(LONG)
                .play();
    }

    @Test
    void aLongConversationIsCompactedBehindItsAnswer() {
        ResponseScenario.of(stage, "compact-threshold")
                .model(said("One", 900, 200), said("The user said 1.", 1_100, 8), said("Two", 40, 2))
                .creates(
                        "\"instructions\":\"Count.\",\"input\":\"1\",\"context_management\":[{\"type\":\"compaction\",\"compact_threshold\":1000}]")
                .creates("\"instructions\":\"Count on.\",\"input\":\"2\",\"previous_response_id\":\"<resp-1>\"")
                .play();
    }

    /** A call that waits for its answer is not put into words; what comes after the summary keeps its calls. */
    @Test
    void callsAndAnswersStayTogether() {
        String tools =
                ",\"tools\":[{\"type\":\"function\",\"name\":\"weigh\"}],\"context_management\":[{\"type\":\"compaction\",\"compact_threshold\":1000}]";
        ResponseScenario.of(stage, "compact-threshold-with-calls")
                .model(
                        Reply.stream()
                                .opening()
                                .toolCall(0, "call_a", "weigh", "{}")
                                .finish("tool_calls")
                                .usage(1_200, 9)
                                .done()
                                .end(),
                        said("140 g", 1_300, 4),
                        said("The apple has 140 g.", 1_310, 8),
                        Replies.call("call_b", "weigh", "{}"),
                        said("150 g", 60, 4))
                .creates("\"input\":\"Weigh the apple\"" + tools)
                .creates("\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"call_a\",\"output\":\"140"
                        + " g\"}],\"previous_response_id\":\"<resp-1>\""
                        + tools)
                .creates("\"input\":\"And the pear\",\"previous_response_id\":\"<resp-2>\"" + tools)
                .creates("\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"call_b\",\"output\":\"150"
                        + " g\"}],\"previous_response_id\":\"<resp-3>\""
                        + tools)
                .play();
    }

    @Test
    void aTriggerCompactsNowAndDoesNothingElse() {
        ResponseScenario.of(stage, "compaction-trigger")
                .model(Replies.text("One"), said("The user said 1 and 2.", 30, 8), Replies.text("Three"))
                .creates("\"input\":\"1\"")
                .creates(
                        "\"instructions\":\"Count.\",\"input\":[{\"role\":\"user\",\"content\":\"2\"},{\"type\":\"compaction_trigger\"}],\"previous_response_id\":\"<resp-1>\"")
                .creates("\"input\":\"3\",\"previous_response_id\":\"<resp-2>\"")
                .play();
    }

    @Test
    void aTriggerIsTheLastItem() {
        ResponseScenario.of(stage, "compaction-trigger-first")
                .creates("\"input\":[{\"type\":\"compaction_trigger\"},{\"role\":\"user\",\"content\":\"2\"}]")
                .play();
    }

    @Test
    void aTriggerThatFailsIsAFailure() {
        ResponseScenario.of(stage, "compaction-trigger-fails")
                .model(VLLM)
                .creates("\"input\":[{\"role\":\"user\",\"content\":\"2\"},{\"type\":\"compaction_trigger\"}]")
                .play();
    }

    @Test
    void whatCameOfACompactionIsTheNextInput() {
        ResponseScenario.of(stage, "compact")
                .model(Replies.text("One"), said("The user said 1 and 2.", 30, 8), Replies.text("Three"))
                .creates("\"input\":\"1\"")
                .posts("/v1/responses/compact", """
                    {"model":"compact","instructions":"Count.","input":"2","previous_response_id":"<resp-1>"}\
                    """)
                .creates("""
                    "instructions":"Count on.","input":[
                      {"id":"msg_<resp-1>i00","type":"message","role":"user","status":"completed",
                        "content":[{"type":"input_text","text":"1"}]},
                      {"id":"msg_<resp-2>i00","type":"message","role":"user","status":"completed",
                        "content":[{"type":"input_text","text":"2"}]},
                      {"id":"cmp_<resp-2>o00n00","type":"compaction","encrypted_content":"<seal-1>"},
                      {"role":"user","content":"3"}]\
                    """)
                .play();
    }

    @Test
    void inputTokens() {
        ResponseScenario.of(stage, "input-tokens")
                .model(Replies.text("One"))
                .creates("\"input\":\"1\"")
                .posts("/v1/responses/input_tokens", """
                    {"model":"input-tokens","input":"Hello there","instructions":"Be brief."}\
                    """)
                .play();
    }

    @Test
    void aTamperedSummaryIsRefused() {
        String model = "compact-tampered";
        stage.models().enqueue(model, Replies.text("They said hi."));
        String compacted = stage.http()
                .post("/v1/openai/v1/responses/compact", "{\"model\":\"%s\",\"input\":\"Hi\"}".formatted(model))
                .body();
        String seal = compacted.replaceAll(".*\"encrypted_content\":\"([^\"]+)\".*", "$1");
        String tampered = seal.substring(0, seal.length() - 6) + "AAAAAA";

        Answer answer = stage.http()
                .post(
                        "/v1/responses",
                        "{\"model\":\"%s\",\"input\":[{\"type\":\"compaction\",\"encrypted_content\":\"%s\"}]}"
                                .formatted(model, tampered));

        assertThat(seal).startsWith("s1.");
        assertThat(compacted).doesNotContain("They said hi.");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid_encrypted_content\"");
    }

    private static Reply said(String text, int promptTokens, int completionTokens) {
        return Reply.stream()
                .opening()
                .text(text)
                .finish("stop")
                .usage(promptTokens, completionTokens)
                .done()
                .end();
    }
}
