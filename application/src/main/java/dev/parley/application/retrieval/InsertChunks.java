package dev.parley.application.retrieval;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChunkIndex;
import dev.parley.application.port.ChunkIndex.Embedded;
import dev.parley.application.port.ChunkIndex.Indexing;
import dev.parley.application.port.VectorStores;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Puts chunks into a vector store that their sender has cut (agents-api 9.1, vector-io). */
public final class InsertChunks {

    /** Of one chunk; PostgreSQL can't have longer ones found by their words. */
    private static final int LONGEST = 200_000;

    private final VectorStores stores;
    private final ChunkIndex index;
    private final DocumentChunks chunks;
    private final InstantSource clock;

    public InsertChunks(VectorStores stores, ChunkIndex index, DocumentChunks chunks, InstantSource clock) {
        this.stores = stores;
        this.index = index;
        this.chunks = chunks;
        this.clock = clock;
    }

    /** @param metadata an object that names the document as {@code document_id} */
    public record NewChunk(String text, JsonValue.Members metadata) {
        public NewChunk {
            requireNonNull(text, "text");
            requireNonNull(metadata, "metadata");
        }
    }

    /**
     * Blocks until all of the chunks can be found, beside those that their documents had before. The same text comes into a
     * document only once.
     *
     * @throws Refusal when there is no such store, a chunk names no document or is too long, or vectors can't be had: then none
     *     of them was inserted; or when the store is full, which those before may be in
     */
    public void insert(Owner owner, VectorStoreId id, List<NewChunk> wanted, Cancellation cancellation) {
        VectorStore store = SearchStore.requireUsable(stores.find(owner, id), id, clock.instant());
        List<Chunk> all = new ArrayList<>();
        List<DocumentId> documents = new ArrayList<>();
        for (int place = 0; place < wanted.size(); place++) {
            NewChunk chunk = wanted.get(place);
            documents.add(document(chunk, place));
            int tokens = chunks.count(chunk.text());
            JsonValue.Members metadata =
                    chunk.metadata().given(DocumentChunks.TOKEN_COUNT).isPresent()
                            ? chunk.metadata()
                            : chunk.metadata().with(DocumentChunks.TOKEN_COUNT, JsonValue.Number.of(tokens));
            all.add(new Chunk(place, chunk.text(), tokens, metadata.json()));
        }
        List<Embedded> embedded = chunks.embed(store, all, DocumentChunks.Watch.of(cancellation));
        SequencedMap<DocumentId, List<Embedded>> byDocument = new LinkedHashMap<>();
        for (int place = 0; place < embedded.size(); place++) {
            byDocument
                    .computeIfAbsent(documents.get(place), _ -> new ArrayList<>())
                    .add(embedded.get(place));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byDocument.forEach((document, some) -> merge(owner, store, document, some, now));
        stores.touch(owner, id, now);
    }

    private void merge(Owner owner, VectorStore store, DocumentId document, List<Embedded> some, Instant now) {
        StoreFile ifNew = StoreFile.inserted(
                store.id(),
                document,
                Attributes.NONE,
                Chunking.ofDocuments(Chunking.DOCUMENT_TOKENS),
                DocumentChunks.bytes(some),
                now);
        switch (index.merge(owner, ifNew, some)) {
            case Indexing.Done _ -> {
                // that is all
            }
            case Indexing.Gone _ -> throw ReadVectorStores.notFound(store.id());
            case Indexing.Full full -> throw ReadFileIntoStore.refused(full);
        }
    }

    private static DocumentId document(NewChunk chunk, int place) {
        if (chunk.text().isBlank() || chunk.text().length() > LONGEST) {
            throw Refusal.invalid(
                    "chunks[%d].content".formatted(place),
                    "A chunk has 1 to %d characters, and not blanks alone".formatted(LONGEST));
        }
        return chunk.metadata()
                .text(DocumentChunks.DOCUMENT_ID)
                .filter(name -> !name.isBlank())
                .map(DocumentId::new)
                .orElseThrow(() -> Refusal.invalid(
                        "chunks[%d].metadata.document_id".formatted(place),
                        "Each chunk names the document that it is of as document_id in its metadata"));
    }
}
