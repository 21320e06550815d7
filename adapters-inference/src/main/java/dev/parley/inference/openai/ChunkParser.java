package dev.parley.inference.openai;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the payloads of one stream into a {@link Chunk}. Empty texts are as good as none. */
final class ChunkParser implements AutoCloseable {

    private final Tokens json = new Tokens();
    private final Chunk chunk = new Chunk();
    private final boolean scored;

    /** @param scored whether tokens and their probabilities are wanted; they are passed over if not */
    ChunkParser(boolean scored) throws IOException {
        this.scored = scored;
    }

    /**
     * What the payload says; good until the next one is read.
     *
     * @throws IOException when it is not a JSON object; nothing more can be read then
     */
    Chunk read(byte[] buffer, int start, int end) throws IOException {
        chunk.clear();
        json.begin(buffer, start, end);
        while (json.nextField()) {
            switch (json.field()) {
                case "choices" -> readChoices();
                case "usage" -> readUsage();
                case "error" -> {
                    chunk.failed |= !json.is(JsonToken.VALUE_NULL);
                    json.skip();
                }
                case "object" -> chunk.failed |= "error".equals(json.text());
                default -> json.skip();
            }
        }
        json.end();
        return chunk;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    private void readChoices() throws IOException {
        if (json.enter(JsonToken.START_ARRAY)) {
            while (json.next() != JsonToken.END_ARRAY) {
                if (json.enter(JsonToken.START_OBJECT)) {
                    readChoice();
                }
            }
        }
    }

    /** Only the first choice is ours; which one it is may be said at its end. */
    private void readChoice() throws IOException {
        int index = 0;
        while (json.nextField()) {
            switch (json.field()) {
                case "index" -> index = json.index(0);
                case "delta" -> readDelta();
                case "finish_reason" -> chunk.finishReason = json.text();
                case "logprobs" -> readScores();
                default -> json.skip();
            }
        }
        if (index != 0) {
            chunk.clearChoice();
        }
    }

    private void readScores() throws IOException {
        if (!scored) {
            json.skip();
        } else if (json.enter(JsonToken.START_OBJECT)) {
            while (json.nextField()) {
                if (json.field().equals("content")) {
                    chunk.scores = Scores.read(json);
                } else {
                    json.skip();
                }
            }
        }
    }

    private void readDelta() throws IOException {
        if (json.enter(JsonToken.START_OBJECT)) {
            while (json.nextField()) {
                switch (json.field()) {
                    case "content" -> readContent();
                    case "refusal" -> chunk.refusal = json.text();
                    case "reasoning_content", "reasoning" -> offerReasoning(json.text());
                    case "reasoning_details" -> offerReasoning(json.textOfParts("text"));
                    case "tool_calls" -> readPieces();
                    default -> json.skip();
                }
            }
        }
    }

    /** Some engines say it under two names; it is not to be read twice. */
    private void offerReasoning(@Nullable String text) {
        if (chunk.reasoning == null) {
            chunk.reasoning = text;
        }
    }

    /** A text, or the parts that Mistral's thinking models write, which may be thoughts. */
    private void readContent() throws IOException {
        if (!json.is(JsonToken.START_ARRAY)) {
            chunk.content = json.text();
            return;
        }
        while (json.next() != JsonToken.END_ARRAY) {
            if (json.enter(JsonToken.START_OBJECT)) {
                while (json.nextField()) {
                    switch (json.field()) {
                        case "text" -> addContent(json.text());
                        case "thinking" -> offerReasoning(json.textOfParts("text"));
                        default -> json.skip();
                    }
                }
            }
        }
    }

    private void addContent(@Nullable String text) {
        if (text != null) {
            chunk.content = chunk.content == null ? text : chunk.content + text;
        }
    }

    private void readPieces() throws IOException {
        if (json.enter(JsonToken.START_ARRAY)) {
            while (json.next() != JsonToken.END_ARRAY) {
                if (json.enter(JsonToken.START_OBJECT)) {
                    readPiece(chunk.addPiece());
                }
            }
        }
    }

    private void readPiece(Chunk.CallPiece piece) throws IOException {
        while (json.nextField()) {
            switch (json.field()) {
                case "index" -> piece.index = json.index(Chunk.CallPiece.NO_INDEX);
                case "id" -> piece.id = json.text();
                case "function" -> readFunction(piece);
                default -> json.skip();
            }
        }
    }

    private void readFunction(Chunk.CallPiece piece) throws IOException {
        if (json.enter(JsonToken.START_OBJECT)) {
            while (json.nextField()) {
                switch (json.field()) {
                    case "name" -> piece.name = json.text();
                    case "arguments" -> piece.arguments = json.textOrCopy();
                    default -> json.skip();
                }
            }
        }
    }

    private void readUsage() throws IOException {
        if (json.enter(JsonToken.START_OBJECT)) {
            chunk.counted = true;
            while (json.nextField()) {
                switch (json.field()) {
                    case "prompt_tokens" -> chunk.inputTokens = json.count();
                    case "completion_tokens" -> chunk.outputTokens = json.count();
                    case "prompt_cache_hit_tokens" ->
                        chunk.cachedInputTokens = Math.max(chunk.cachedInputTokens, json.count());
                    case "prompt_tokens_details" ->
                        chunk.cachedInputTokens = Math.max(chunk.cachedInputTokens, readDetail("cached_tokens"));
                    case "completion_tokens_details" -> chunk.reasoningTokens = readDetail("reasoning_tokens");
                    default -> json.skip();
                }
            }
        }
    }

    private long readDetail(String name) throws IOException {
        long count = 0;
        if (json.enter(JsonToken.START_OBJECT)) {
            while (json.nextField()) {
                if (json.field().equals(name)) {
                    count = json.count();
                } else {
                    json.skip();
                }
            }
        }
        return count;
    }
}
