package dev.parley.inference.testing;

import static dev.parley.inference.testing.Engine.LLAMA_CPP;
import static dev.parley.inference.testing.Engine.OLLAMA;
import static dev.parley.inference.testing.Engine.OPENAI;
import static dev.parley.inference.testing.Engine.OPENROUTER;
import static dev.parley.inference.testing.Engine.VLLM;

/** Answers in text and reasoning, and how they stop and are counted. */
public enum TextScenario implements UpstreamScenario {
    /** "Hello" in two pieces from each engine, 12 tokens in and 2 out. */
    OPENAI_TEXT(text(OPENAI)),
    VLLM_TEXT(text(VLLM)),
    OLLAMA_TEXT(text(OLLAMA)),
    LLAMA_CPP_TEXT(text(LLAMA_CPP)),

    /** Comments keep the connection warm; the usage chunk has a choice. */
    OPENROUTER_TEXT(Reply.stream(OPENROUTER)
            .comment("OPENROUTER PROCESSING")
            .comment("OPENROUTER PROCESSING")
            .text("Hel", "lo")
            .comment("OPENROUTER PROCESSING")
            .finish("stop")
            .usage(12, 2)
            .done()
            .end()),

    /** Deltas that say nothing: the role alone, empty content, null content. */
    EMPTY_DELTAS(Reply.stream(VLLM)
            .delta("{\"role\":\"assistant\"}")
            .delta("{\"role\":\"assistant\",\"content\":\"\"}")
            .delta("{}")
            .text("Hel")
            .delta("{\"content\":null,\"reasoning_content\":null,\"tool_calls\":[]}")
            .text("", "lo")
            .finish("stop")
            .usage(12, 2)
            .done()
            .end()),

    /** Azure opens with the verdict of its filter on the prompt, and no choice. */
    EMPTY_CHOICES_FIRST(Reply.stream(OPENAI)
            .events("""
                {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,\
                "content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]}\
                """)
            .opening()
            .text("Hel", "lo")
            .finish("stop")
            .usage(12, 2)
            .done()
            .end()),

    /** A second choice, which nobody asked for. */
    SECOND_CHOICE(Reply.stream(OPENAI)
            .opening()
            .text("Hel")
            .events("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"Other\"},\"finish_reason\":null}]}")
            .text("lo")
            .finish("stop")
            .usage(12, 2)
            .done()
            .end()),

    /** No usage at all, as from engines that do not know {@code stream_options}. */
    USAGE_ABSENT(Reply.stream(OLLAMA).text("Hel", "lo").finish("stop").done().end()),

    /** vLLM with continuous usage: each chunk counts from the beginning. */
    USAGE_IN_EACH_CHUNK(Reply.stream(VLLM)
            .events(vllmCounted("{\"role\":\"assistant\",\"content\":\"\"}", "null", 0))
            .events(vllmCounted("{\"content\":\"Hel\"}", "null", 1))
            .events(vllmCounted("{\"content\":\"lo\"}", "null", 2))
            .events(vllmCounted("{\"content\":\"\"}", "\"stop\"", 2))
            .usage(12, 2)
            .done()
            .end()),

    /** DeepSeek: usage beside the finish, cache hits under names of its own. */
    USAGE_WITH_FINISH(
            Reply.stream(OPENAI).opening().text("Hel", "lo").events("""
                {"id":"f1b2","object":"chat.completion.chunk","created":1741570500,"model":"deepseek-chat",\
                "system_fingerprint":"fp_8802369eaa","choices":[{"index":0,"delta":{"content":""},"logprobs":null,\
                "finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":2,"total_tokens":14,\
                "prompt_tokens_details":{"cached_tokens":8},"prompt_cache_hit_tokens":8,\
                "prompt_cache_miss_tokens":4}}\
                """).done().end()),

    /** Reasoning as DeepSeek, llama.cpp and older vLLM name it. */
    REASONING_CONTENT(Reply.stream(LLAMA_CPP)
            .opening()
            .reasoning("reasoning_content", "Let me ")
            .reasoning("reasoning_content", "think.")
            .text("Hel", "lo")
            .finish("stop")
            .usage(12, 4)
            .done()
            .end()),

    /** Reasoning as newer vLLM names it. */
    REASONING(Reply.stream(VLLM)
            .opening()
            .reasoning("reasoning", "Let me ")
            .reasoning("reasoning", "think.")
            .text("Hel", "lo")
            .finish("stop")
            .usage(12, 4)
            .done()
            .end()),

    /** Ollama puts empty content beside each piece of reasoning. */
    REASONING_BESIDE_EMPTY_CONTENT(Reply.stream(OLLAMA)
            .delta("{\"role\":\"assistant\",\"content\":\"\",\"reasoning\":\"Let me \"}")
            .delta("{\"role\":\"assistant\",\"content\":\"\",\"reasoning\":\"think.\"}")
            .text("Hel", "lo")
            .finish("stop")
            .usage(12, 4)
            .done()
            .end()),

    /** OpenRouter says it twice; it must not be read twice. */
    REASONING_TWICE(Reply.stream(OPENROUTER)
            .delta(openRouterReasoning("Let me "))
            .delta(openRouterReasoning("think."))
            .text("Hel", "lo")
            .finish("stop")
            .usage(12, 4)
            .done()
            .end()),

    /** Reasoning comes back after text. */
    REASONING_BETWEEN_TEXT(Reply.stream(VLLM)
            .opening()
            .reasoning("reasoning", "First.")
            .text("Hel")
            .reasoning("reasoning", "Then.")
            .text("lo")
            .finish("stop")
            .usage(12, 4)
            .done()
            .end()),

    /** An engine without a reasoning parser leaves the model's tags in the content. */
    THINK_TAGS(Reply.stream(OLLAMA)
            .text("<think>", "\n", "Let me ", "think.", "\n", "</think>", "\n\n", "Hel", "lo")
            .finish("stop")
            .usage(12, 9)
            .done()
            .end()),

    /** The same with tags that are cut anywhere, text that only begins like a tag included. */
    THINK_TAGS_SPLIT(Reply.stream(OLLAMA)
            .text("<th", "ink>Let me ", "think", ".</", "think", ">\n\nHel", "lo, 1 <", " 2 <thin", " air")
            .finish("stop")
            .usage(12, 9)
            .done()
            .end()),

    /** The template has opened the tag already, so only its end is seen. */
    THINK_TAG_WITHOUT_START(Reply.stream(VLLM)
            .opening()
            .text("Let me ", "think.", "\n</think>\n\n", "Hel", "lo")
            .finish("stop")
            .usage(12, 5)
            .done()
            .end()),

    REFUSAL(Reply.stream(OPENAI)
            .opening()
            .refusal("I'm sorry, ")
            .refusal("I can't help with that.")
            .finish("stop")
            .usage(12, 9)
            .done()
            .end()),

    LENGTH(Reply.stream(OPENAI)
            .opening()
            .text("Hel", "lo")
            .finish("length")
            .usage(12, 2)
            .done()
            .end()),

    CONTENT_FILTER(Reply.stream(OPENAI)
            .opening()
            .text("Hel")
            .finish("content_filter")
            .usage(12, 1)
            .done()
            .end()),

    /** The stream ends after {@code [DONE]} without any reason for it. */
    FINISH_NULL(Reply.stream(VLLM).opening().text("Hel", "lo").done().end()),

    /** Nothing but a finish. */
    NO_TEXT(Reply.stream(VLLM).opening().finish("stop").usage(12, 0).done().end());

    @SuppressWarnings("Immutable") // a Reply never changes, though its ByteBuffers cannot prove it
    private final Reply reply;

    TextScenario(Reply reply) {
        this.reply = reply;
    }

    @Override
    public Reply reply() {
        return reply;
    }

    private static Reply text(Engine engine) {
        return Reply.stream(engine)
                .opening()
                .text("Hel", "lo")
                .finish("stop")
                .usage(12, 2)
                .done()
                .end();
    }

    private static String vllmCounted(String delta, String finish, int completion) {
        return """
            {"id":"chatcmpl-d0c68c86be064112","object":"chat.completion.chunk","created":1764685941,\
            "model":"Qwen/Qwen3-8B","choices":[{"index":0,"delta":%s,"logprobs":null,"finish_reason":%s,\
            "token_ids":null}],"usage":{"prompt_tokens":12,"total_tokens":%d,"completion_tokens":%d}}\
            """.formatted(delta, finish, 12 + completion, completion);
    }

    private static String openRouterReasoning(String text) {
        return """
            {"role":"assistant","content":"","reasoning":%1$s,"reasoning_details":[{"type":"reasoning.text",\
            "text":%1$s,"format":"unknown","index":0}]}\
            """.formatted(Json.quote(text));
    }
}
