package dev.parley.inference.testing;

/**
 * How an engine writes its chunks, byte for byte: which members stand around a delta, in which order, and what it says
 * first and last.
 *
 * <p>Taken from recorded streams of each engine. Ids and times are fixed so that a transcript stays the same.
 */
public enum Engine {
    OPENAI("text/event-stream; charset=utf-8", """
        {"id":"chatcmpl-BVj2HaRBWSowXHlDh1PugCivZ7Zix","object":"chat.completion.chunk","created":1746900985,\
        "model":"gpt-4.1-mini-2025-04-14","service_tier":"default","system_fingerprint":"fp_79b79be41f",\
        "choices":[{"index":0,"delta":<delta>,"logprobs":null,"finish_reason":<finish>}],\
        "usage":null,"obfuscation":"yBUv8b1dlI5ORP"}\
        """, """
            {"role":"assistant","content":"","refusal":null}\
            """, """
                    {"content":<text>}\
                    """, "{}", """
                    {"id":"chatcmpl-BVj2HaRBWSowXHlDh1PugCivZ7Zix","object":"chat.completion.chunk","created":1746900985,\
                    "model":"gpt-4.1-mini-2025-04-14","service_tier":"default","system_fingerprint":"fp_79b79be41f",\
                    "choices":[],"usage":{"prompt_tokens":<prompt>,"completion_tokens":<completion>,"total_tokens":<total>,\
                    "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":\
                    {"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},\
                    "obfuscation":"q1Zr"}\
                    """),

    VLLM("text/event-stream; charset=utf-8", """
        {"id":"chatcmpl-d0c68c86be064112","object":"chat.completion.chunk","created":1764685941,\
        "model":"Qwen/Qwen3-8B","choices":[{"index":0,"delta":<delta>,"logprobs":null,"finish_reason":<finish>,\
        "token_ids":null}]}\
        """, """
            {"role":"assistant","content":""}\
            """, """
                    {"content":<text>}\
                    """, """
                    {"content":""}\
                    """, """
                    {"id":"chatcmpl-d0c68c86be064112","object":"chat.completion.chunk","created":1764685941,\
                    "model":"Qwen/Qwen3-8B","choices":[],"usage":{"prompt_tokens":<prompt>,"total_tokens":<total>,\
                    "completion_tokens":<completion>}}\
                    """),

    OLLAMA("text/event-stream", """
        {"id":"chatcmpl-774","object":"chat.completion.chunk","created":1768062791,"model":"qwen3:8b",\
        "system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":<delta>,"finish_reason":<finish>}]}\
        """, "", """
            {"role":"assistant","content":<text>}\
            """, """
                    {"role":"assistant","content":""}\
                    """, """
                    {"id":"chatcmpl-774","object":"chat.completion.chunk","created":1768062791,"model":"qwen3:8b",\
                    "system_fingerprint":"fp_ollama","choices":[],"usage":{"prompt_tokens":<prompt>,\
                    "completion_tokens":<completion>,"total_tokens":<total>}}\
                    """),

    LLAMA_CPP("text/event-stream", """
        {"choices":[{"finish_reason":<finish>,"index":0,"delta":<delta>}],"created":1758777189,\
        "id":"chatcmpl-L2v2Gl6NZl443MjXX2LtUNcR6eoUYusk","model":"gpt-3.5-turbo",\
        "system_fingerprint":"b6510-703f9e32","object":"chat.completion.chunk"}\
        """, """
            {"role":"assistant","content":null}\
            """, """
                    {"content":<text>}\
                    """, "{}", """
                    {"choices":[],"created":1758777191,"id":"chatcmpl-L2v2Gl6NZl443MjXX2LtUNcR6eoUYusk",\
                    "model":"gpt-3.5-turbo","system_fingerprint":"b6510-703f9e32","object":"chat.completion.chunk",\
                    "usage":{"completion_tokens":<completion>,"prompt_tokens":<prompt>,"total_tokens":<total>},\
                    "timings":{"cache_n":13,"prompt_n":1,"prompt_ms":17.92,"prompt_per_token_ms":17.92,\
                    "prompt_per_second":55.80357142857142,"predicted_n":2,"predicted_ms":31.5,\
                    "predicted_per_token_ms":15.75,"predicted_per_second":63.49206349206349}}\
                    """),

    OPENROUTER("text/event-stream", """
        {"id":"gen-1741570500-a1b2c3","provider":"Together","model":"meta-llama/llama-3.3-70b-instruct",\
        "object":"chat.completion.chunk","created":1741570500,"choices":[{"index":0,"delta":<delta>,\
        "finish_reason":<finish>,"native_finish_reason":<finish>,"logprobs":null}]}\
        """, "", """
            {"role":"assistant","content":<text>}\
            """, """
                    {"role":"assistant","content":""}\
                    """, """
                    {"id":"gen-1741570500-a1b2c3","provider":"Together","model":"meta-llama/llama-3.3-70b-instruct",\
                    "object":"chat.completion.chunk","created":1741570500,"choices":[{"index":0,"delta":{"role":"assistant",\
                    "content":""},"finish_reason":null,"native_finish_reason":null,"logprobs":null}],\
                    "usage":{"prompt_tokens":<prompt>,"completion_tokens":<completion>,"total_tokens":<total>}}\
                    """);

    static final String DONE = "data: [DONE]\n\n";

    private final String contentType;
    private final String chunk;
    private final String openingDelta;
    private final String textDelta;
    private final String closingDelta;
    private final String usageChunk;

    Engine(
            String contentType,
            String chunk,
            String openingDelta,
            String textDelta,
            String closingDelta,
            String usageChunk) {
        this.contentType = contentType;
        this.chunk = chunk;
        this.openingDelta = openingDelta;
        this.textDelta = textDelta;
        this.closingDelta = closingDelta;
        this.usageChunk = usageChunk;
    }

    String contentType() {
        return contentType;
    }

    /** The event before the first token; empty for the engines that send none. */
    String opening() {
        return openingDelta.isEmpty() ? "" : delta(openingDelta);
    }

    String text(String text) {
        return delta(textDelta.replace("<text>", Json.quote(text)));
    }

    /** A chunk whose delta is the JSON given. */
    String delta(String delta) {
        return delta(delta, "null");
    }

    /** A chunk whose delta and finish_reason are the JSON given. */
    String delta(String delta, String finish) {
        return event(chunk.replace("<finish>", finish).replace("<delta>", delta));
    }

    String finish(String reason) {
        return delta(closingDelta, Json.quote(reason));
    }

    String usage(int prompt, int completion) {
        return event(usageChunk
                .replace("<prompt>", Integer.toString(prompt))
                .replace("<completion>", Integer.toString(completion))
                .replace("<total>", Integer.toString(prompt + completion)));
    }

    static String event(String data) {
        return "data: " + data + "\n\n";
    }
}
