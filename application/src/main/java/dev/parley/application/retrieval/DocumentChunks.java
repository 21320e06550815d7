package dev.parley.application.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChunkIndex.Embedded;
import dev.parley.application.port.Embedder.Purpose;
import dev.parley.application.port.Tokens;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.EmbeddingModel;
import dev.parley.domain.retrieval.VectorStore;
import java.util.ArrayList;
import java.util.List;

/** Makes the chunks of a text, and their vectors. */
public final class DocumentChunks {

    static final String DOCUMENT_ID = "document_id";
    static final String TOKEN_COUNT = "token_count";

    private final Tokens tokens;
    private final EmbeddingModels models;

    public DocumentChunks(Tokens tokens, EmbeddingModels models) {
        this.tokens = tokens;
        this.models = models;
    }

    /** How the work is watched over: what is run now and then, and how it is called off. */
    record Watch(Runnable between, Cancellation cancellation) {

        static Watch of(Cancellation cancellation) {
            return new Watch(() -> {}, cancellation);
        }
    }

    /**
     * The chunks of a document, none of them longer than what the store's model reads; none when the text has nothing but blanks.
     * Blocks.
     *
     * @param metadata that of the document, which each chunk has with its own
     * @throws Refusal when the model does not answer, or gives other vectors than the store has
     */
    List<Embedded> cut(
            VectorStore store,
            DocumentId document,
            String text,
            Chunking chunking,
            JsonValue.Members metadata,
            Watch watch) {
        return embed(store, chunks(store, document, text, chunking, metadata), watch);
    }

    /** The same without their vectors. */
    List<Chunk> chunks(
            VectorStore store, DocumentId document, String text, Chunking chunking, JsonValue.Members metadata) {
        EmbeddingModel model = models.of(store.embedding());
        List<Chunk> chunks = new ArrayList<>();
        for (Chunking.Cut cut : chunking.within(model.maxTokens()).cut(text, tokens.ends(text))) {
            JsonValue.Members own = metadata.with(DOCUMENT_ID, new JsonValue.Text(document.value()))
                    .with(TOKEN_COUNT, JsonValue.Number.of(cut.tokens()));
            chunks.add(new Chunk(chunks.size(), text.substring(cut.start(), cut.end()), cut.tokens(), own.json()));
        }
        return chunks;
    }

    /** The vectors of chunks; see {@link #cut}. */
    List<Embedded> embed(VectorStore store, List<Chunk> chunks, Watch watch) {
        models.of(store.embedding());
        List<float[]> vectors = models.embed(
                store.embedding(),
                chunks.stream().map(Chunk::text).toList(),
                Purpose.DOCUMENT,
                watch.between(),
                watch.cancellation());
        List<Embedded> embedded = new ArrayList<>();
        for (int place = 0; place < chunks.size(); place++) {
            embedded.add(new Embedded(chunks.get(place), vectors.get(place)));
        }
        return embedded;
    }

    /** How many tokens a text has. */
    int count(String text) {
        return tokens.ends(text).length;
    }

    /** What chunks take in a store: their texts, and their vectors. */
    static long bytes(List<Embedded> chunks) {
        return chunks.stream()
                .mapToLong(embedded ->
                        embedded.chunk().text().getBytes(UTF_8).length + (long) embedded.vector().length * Float.BYTES)
                .sum();
    }
}
