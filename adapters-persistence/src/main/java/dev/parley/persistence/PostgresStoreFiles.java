package dev.parley.persistence;

import dev.parley.application.port.Listing;
import dev.parley.application.port.Page;
import dev.parley.application.port.StoreFiles;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.FileBatch;
import dev.parley.domain.retrieval.FileBatchId;
import dev.parley.domain.retrieval.FileCounts;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.StoreFile.LastError;
import dev.parley.domain.retrieval.VectorStoreId;
import dev.parley.persistence.StoreFileRows.BatchRow;
import dev.parley.persistence.StoreFileRows.StoreFileRow;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** The documents of vector stores in PostgreSQL, without their chunks. */
@Singleton
final class PostgresStoreFiles implements StoreFiles {

    private static final double MILLIS = 1_000.0;

    private final StoreFileRows rows;
    private final StoreLocks locks;

    PostgresStoreFiles(StoreFileRows rows, StoreLocks locks) {
        this.rows = rows;
        this.locks = locks;
    }

    @Override
    public boolean begin(Owner owner, VectorStoreId store, List<StoreFile> files) {
        String all = json(files);
        return change(owner, store, id -> rows.begin(owner.id(), id, all, null, null));
    }

    @Override
    public boolean begin(Owner owner, FileBatch batch, List<StoreFile> files) {
        String all = json(files);
        return change(
                owner,
                batch.store(),
                id -> rows.begin(owner.id(), id, all, batch.id().value(), batch.createdAt()));
    }

    /** @return whether there was something to change */
    private boolean change(Owner owner, VectorStoreId store, ToIntFunction<String> statement) {
        String id = text(store);
        return locks.alone(owner.id(), id, () -> statement.applyAsInt(id)) > 0;
    }

    @Override
    public Optional<StoreFile> find(Owner owner, VectorStoreId store, DocumentId id) {
        return rows.find(owner.id(), text(store), text(id)).map(PostgresStoreFiles::read);
    }

    @Override
    public Optional<Page<StoreFile>> list(Owner owner, VectorStoreId store, Choice choice, Listing listing) {
        Listings asked = Listings.of(listing);
        if (!asked.isWithin(id -> rows.has(owner.id(), text(store), id))) {
            return Optional.empty();
        }
        @Nullable String status = choice.status().map(PostgresStoreFiles::word).orElse(null);
        @Nullable
        String batch =
                choice.batch().map(FileBatchId::value).map(StorableTexts::of).orElse(null);
        List<StoreFileRow> found = asked.ascending()
                ? rows.oldestFirst(owner.id(), text(store), status, batch, asked.lower(), asked.upper(), asked.count())
                : rows.newestFirst(owner.id(), text(store), status, batch, asked.lower(), asked.upper(), asked.count());
        return Optional.of(asked.page(found, row -> Optional.of(read(row))));
    }

    @Override
    public Optional<StoreFile> describe(Owner owner, VectorStoreId store, DocumentId id, Attributes attributes) {
        boolean described =
                change(owner, store, key -> rows.describe(owner.id(), key, text(id), LibraryJson.of(attributes)));
        return described ? find(owner, store, id) : Optional.empty();
    }

    @Override
    public boolean fail(Claim claim, LastError error) {
        StoreFile file = claim.file();
        return rows.fail(
                        claim.owner().id(),
                        text(file.store()),
                        text(file.id()),
                        claim.fence(),
                        word(error.code()),
                        StorableTexts.of(error.message()))
                > 0;
    }

    @Override
    public boolean remove(Owner owner, VectorStoreId store, DocumentId id) {
        return change(owner, store, key -> rows.remove(owner.id(), key, text(id)));
    }

    @Override
    public Optional<FileBatch> findBatch(Owner owner, VectorStoreId store, FileBatchId id) {
        return rows.findBatch(owner.id(), text(store), StorableTexts.of(id.value()))
                .map(row -> read(store, row));
    }

    @Override
    public Optional<FileBatch> cancelBatch(Owner owner, VectorStoreId store, FileBatchId id) {
        boolean cancelled =
                change(owner, store, key -> rows.cancelBatch(owner.id(), key, StorableTexts.of(id.value())));
        return cancelled ? findBatch(owner, store, id) : Optional.empty();
    }

    @Override
    public Optional<Claim> claim(Duration lease) {
        return rows.claim(seconds(lease)).stream()
                .findFirst()
                .map(row -> new Claim(new Owner(row.owner()), read(row), row.attempt(), row.fence()));
    }

    @Override
    public boolean renew(Claim claim, Duration lease) {
        StoreFile file = claim.file();
        return rows.renew(claim.owner().id(), text(file.store()), text(file.id()), claim.fence(), seconds(lease)) > 0;
    }

    @Override
    public boolean giveBack(Claim claim, Duration rest) {
        StoreFile file = claim.file();
        return rows.giveBack(claim.owner().id(), text(file.store()), text(file.id()), claim.fence(), seconds(rest)) > 0;
    }

    private static StoreFile read(StoreFileRow row) {
        return new StoreFile(
                new VectorStoreId(row.storeId()),
                new DocumentId(row.id()),
                Optional.ofNullable(row.fileId()).map(FileId::new),
                row.filename(),
                StoreFile.Status.valueOf(row.status().toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.errorCode())
                        .map(code -> new LastError(
                                LastError.Code.valueOf(code.toUpperCase(Locale.ROOT)),
                                Optional.ofNullable(row.errorMessage()).orElse(""))),
                LibraryJson.attributes(row.attributes()),
                row.usageBytes(),
                new Chunking(row.chunkTokens(), row.overlapTokens()),
                row.createdAt(),
                Optional.ofNullable(row.batchId()).map(FileBatchId::new));
    }

    private static FileBatch read(VectorStoreId store, BatchRow row) {
        return new FileBatch(
                new FileBatchId(row.id()),
                store,
                row.createdAt(),
                row.cancelled(),
                new FileCounts(row.inProgress(), row.completed(), row.failed(), row.cancelledFiles()));
    }

    private static String json(List<StoreFile> files) {
        return LibraryJson.storable(new JsonValue.Array(
                files.stream().<JsonValue>map(PostgresStoreFiles::json).toList()));
    }

    private static JsonValue.Members json(StoreFile file) {
        return JsonValue.Members.NONE
                .with("id", new JsonValue.Text(file.id().value()))
                .with(
                        "file_id",
                        file.file()
                                .<JsonValue>map(id -> new JsonValue.Text(id.value()))
                                .orElse(new JsonValue.Nothing()))
                .with("filename", new JsonValue.Text(file.filename()))
                .with("attributes", file.attributes().json())
                .with("chunk_tokens", JsonValue.Number.of(file.chunking().maxTokens()))
                .with("overlap_tokens", JsonValue.Number.of(file.chunking().overlapTokens()))
                .with("created_at", new JsonValue.Text(file.createdAt().toString()))
                .with(
                        "batch_id",
                        file.batch()
                                .<JsonValue>map(id -> new JsonValue.Text(id.value()))
                                .orElse(new JsonValue.Nothing()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String text(VectorStoreId id) {
        return StorableTexts.of(id.value());
    }

    private static String text(DocumentId id) {
        return StorableTexts.of(id.value());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / MILLIS;
    }
}
