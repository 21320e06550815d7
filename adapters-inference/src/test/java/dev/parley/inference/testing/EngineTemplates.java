package dev.parley.inference.testing;

/** The chunks of each engine as they were recorded, with a name in angle brackets where they differ from each other. */
final class EngineTemplates {

    static final String OPENAI_CHUNK = """
        {"id":"chatcmpl-BVj2HaRBWSowXHlDh1PugCivZ7Zix","object":"chat.completion.chunk","created":1746900985,\
        "model":"gpt-4.1-mini-2025-04-14","service_tier":"default","system_fingerprint":"fp_79b79be41f",\
        "choices":[{"index":0,"delta":<delta>,"logprobs":null,"finish_reason":<finish>}],\
        "usage":null,"obfuscation":"yBUv8b1dlI5ORP"}\
        """;

    static final String OPENAI_USAGE = """
        {"id":"chatcmpl-BVj2HaRBWSowXHlDh1PugCivZ7Zix","object":"chat.completion.chunk","created":1746900985,\
        "model":"gpt-4.1-mini-2025-04-14","service_tier":"default","system_fingerprint":"fp_79b79be41f",\
        "choices":[],"usage":{"prompt_tokens":<prompt>,"completion_tokens":<completion>,"total_tokens":<total>,\
        "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":\
        {"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},\
        "obfuscation":"q1Zr"}\
        """;

    static final String VLLM_CHUNK = """
        {"id":"chatcmpl-d0c68c86be064112","object":"chat.completion.chunk","created":1764685941,\
        "model":"Qwen/Qwen3-8B","choices":[{"index":0,"delta":<delta>,"logprobs":null,"finish_reason":<finish>,\
        "token_ids":null}]}\
        """;

    static final String VLLM_USAGE = """
        {"id":"chatcmpl-d0c68c86be064112","object":"chat.completion.chunk","created":1764685941,\
        "model":"Qwen/Qwen3-8B","choices":[],"usage":{"prompt_tokens":<prompt>,"total_tokens":<total>,\
        "completion_tokens":<completion>}}\
        """;

    static final String OLLAMA_CHUNK = """
        {"id":"chatcmpl-774","object":"chat.completion.chunk","created":1768062791,"model":"qwen3:8b",\
        "system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":<delta>,"finish_reason":<finish>}]}\
        """;

    static final String OLLAMA_USAGE = """
        {"id":"chatcmpl-774","object":"chat.completion.chunk","created":1768062791,"model":"qwen3:8b",\
        "system_fingerprint":"fp_ollama","choices":[],"usage":{"prompt_tokens":<prompt>,\
        "completion_tokens":<completion>,"total_tokens":<total>}}\
        """;

    static final String LLAMA_CPP_CHUNK = """
        {"choices":[{"finish_reason":<finish>,"index":0,"delta":<delta>}],"created":1758777189,\
        "id":"chatcmpl-L2v2Gl6NZl443MjXX2LtUNcR6eoUYusk","model":"gpt-3.5-turbo",\
        "system_fingerprint":"b6510-703f9e32","object":"chat.completion.chunk"}\
        """;

    static final String LLAMA_CPP_USAGE = """
        {"choices":[],"created":1758777191,"id":"chatcmpl-L2v2Gl6NZl443MjXX2LtUNcR6eoUYusk",\
        "model":"gpt-3.5-turbo","system_fingerprint":"b6510-703f9e32","object":"chat.completion.chunk",\
        "usage":{"completion_tokens":<completion>,"prompt_tokens":<prompt>,"total_tokens":<total>},\
        "timings":{"cache_n":13,"prompt_n":1,"prompt_ms":17.92,"prompt_per_token_ms":17.92,\
        "prompt_per_second":55.80357142857142,"predicted_n":2,"predicted_ms":31.5,\
        "predicted_per_token_ms":15.75,"predicted_per_second":63.49206349206349}}\
        """;

    static final String OPENROUTER_CHUNK = """
        {"id":"gen-1741570500-a1b2c3","provider":"Together","model":"meta-llama/llama-3.3-70b-instruct",\
        "object":"chat.completion.chunk","created":1741570500,"choices":[{"index":0,"delta":<delta>,\
        "finish_reason":<finish>,"native_finish_reason":<finish>,"logprobs":null}]}\
        """;

    static final String OPENROUTER_USAGE = """
        {"id":"gen-1741570500-a1b2c3","provider":"Together","model":"meta-llama/llama-3.3-70b-instruct",\
        "object":"chat.completion.chunk","created":1741570500,"choices":[{"index":0,"delta":{"role":"assistant",\
        "content":""},"finish_reason":null,"native_finish_reason":null,"logprobs":null}],\
        "usage":{"prompt_tokens":<prompt>,"completion_tokens":<completion>,"total_tokens":<total>}}\
        """;

    private EngineTemplates() {}
}
