package dev.parley.inference.testing;

import static dev.parley.inference.testing.Engine.LLAMA_CPP;
import static dev.parley.inference.testing.Engine.OLLAMA;
import static dev.parley.inference.testing.Engine.OPENAI;
import static dev.parley.inference.testing.Engine.VLLM;

/** The text "Grüße 🦜" in every way that a stream of events can be cut up, ended and adorned. */
public enum FramingScenario implements UpstreamScenario {
    ALL_IN_ONE_WRITE(plain(OPENAI).joined()),

    BYTE_BY_BYTE(plain(OPENAI).byteByByte()),

    /** The cut falls between the two bytes of "ü" and again inside the four of the parrot. */
    CUT_INSIDE_CHARACTERS(Reply.stream(OPENAI)
            .opening()
            .textCutAt("Grüße ", 3)
            .textCutAt("🦜", 2)
            .finish("stop")
            .usage(12, 2)
            .done()
            .end()),

    /** Go and many gateways escape what is not ASCII, the parrot as a surrogate pair. */
    ESCAPED(Reply.stream(OLLAMA)
            .delta("{\"role\":\"assistant\",\"content\":\"Gr\\u00fc\\u00dfe \"}")
            .delta("{\"role\":\"assistant\",\"content\":\"\\ud83e\\udd9c\"}")
            .finish("stop")
            .usage(12, 2)
            .done()
            .end()),

    CRLF(plain(VLLM).withLineEnds("\r\n")),

    CRLF_BYTE_BY_BYTE(plain(VLLM).withLineEnds("\r\n").byteByByte()),

    CR(plain(VLLM).withLineEnds("\r")),

    /** The space after the colon may be missing. */
    NO_SPACE_AFTER_COLON(Reply.stream(VLLM)
            .raw(plain(VLLM).bodyText().replace("data: ", "data:"))
            .end()),

    /** watsonx names and numbers its events. */
    EVENT_AND_ID_LINES(Reply.stream(VLLM)
            .raw(plain(VLLM).bodyText().replace("data: ", "id: 1\nevent: message\ndata: "))
            .end()),

    COMMENTS_AND_BLANK_LINES(Reply.stream(VLLM)
            .raw(plain(VLLM).bodyText().replace("data: ", ": keep-alive\n\n\n:\ndata: "))
            .end()),

    DONE_MISSING(Reply.stream(LLAMA_CPP)
            .opening()
            .text("Grüße ", "🦜")
            .finish("stop")
            .usage(12, 2)
            .end()),

    /** Newer llama.cpp sends no blank line after {@code [DONE]}. */
    DONE_WITHOUT_BLANK_LINE(Reply.stream(LLAMA_CPP)
            .opening()
            .text("Grüße ", "🦜")
            .finish("stop")
            .usage(12, 2)
            .raw("data: [DONE]\n")
            .end()),

    /** The last event with data has no line end at all. */
    LAST_LINE_UNENDED(Reply.stream(VLLM)
            .opening()
            .text("Grüße ", "🦜")
            .finish("stop")
            .raw(VLLM.usage(12, 2).strip())
            .end()),

    /** Bytes after {@code [DONE]} are nobody's. */
    MORE_AFTER_DONE(Reply.stream(VLLM)
            .opening()
            .text("Grüße ", "🦜")
            .finish("stop")
            .usage(12, 2)
            .done()
            .text("ghost")
            .done()
            .end()),

    /** A body without framing, as of a small server in Python. */
    UNTIL_CLOSE(Reply.streamUntilClose(VLLM)
            .opening()
            .text("Grüße ", "🦜")
            .finish("stop")
            .usage(12, 2)
            .done()
            .end()),

    /** The server closes afterwards without having said so: the next request finds a stale connection. */
    CLOSED_WHILE_IDLE(Reply.stream(VLLM)
            .opening()
            .text("Grüße ", "🦜")
            .finish("stop")
            .usage(12, 2)
            .done()
            .endThenClose());

    @SuppressWarnings("Immutable") // a Reply never changes, though its ByteBuffers cannot prove it
    private final Reply reply;

    FramingScenario(Reply reply) {
        this.reply = reply;
    }

    @Override
    public Reply reply() {
        return reply;
    }

    private static Reply plain(Engine engine) {
        return Reply.stream(engine)
                .opening()
                .text("Grüße ", "🦜")
                .finish("stop")
                .usage(12, 2)
                .done()
                .end();
    }
}
