package dev.parley.persistence;

import dev.parley.application.port.ChunkIndex;
import dev.parley.application.port.StoreFiles.Claim;
import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.VectorStoreId;
import dev.parley.persistence.ChunkRows.Place;
import jakarta.inject.Singleton;
import java.util.List;

/** Chunks in PostgreSQL, found by pgvector where it is, else by comparing all the vectors of a store. */
@Singleton
final class PostgresChunkIndex implements ChunkIndex {

    private final ChunkWriter writer;
    private final KeywordSearch keywords;
    private final ExactSearch exact;
    private final PgVector pgvector;

    PostgresChunkIndex(ChunkWriter writer, KeywordSearch keywords, ExactSearch exact, PgVector pgvector) {
        this.writer = writer;
        this.keywords = keywords;
        this.exact = exact;
        this.pgvector = pgvector;
    }

    @Override
    public Indexing complete(Claim claim, long usageBytes, List<Embedded> chunks) {
        Place place = Place.of(claim.owner().id(), claim.file());
        return writer.complete(place, claim.fence(), usageBytes, chunks);
    }

    @Override
    public Indexing put(Owner owner, StoreFile document, List<Embedded> chunks) {
        return writer.put(Place.of(owner.id(), document), document, chunks);
    }

    @Override
    public Indexing merge(Owner owner, StoreFile document, List<Embedded> chunks) {
        return writer.merge(Place.of(owner.id(), document), document, chunks);
    }

    @Override
    public List<Hit> byVector(Owner owner, VectorStoreId store, float[] query, Choice choice) {
        return pgvector.isThere()
                ? pgvector.search(owner.id(), store, query, choice)
                : exact.search(owner.id(), store, query, choice);
    }

    @Override
    public List<Hit> byWords(Owner owner, VectorStoreId store, String query, Choice choice) {
        return keywords.search(owner.id(), store, query, choice);
    }

    @Override
    public List<Chunk> content(Owner owner, VectorStoreId store, DocumentId id) {
        return writer.content(new Place(owner.id(), StorableTexts.of(store.value()), StorableTexts.of(id.value())));
    }
}
