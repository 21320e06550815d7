package dev.parley.persistence;

import dev.parley.application.port.Listing;
import dev.parley.application.port.Page;
import dev.parley.application.port.VectorStores;
import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.FileCounts;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import dev.parley.persistence.VectorStoreRows.VectorStoreRow;
import dev.parley.persistence.json.BodyCodec;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Vector stores in PostgreSQL. */
@Singleton
final class PostgresVectorStores implements VectorStores {

    private final VectorStoreRows rows;
    private final BodyCodec codec;
    private final RetrievalConfiguration configuration;
    private final StoreLocks locks;

    PostgresVectorStores(
            VectorStoreRows rows, BodyCodec codec, RetrievalConfiguration configuration, StoreLocks locks) {
        this.rows = rows;
        this.codec = codec;
        this.configuration = configuration;
        this.locks = locks;
    }

    @Override
    public boolean add(Owner owner, VectorStore store) {
        return rows.insert(
                        owner.id(),
                        StorableTexts.of(store.id().value()),
                        StorableTexts.of(store.name()),
                        store.embedding().model(),
                        store.embedding().dimension(),
                        store.chunking().maxTokens(),
                        store.chunking().overlapTokens(),
                        configuration.keywordLanguage(),
                        codec.write(store.metadata()),
                        store.createdAt(),
                        store.lastActiveAt(),
                        days(store.expiry()))
                > 0;
    }

    @Override
    public Optional<VectorStore> find(Owner owner, VectorStoreId id) {
        return rows.find(owner.id(), StorableTexts.of(id.value()))
                .map(row -> Readable.orThrow("vector store", row.id(), () -> read(row)));
    }

    @Override
    public Optional<Page<VectorStore>> list(Owner owner, Listing listing) {
        Listings asked = Listings.of(listing);
        if (!asked.isWithin(id -> rows.has(owner.id(), id))) {
            return Optional.empty();
        }
        List<VectorStoreRow> found = asked.ascending()
                ? rows.oldestFirst(owner.id(), asked.lower(), asked.upper(), asked.count())
                : rows.newestFirst(owner.id(), asked.lower(), asked.upper(), asked.count());
        return Optional.of(asked.page(found, row -> Readable.orEmpty("vector store", row.id(), () -> read(row))));
    }

    @Override
    public Optional<VectorStore> describe(Owner owner, VectorStoreId id, Description description) {
        @Nullable String name = description.name().map(StorableTexts::of).orElse(null);
        @Nullable String metadata = description.metadata().map(codec::write).orElse(null);
        Expiring expiring = description.expiring();
        boolean anew = !(expiring instanceof Expiring.AsBefore);
        @Nullable Integer days = expiring instanceof Expiring.After(var expiry) ? (Integer) expiry.days() : null;
        String key = StorableTexts.of(id.value());
        int described = locks.alone(owner.id(), key, () -> rows.describe(owner.id(), key, name, metadata, anew, days));
        return described > 0 ? find(owner, id) : Optional.empty();
    }

    @Override
    public void touch(Owner owner, VectorStoreId id, Instant at) {
        rows.touch(owner.id(), StorableTexts.of(id.value()), at);
    }

    @Override
    public boolean delete(Owner owner, VectorStoreId id) {
        String key = StorableTexts.of(id.value());
        return locks.alone(owner.id(), key, () -> rows.delete(owner.id(), key)) > 0;
    }

    @Override
    public int emptyExpired(Instant now, int most) {
        return rows.emptyExpired(now, most);
    }

    private VectorStore read(VectorStoreRow row) {
        return new VectorStore(
                new VectorStoreId(row.id()),
                row.name(),
                new VectorStore.Embedding(row.embeddingModel(), row.dimension()),
                new Chunking(row.chunkTokens(), row.overlapTokens()),
                codec.readMetadata(row.metadata()),
                row.createdAt(),
                row.lastActiveAt(),
                Optional.ofNullable(row.expiresDays()).map(VectorStore.Expiry::new),
                new VectorStore.Holdings(
                        new FileCounts(row.inProgress(), row.completed(), row.failed(), row.cancelled()),
                        row.usageBytes()));
    }

    private static @Nullable Integer days(Optional<VectorStore.Expiry> expiry) {
        return expiry.map(VectorStore.Expiry::days).orElse(null);
    }
}
