package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.TextScenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Responses in which a model just answers, whatever its engine wraps the answer in. */
@ExtendWith(OnStage.class)
class PlainResponsesTest {

    private final Stage stage;

    PlainResponsesTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void plain() {
        ResponseScenario.of(stage, "plain")
                .model(Replies.text("Hel", "lo – ", "grüß dich 👋\n"))
                .creates("\"input\":\"Hi \\\"you\\\"\",\"instructions\":\"Be brief.\"")
                .play();
    }

    /** All that engines and the proxies before them send and that says nothing. */
    @Test
    void idleChunks() {
        ResponseScenario.of(stage, "idle-chunks")
                .model(Reply.stream(Engine.VLLM)
                        .comment("OPENROUTER PROCESSING")
                        .events("""
                            {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[]}\
                            """)
                        .delta("{\"role\":\"assistant\"}")
                        .delta("{\"role\":\"assistant\",\"content\":\"\"}")
                        .delta("{}")
                        .text("Hel")
                        .comment("OPENROUTER PROCESSING")
                        .delta("{\"content\":null,\"reasoning_content\":null,\"tool_calls\":[]}")
                        .text("", "lo")
                        .finish("stop")
                        .usage(12, 2)
                        .end())
                .says("Hi")
                .play();
    }

    /** Counted in every chunk, beside the finish, and not at all. */
    @Test
    void usage() {
        ResponseScenario.of(stage, "usage")
                .model(
                        TextScenario.USAGE_IN_EACH_CHUNK.reply(),
                        TextScenario.USAGE_WITH_FINISH.reply(),
                        TextScenario.USAGE_ABSENT.reply())
                .says("Count always")
                .says("Count at the end")
                .says("Do not count")
                .play();
    }

    @Test
    void nothingToSay() {
        ResponseScenario.of(stage, "nothing-to-say")
                .model(TextScenario.NO_TEXT.reply(), TextScenario.FINISH_NULL.reply())
                .says("Say nothing")
                .says("Do not say that it is the end")
                .play();
    }

    /** What the client wishes for goes on to the provider, and comes back as it was understood. */
    @Test
    void settings() {
        ResponseScenario.of(stage, "settings")
                .model(Replies.text("Hello"))
                .creates("""
                    "input":[{"role":"user","content":"Hi"}],"instructions":null,"temperature":0.7,"top_p":0.9,
                    "presence_penalty":0.5,"frequency_penalty":-0.5,"max_output_tokens":64,"max_tool_calls":3,
                    "parallel_tool_calls":false,"text":{"verbosity":"low"},"user":"u-1","safety_identifier":"s-1",
                    "prompt_cache_key":"k-1","prompt_cache_retention":"24h","service_tier":"flex","truncation":"auto",
                    "metadata":{"b":"2","a":"1 \\"one\\""},"client_metadata":{"x":1},"stream_options":{"include_obfuscation":false}\
                    """)
                .play();
    }

    /** Every form of a message, and what becomes of it. */
    @Test
    void messages() {
        ResponseScenario.of(stage, "messages")
                .model(Replies.text("A cat."))
                .creates("""
                    "instructions":"Be brief.","input":[
                      {"role":"developer","content":"Speak plainly."},
                      {"type":"message","role":"system","content":[{"type":"input_text","text":"Be kind."}]},
                      {"type":"message","id":"msg_mine","status":"completed","role":"user","content":[
                        {"type":"input_text","text":"Look:"},{"type":"input_text","text":"what is this?"}]},
                      {"role":"assistant","content":"I can not see it."},
                      {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Show me."}]},
                      {"role":"user","content":[{"type":"input_text","text":"Here."},
                        {"type":"input_image","image_url":"https://example.org/cat.png","detail":"low"}]}]\
                    """)
                .gets("/v1/responses/<resp-1>/input_items?order=asc")
                .gets("/v1/responses/<resp-1>/input_items?order=asc&include=message.input_image.image_url")
                .play();
    }

    @Test
    void logprobs() {
        String scored = """
            [{"token":"Hel","logprob":-0.25,"bytes":[72,101,108],"top_logprobs":[\
            {"token":"Hel","logprob":-0.25,"bytes":[72,101,108]},{"token":"Yes","logprob":-1.5,"bytes":[89,101,115]}]}]\
            """;
        Reply reply = Reply.stream()
                .opening()
                .scoredText("Hel", scored)
                .scoredText("lo", "[{\"token\":\"lo\",\"logprob\":-0.5,\"bytes\":[108,111],\"top_logprobs\":[]}]")
                .finish("stop")
                .usage(12, 2)
                .done()
                .end();
        ResponseScenario.of(stage, "logprobs")
                .model(reply, reply)
                .creates("\"input\":\"Hi\",\"top_logprobs\":2,\"include\":[\"message.output_text.logprobs\"]")
                .creates("\"input\":\"Hi\",\"top_logprobs\":2")
                .gets("/v1/responses/<resp-1>")
                .gets("/v1/responses/<resp-2>?include[]=message.output_text.logprobs")
                .play();
    }
}
