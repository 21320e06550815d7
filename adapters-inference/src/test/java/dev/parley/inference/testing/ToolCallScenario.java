package dev.parley.inference.testing;

import static dev.parley.inference.testing.Engine.LLAMA_CPP;
import static dev.parley.inference.testing.Engine.OLLAMA;
import static dev.parley.inference.testing.Engine.OPENAI;
import static dev.parley.inference.testing.Engine.VLLM;

/**
 * Tool calls in every form that engines give them.
 *
 * <p>Unless the case is about something else, the one call is {@code get_weather} with <code>{"city":"Paris"}</code>, and
 * a second one is {@code get_time} with <code>{"zone":"CET"}</code>.
 */
public enum ToolCallScenario implements UpstreamScenario {
    OPENAI_CALL(calling(Reply.stream(OPENAI)
            .opening()
            .toolCall(0, "call_a", "get_weather", "")
            .toolArguments(0, "{\"")
            .toolArguments(0, "city")
            .toolArguments(0, "\":\"")
            .toolArguments(0, "Paris")
            .toolArguments(0, "\"}"))),

    /** vLLM opens the call with a name and no arguments. */
    VLLM_CALL(calling(Reply.stream(VLLM)
            .opening()
            .toolCalls(new ToolCallDelta().id("chatcmpl-tool-a").index(0).name("get_weather"))
            .toolArguments(0, "{\"city\":\"")
            .toolArguments(0, "Paris")
            .toolArguments(0, "\"}"))),

    /** Ollama gives a call whole. */
    OLLAMA_CALL(
            calling(Reply.stream(OLLAMA).delta(ollamaCall("call_a", "get_weather", "{\\\"city\\\":\\\"Paris\\\"}")))),

    LLAMA_CPP_CALL(calling(Reply.stream(LLAMA_CPP)
            .opening()
            .toolCall(0, "SKUdxLTPmJBEwsIbOS9eWNkGKEdVYQ0f", "get_weather", "{\"")
            .toolArguments(0, "city\":")
            .toolArguments(0, "\"Paris\"}"))),

    /** The finish stands in the chunk of the call. */
    FINISH_BESIDE_CALL(Reply.stream(OLLAMA)
            .delta(ollamaCall("call_a", "get_weather", "{\\\"city\\\":\\\"Paris\\\"}"), "\"tool_calls\"")
            .usage(12, 9)
            .done()
            .end()),

    /** vLLM says stop when the request named the tool. */
    FINISH_STOP(Reply.stream(VLLM)
            .opening()
            .toolCall(0, "chatcmpl-tool-a", "get_weather", "{\"city\":")
            .toolArguments(0, "\"Paris\"}")
            .finish("stop")
            .usage(12, 9)
            .done()
            .end()),

    /** The name of the finish before there were tools. */
    FINISH_FUNCTION_CALL(Reply.stream(OPENAI)
            .opening()
            .toolCall(0, "call_a", "get_weather", "{\"city\":\"Paris\"}")
            .finish("function_call")
            .usage(12, 9)
            .done()
            .end()),

    TEXT_BEFORE(calling(Reply.stream(OPENAI)
            .opening()
            .text("Let me ", "look.")
            .toolCall(0, "call_a", "get_weather", "")
            .toolArguments(0, "{\"city\":\"Paris\"}"))),

    /** Line breaks that the parser of the calls left over, before and after. */
    WHITESPACE_AROUND(calling(Reply.stream(VLLM)
            .opening()
            .text("\n\n")
            .toolCall(0, "chatcmpl-tool-a", "get_weather", "{\"city\":\"Paris\"}")
            .text("\n"))),

    REASONING_BEFORE(calling(Reply.stream(VLLM)
            .opening()
            .reasoning("reasoning", "The weather, then.")
            .text("\n\n")
            .toolCall(0, "chatcmpl-tool-a", "get_weather", "{\"city\":\"Paris\"}"))),

    PARALLEL(calling(Reply.stream(OPENAI)
            .opening()
            .toolCall(0, "call_a", "get_weather", "")
            .toolArguments(0, "{\"city\":")
            .toolArguments(0, "\"Paris\"}")
            .toolCall(1, "call_b", "get_time", "")
            .toolArguments(1, "{\"zone\":")
            .toolArguments(1, "\"CET\"}"))),

    PARALLEL_INTERLEAVED(calling(Reply.stream(OPENAI)
            .opening()
            .toolCall(0, "call_a", "get_weather", "")
            .toolCall(1, "call_b", "get_time", "")
            .toolArguments(1, "{\"zone\":")
            .toolArguments(0, "{\"city\":")
            .toolArguments(1, "\"CET\"}")
            .toolArguments(0, "\"Paris\"}"))),

    PARALLEL_IN_ONE_CHUNK(calling(Reply.stream(VLLM)
            .opening()
            .toolCalls(
                    new ToolCallDelta()
                            .id("chatcmpl-tool-a")
                            .index(0)
                            .name("get_weather")
                            .arguments("{\"city\":\"Paris\"}"),
                    new ToolCallDelta()
                            .id("chatcmpl-tool-b")
                            .index(1)
                            .name("get_time")
                            .arguments("{\"zone\":\"CET\"}")))),

    /** Ollama: every call is number 0, and the ids differ. */
    PARALLEL_ALL_INDEX_ZERO(calling(Reply.stream(OLLAMA)
            .delta(ollamaCall("call_a", "get_weather", "{\\\"city\\\":\\\"Paris\\\"}"))
            .delta(ollamaCall("call_b", "get_time", "{\\\"zone\\\":\\\"CET\\\"}")))),

    /** The same call twice, number 0 both times: two calls, since the ids differ. */
    PARALLEL_SAME_TOOL_INDEX_ZERO(calling(Reply.stream(OLLAMA)
            .delta(ollamaCall("call_a", "get_weather", "{\\\"city\\\":\\\"Paris\\\"}"))
            .delta(ollamaCall("call_b", "get_weather", "{\\\"city\\\":\\\"Paris\\\"}")))),

    /** Bridges to other APIs give whole calls without a number. */
    INDEX_MISSING(calling(Reply.stream(OPENAI)
            .toolCalls(new ToolCallDelta().id("call_a").name("get_weather").arguments("{\"city\":\"Paris\"}"))
            .toolCalls(new ToolCallDelta().id("call_b").name("get_time").arguments("{\"zone\":\"CET\"}")))),

    INDEX_MISSING_FRAGMENTS(calling(Reply.stream(OPENAI)
            .toolCalls(new ToolCallDelta().id("call_a").name("get_weather").arguments("{\"city\":"))
            .toolCalls(new ToolCallDelta().arguments("\"Paris\"}"))
            .toolCalls(new ToolCallDelta().id("call_b").name("get_time").arguments("{\"zone\":"))
            .toolCalls(new ToolCallDelta().arguments("\"CET\"}")))),

    INDEX_FROM_ONE(calling(Reply.stream(OPENAI)
            .opening()
            .toolCall(1, "call_a", "get_weather", "{\"city\":\"Paris\"}")
            .toolCall(2, "call_b", "get_time", "{\"zone\":\"CET\"}"))),

    ID_MISSING(calling(Reply.stream(VLLM)
            .opening()
            .toolCalls(new ToolCallDelta().index(0).name("get_weather").arguments("{\"city\":"))
            .toolArguments(0, "\"Paris\"}"))),

    ID_EMPTY(calling(Reply.stream(VLLM).opening().toolCall(0, "", "get_weather", "{\"city\":\"Paris\"}"))),

    ID_REPEATED(calling(Reply.stream(VLLM)
            .opening()
            .toolCall(0, "call_a", "get_weather", "{\"city\":")
            .toolCalls(new ToolCallDelta().index(0).id("call_a").arguments("\"Paris\"}")))),

    /** Some vLLM parsers mint a new id for every fragment; the number stays and no name comes with it. */
    ID_CHANGES(calling(Reply.stream(VLLM)
            .opening()
            .toolCall(0, "functions.get_weather:0", "get_weather", "")
            .toolCalls(new ToolCallDelta().index(0).id("chatcmpl-tool-a").arguments("{\"city\":"))
            .toolCalls(new ToolCallDelta().index(0).id("chatcmpl-tool-b").arguments("\"Paris\"}")))),

    NAME_REPEATED(calling(Reply.stream(OPENAI)
            .opening()
            .toolCalls(new ToolCallDelta()
                    .index(0)
                    .id("call_a")
                    .name("get_weather")
                    .arguments("{\"city\":"))
            .toolCalls(new ToolCallDelta().index(0).name("get_weather").arguments("\"Paris\"}")))),

    NAME_SPLIT(calling(Reply.stream(OPENAI)
            .opening()
            .toolCalls(new ToolCallDelta().index(0).id("call_a").name("get_"))
            .toolCalls(new ToolCallDelta().index(0).name("weather"))
            .toolArguments(0, "{\"city\":\"Paris\"}"))),

    /** Granite on watsonx: an empty name beside each fragment. */
    NAME_EMPTY_LATER(calling(Reply.stream(VLLM)
            .opening()
            .toolCall(0, "chatcmpl-tool-a", "get_weather", "")
            .toolCalls(new ToolCallDelta().index(0).name("").arguments("{\"city\":\"Paris\"}")))),

    ARGUMENTS_BEFORE_NAME(calling(Reply.stream(OPENAI)
            .opening()
            .toolCalls(new ToolCallDelta().index(0).id("call_a").arguments("{\"city\":"))
            .toolCalls(new ToolCallDelta().index(0).name("get_weather"))
            .toolArguments(0, "\"Paris\"}"))),

    /** An object where its text should be. */
    ARGUMENTS_OBJECT(calling(Reply.stream(OLLAMA)
            .toolCalls(new ToolCallDelta()
                    .id("call_a")
                    .index(0)
                    .name("get_weather")
                    .rawArguments("{\"city\": \"Paris\", \"days\": 1.10}")))),

    ARGUMENTS_WHOLE(
            calling(Reply.stream(VLLM).opening().toolCall(0, "call_a", "get_weather", "{\"city\": \"Paris\"}"))),

    /** Calls without arguments, said in four ways. */
    ARGUMENTS_EMPTY(calling(Reply.stream(OPENAI).opening().toolCall(0, "call_a", "get_weather", ""))),

    ARGUMENTS_NULL(calling(Reply.stream(VLLM)
            .opening()
            .toolCalls(new ToolCallDelta()
                    .index(0)
                    .id("call_a")
                    .name("get_weather")
                    .rawArguments("null")))),

    ARGUMENTS_ABSENT(calling(Reply.stream(VLLM)
            .opening()
            .toolCalls(new ToolCallDelta().index(0).id("call_a").name("get_weather")))),

    ARGUMENTS_EMPTY_OBJECT(calling(Reply.stream(VLLM).opening().toolCall(0, "call_a", "get_weather", "{}"))),

    /** The model wrote no JSON; its text is kept. */
    ARGUMENTS_MALFORMED(
            calling(Reply.stream(VLLM).opening().toolCall(0, "call_a", "get_weather", "{\"city\": Paris}"))),

    /** Out of tokens inside the arguments. */
    ARGUMENTS_CUT_BY_LENGTH(Reply.stream(OPENAI)
            .opening()
            .toolCall(0, "call_a", "get_weather", "")
            .toolArguments(0, "{\"city\":\"Par")
            .finish("length")
            .usage(12, 4)
            .done()
            .end());

    @SuppressWarnings("Immutable") // a Reply never changes, though its ByteBuffers cannot prove it
    private final Reply reply;

    ToolCallScenario(Reply reply) {
        this.reply = reply;
    }

    @Override
    public Reply reply() {
        return reply;
    }

    private static Reply calling(ReplyScript script) {
        return script.finish("tool_calls").usage(12, 9).done().end();
    }

    private static String ollamaCall(String id, String name, String escapedArguments) {
        return """
            {"role":"assistant","content":"","tool_calls":[{"id":"%s","index":0,"type":"function",\
            "function":{"name":"%s","arguments":"%s"}}]}\
            """.formatted(id, name, escapedArguments);
    }
}
