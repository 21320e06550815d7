package dev.parley.inference.testing;

/**
 * How an engine writes its chunks, byte for byte: which members stand around a delta, in which order, and what it says
 * first and last.
 *
 * <p>Taken from recorded streams of each engine. Ids and times are fixed so that a transcript stays the same.
 */
public enum Engine {
    OPENAI(
            "text/event-stream; charset=utf-8",
            new Deltas("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "{\"content\":<text>}", "{}"),
            EngineTemplates.OPENAI_CHUNK,
            EngineTemplates.OPENAI_USAGE),
    VLLM(
            "text/event-stream; charset=utf-8",
            new Deltas("{\"role\":\"assistant\",\"content\":\"\"}", "{\"content\":<text>}", "{\"content\":\"\"}"),
            EngineTemplates.VLLM_CHUNK,
            EngineTemplates.VLLM_USAGE),
    OLLAMA("text/event-stream", Deltas.WITH_ROLE, EngineTemplates.OLLAMA_CHUNK, EngineTemplates.OLLAMA_USAGE),
    LLAMA_CPP(
            "text/event-stream",
            new Deltas("{\"role\":\"assistant\",\"content\":null}", "{\"content\":<text>}", "{}"),
            EngineTemplates.LLAMA_CPP_CHUNK,
            EngineTemplates.LLAMA_CPP_USAGE),
    OPENROUTER(
            "text/event-stream", Deltas.WITH_ROLE, EngineTemplates.OPENROUTER_CHUNK, EngineTemplates.OPENROUTER_USAGE);

    /** What an engine says first (perhaps nothing), for a piece of text, and last. */
    private record Deltas(String opening, String text, String closing) {

        /** Of the engines that name the role in every chunk and so need no opening. */
        static final Deltas WITH_ROLE = new Deltas(
                "", "{\"role\":\"assistant\",\"content\":<text>}", "{\"role\":\"assistant\",\"content\":\"\"}");
    }

    static final String DONE = "data: [DONE]\n\n";

    private final String contentType;

    @SuppressWarnings("Immutable") // a record of strings
    private final Deltas deltas;

    private final String chunk;
    private final String usageChunk;

    Engine(String contentType, Deltas deltas, String chunk, String usageChunk) {
        this.contentType = contentType;
        this.deltas = deltas;
        this.chunk = chunk;
        this.usageChunk = usageChunk;
    }

    String contentType() {
        return contentType;
    }

    /** The event before the first token; empty for the engines that send none. */
    String opening() {
        return deltas.opening().isEmpty() ? "" : delta(deltas.opening());
    }

    String text(String text) {
        return delta(deltas.text().replace("<text>", Json.quote(text)));
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
        return delta(deltas.closing(), Json.quote(reason));
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
