package dev.parley.inference.testing;

import static dev.parley.inference.testing.Engine.LLAMA_CPP;
import static dev.parley.inference.testing.Engine.OPENAI;
import static dev.parley.inference.testing.Engine.OPENROUTER;
import static dev.parley.inference.testing.Engine.VLLM;

/** What goes wrong after the request was accepted: errors inside the stream, broken connections, silence. */
public enum FaultScenario implements UpstreamScenario {
    OPENAI_ERROR_AFTER_TEXT(
            Reply.stream(OPENAI).opening().text("Hel").events("""
                {"error":{"message":"The server had an error while processing your request. Sorry about that!",\
                "type":"server_error","param":null,"code":null}}\
                """).end()),

    VLLM_ERROR_AFTER_TEXT(
            Reply.stream(VLLM).opening().text("Hel").events("""
                {"error": {"message": "EngineCore encountered an issue. See stack trace (above) for the root cause.", \
                "type": "InternalServerError", "param": null, "code": 500}}\
                """).done().end()),

    /** The error stands beside a choice. */
    OPENROUTER_ERROR_AFTER_TEXT(
            Reply.stream(OPENROUTER).text("Hel").events("""
                {"id":"gen-1741570500-a1b2c3","object":"chat.completion.chunk","created":1741570500,\
                "model":"meta-llama/llama-3.3-70b-instruct","provider":"Together","error":{"code":502,\
                "message":"Provider returned error","metadata":{"raw":"upstream connect error",\
                "provider_name":"Together"}},"choices":[{"index":0,"delta":{"role":"assistant","content":""},\
                "finish_reason":"error","native_finish_reason":"error"}]}\
                """).done().end()),

    /** Older llama.cpp names the field of the event "error". */
    LLAMA_CPP_ERROR_AFTER_TEXT(Reply.stream(LLAMA_CPP)
            .opening()
            .text("Hel")
            .raw("error: {\"code\":500,\"message\":\"Failed to parse input at pos 0\",\"type\":\"server_error\"}\n\n")
            .end()),

    /** Accepted, and overflowing the context before the first token. */
    ERROR_FIRST(Reply.stream(VLLM).events("""
        {"error": {"message": "This model's maximum context length is 4096 tokens. However, you requested \
        5210 tokens.", "type": "BadRequestError", "param": null, "code": 400}}\
        """).done().end()),

    /** vLLM when its engine drops a request. */
    FINISH_ABORT(Reply.stream(VLLM).opening().text("Hel").finish("abort").done().end()),

    FINISH_ERROR(Reply.stream(OPENROUTER).text("Hel").finish("error").done().end()),

    EMPTY_STREAM(Reply.stream(VLLM).end()),

    ONLY_DONE(Reply.stream(VLLM).done().end()),

    NOT_JSON(Reply.stream(VLLM)
            .opening()
            .text("Hel")
            .events("{\"choices\":[{\"index\":0,\"delta\":{\"content\":")
            .text("lo")
            .end()),

    /** JSON, and not a chunk. */
    NOT_AN_OBJECT(
            Reply.stream(VLLM).opening().text("Hel").events("[1,2]").text("lo").end()),

    CLOSED_BEFORE_HEAD(Reply.unsent(VLLM).closeAbruptly()),

    RESET_BEFORE_HEAD(Reply.unsent(VLLM).reset()),

    CLOSED_AFTER_HEAD(Reply.stream(VLLM).closeAbruptly()),

    CLOSED_AFTER_OPENING(Reply.stream(VLLM).opening().closeAbruptly()),

    CLOSED_IN_TEXT(Reply.stream(VLLM).opening().text("Hel").closeAbruptly()),

    RESET_IN_TEXT(Reply.stream(VLLM).opening().text("Hel").reset()),

    CLOSED_INSIDE_EVENT(Reply.stream(VLLM)
            .opening()
            .text("Hel")
            .raw("data: {\"id\":\"chatcmpl-d0c68c86be064112\",\"obj")
            .closeAbruptly()),

    /** The call was begun, and its arguments are not whole. */
    CLOSED_IN_CALL(Reply.stream(VLLM)
            .opening()
            .toolCall(0, "chatcmpl-tool-a", "get_weather", "{\"city\":")
            .closeAbruptly()),

    /** Everything was said; only the end of the body is missing. */
    CLOSED_AFTER_DONE(Reply.stream(VLLM)
            .opening()
            .text("Hel", "lo")
            .finish("stop")
            .usage(12, 2)
            .done()
            .closeAbruptly()),

    /** The body of an error is shorter than its length says. */
    CLOSED_IN_ERROR_BODY(Reply.unsent(VLLM)
            .head(500, "Content-Type", "application/json", "Content-Length", "200")
            .raw("{\"error\":{\"mess")
            .closeAbruptly()),

    STALLED_BEFORE_HEAD(Reply.unsent(VLLM).stall()),

    STALLED_AFTER_HEAD(Reply.stream(VLLM).stall()),

    STALLED_AFTER_OPENING(Reply.stream(VLLM).opening().stall()),

    STALLED_IN_TEXT(Reply.stream(VLLM).opening().text("Hel").stall()),

    STALLED_INSIDE_EVENT(Reply.stream(VLLM)
            .opening()
            .text("Hel")
            .raw("data: {\"id\":\"chatc")
            .stall());

    @SuppressWarnings("Immutable") // a Reply never changes, though its ByteBuffers cannot prove it
    private final Reply reply;

    FaultScenario(Reply reply) {
        this.reply = reply;
    }

    @Override
    public Reply reply() {
        return reply;
    }
}
