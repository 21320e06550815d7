package dev.parley.application.testing;

import dev.parley.application.port.ChunkIndex;
import dev.parley.application.port.Files;
import dev.parley.application.port.Listing;
import dev.parley.application.port.Page;
import dev.parley.application.port.StoreFiles;
import dev.parley.application.port.VectorStores;
import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.FileBatch;
import dev.parley.domain.retrieval.FileBatchId;
import dev.parley.domain.retrieval.FileCounts;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.StoreFile.Status;
import dev.parley.domain.retrieval.StoredFile;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Files, vector stores and what is in them, forgotten with the process. Safe for use by many threads. */
public final class InMemoryLibrary implements VectorStores, StoreFiles, Files, ChunkIndex {

    private static final Description UNCHANGED =
            new Description(Optional.empty(), Optional.empty(), new Expiring.AsBefore());

    private record StoreKey(Owner owner, VectorStoreId id) {}

    private record FileKey(Owner owner, FileId id) {}

    private record BatchKey(Owner owner, VectorStoreId store, FileBatchId id) {}

    private record Key(Owner owner, VectorStoreId store, DocumentId id) {
        private static Key of(Owner owner, StoreFile file) {
            return new Key(owner, file.store(), file.id());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
    private record Upload(StoredFile file, byte[] content) {}

    /** A document, and how it is being read. */
    private static final class Row {
        private StoreFile file;
        private List<Embedded> chunks = List.of();
        private int attempt;
        private long fence;
        private Instant leaseEnd = Instant.MIN;

        private Row(StoreFile file) {
            this.file = file;
        }
    }

    private final Map<StoreKey, VectorStore> stores = new LinkedHashMap<>();
    private final Map<FileKey, Upload> uploads = new LinkedHashMap<>();
    private final Map<BatchKey, FileBatch> batches = new LinkedHashMap<>();
    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private final long chunkLimit;

    public InMemoryLibrary() {
        this(Long.MAX_VALUE);
    }

    /** @param chunkLimit how many chunks a store can have */
    public InMemoryLibrary(long chunkLimit) {
        this.chunkLimit = chunkLimit;
    }

    /** All of it. */
    public Library library() {
        return new Library(this, this, this, this);
    }

    // ---- stores

    @Override
    public synchronized boolean add(Owner owner, VectorStore store) {
        return stores.putIfAbsent(new StoreKey(owner, store.id()), store) == null;
    }

    @Override
    public synchronized Optional<VectorStore> find(Owner owner, VectorStoreId id) {
        return Optional.ofNullable(stores.get(new StoreKey(owner, id))).map(store -> withHoldings(owner, store));
    }

    @Override
    public synchronized Optional<Page<VectorStore>> list(Owner owner, Listing listing) {
        List<VectorStore> all = stores.entrySet().stream()
                .filter(entry -> entry.getKey().owner().equals(owner))
                .map(entry -> withHoldings(owner, entry.getValue()))
                .toList();
        return page(all, VectorStore::createdAt, store -> store.id().value(), listing);
    }

    @Override
    public synchronized Optional<VectorStore> describe(Owner owner, VectorStoreId id, Description description) {
        return change(owner, id, store -> with(store, description, store.lastActiveAt()));
    }

    @Override
    public synchronized void touch(Owner owner, VectorStoreId id, Instant at) {
        change(owner, id, store -> store.lastActiveAt().isBefore(at) ? with(store, UNCHANGED, at) : store);
    }

    @Override
    public synchronized boolean delete(Owner owner, VectorStoreId id) {
        rows.keySet().removeIf(key -> key.owner().equals(owner) && key.store().equals(id));
        batches.keySet()
                .removeIf(key -> key.owner().equals(owner) && key.store().equals(id));
        return stores.remove(new StoreKey(owner, id)) != null;
    }

    @Override
    public synchronized int emptyExpired(Instant now, int most) {
        List<StoreKey> expired = stores.entrySet().stream()
                .filter(entry -> entry.getValue().hasExpired(now))
                .map(Map.Entry::getKey)
                .filter(key -> !in(key.owner(), key.id()).isEmpty())
                .limit(most)
                .toList();
        expired.forEach(key -> {
            rows.keySet()
                    .removeIf(row ->
                            row.owner().equals(key.owner()) && row.store().equals(key.id()));
            batches.keySet()
                    .removeIf(batch ->
                            batch.owner().equals(key.owner()) && batch.store().equals(key.id()));
        });
        return expired.size();
    }

    private Optional<VectorStore> change(Owner owner, VectorStoreId id, Function<VectorStore, VectorStore> change) {
        return Optional.ofNullable(stores.computeIfPresent(new StoreKey(owner, id), (_, store) -> change.apply(store)))
                .map(store -> withHoldings(owner, store));
    }

    private static VectorStore with(VectorStore store, Description description, Instant lastActiveAt) {
        return new VectorStore(
                store.id(),
                description.name().orElse(store.name()),
                store.embedding(),
                store.chunking(),
                description.metadata().orElse(store.metadata()),
                store.createdAt(),
                lastActiveAt,
                switch (description.expiring()) {
                    case Expiring.AsBefore() -> store.expiry();
                    case Expiring.Never() -> Optional.empty();
                    case Expiring.After(var expiry) -> Optional.of(expiry);
                },
                store.holdings());
    }

    private VectorStore withHoldings(Owner owner, VectorStore store) {
        List<StoreFile> files = in(owner, store.id());
        long bytes = files.stream().mapToLong(StoreFile::usageBytes).sum();
        return new VectorStore(
                store.id(),
                store.name(),
                store.embedding(),
                store.chunking(),
                store.metadata(),
                store.createdAt(),
                store.lastActiveAt(),
                store.expiry(),
                new VectorStore.Holdings(counts(files), bytes));
    }

    private List<StoreFile> in(Owner owner, VectorStoreId store) {
        return rows.entrySet().stream()
                .filter(entry -> entry.getKey().owner().equals(owner)
                        && entry.getKey().store().equals(store))
                .map(entry -> entry.getValue().file)
                .toList();
    }

    private static FileCounts counts(Collection<StoreFile> files) {
        Function<Status, Long> count =
                status -> files.stream().filter(file -> file.status() == status).count();
        return new FileCounts(
                count.apply(Status.IN_PROGRESS),
                count.apply(Status.COMPLETED),
                count.apply(Status.FAILED),
                count.apply(Status.CANCELLED));
    }

    // ---- documents

    @Override
    public synchronized boolean begin(Owner owner, VectorStoreId store, List<StoreFile> files) {
        if (!stores.containsKey(new StoreKey(owner, store))) {
            return false;
        }
        for (StoreFile file : files) {
            Row row = rows.computeIfAbsent(Key.of(owner, file), _ -> new Row(file));
            row.file = withUsage(file, row.file.usageBytes());
            row.attempt = 0;
            row.fence++;
            row.leaseEnd = Instant.MIN;
        }
        return true;
    }

    @Override
    public synchronized boolean begin(Owner owner, FileBatch batch, List<StoreFile> files) {
        if (!begin(owner, batch.store(), files)) {
            return false;
        }
        batches.put(new BatchKey(owner, batch.store(), batch.id()), batch);
        return true;
    }

    @Override
    public synchronized Optional<StoreFile> find(Owner owner, VectorStoreId store, DocumentId id) {
        return Optional.ofNullable(rows.get(new Key(owner, store, id))).map(row -> row.file);
    }

    @Override
    public synchronized Optional<Page<StoreFile>> list(
            Owner owner, VectorStoreId store, StoreFiles.Choice choice, Listing listing) {
        Predicate<StoreFile> wanted = file ->
                choice.status().filter(status -> file.status() != status).isEmpty()
                        && (choice.batch().isEmpty() || choice.batch().equals(file.batch()));
        return page(
                in(owner, store),
                wanted,
                StoreFile::createdAt,
                file -> file.id().value(),
                listing);
    }

    @Override
    public synchronized Optional<StoreFile> describe(
            Owner owner, VectorStoreId store, DocumentId id, Attributes attributes) {
        return Optional.ofNullable(rows.get(new Key(owner, store, id))).map(row -> {
            StoreFile file = row.file;
            row.file = new StoreFile(
                    file.store(),
                    file.id(),
                    file.file(),
                    file.filename(),
                    file.status(),
                    file.lastError(),
                    attributes,
                    file.usageBytes(),
                    file.chunking(),
                    file.createdAt(),
                    file.batch());
            return row.file;
        });
    }

    @Override
    public synchronized boolean fail(Claim claim, StoreFile.LastError error) {
        return claimed(claim)
                .map(row -> {
                    row.file = with(row.file, Status.FAILED, Optional.of(error), row.file.usageBytes());
                    return true;
                })
                .orElse(false);
    }

    @Override
    public synchronized boolean remove(Owner owner, VectorStoreId store, DocumentId id) {
        return rows.remove(new Key(owner, store, id)) != null;
    }

    @Override
    public synchronized Optional<FileBatch> findBatch(Owner owner, VectorStoreId store, FileBatchId id) {
        return Optional.ofNullable(batches.get(new BatchKey(owner, store, id))).map(batch -> {
            List<StoreFile> files = in(owner, store).stream()
                    .filter(file -> file.batch().filter(id::equals).isPresent())
                    .toList();
            return new FileBatch(id, store, batch.createdAt(), batch.cancelled(), counts(files));
        });
    }

    @Override
    public synchronized Optional<FileBatch> cancelBatch(Owner owner, VectorStoreId store, FileBatchId id) {
        BatchKey key = new BatchKey(owner, store, id);
        batches.computeIfPresent(key, (_, batch) -> new FileBatch(id, store, batch.createdAt(), true, FileCounts.NONE));
        if (batches.containsKey(key)) {
            rows.forEach((place, row) -> {
                if (place.owner().equals(owner)
                        && place.store().equals(store)
                        && row.file.status() == Status.IN_PROGRESS
                        && row.file.batch().filter(id::equals).isPresent()) {
                    row.file = with(row.file, Status.CANCELLED, Optional.empty(), row.file.usageBytes());
                }
            });
        }
        return findBatch(owner, store, id);
    }

    @Override
    public synchronized Optional<Claim> claim(Duration lease) {
        Instant now = Instant.now();
        return rows.entrySet().stream()
                .filter(entry -> entry.getValue().file.status() == Status.IN_PROGRESS
                        && !entry.getValue().leaseEnd.isAfter(now))
                .min(Comparator.comparing(entry -> entry.getValue().file.createdAt()))
                .map(entry -> {
                    Row row = entry.getValue();
                    row.attempt++;
                    row.fence++;
                    row.leaseEnd = now.plus(lease);
                    return new Claim(entry.getKey().owner(), row.file, row.attempt, row.fence);
                });
    }

    @Override
    public synchronized boolean renew(Claim claim, Duration lease) {
        return claimed(claim)
                .map(row -> {
                    row.leaseEnd = Instant.now().plus(lease);
                    return true;
                })
                .orElse(false);
    }

    @Override
    public synchronized boolean giveBack(Claim claim, Duration rest) {
        claimed(claim).ifPresent(row -> row.attempt--);
        return renew(claim, rest);
    }

    private Optional<Row> claimed(Claim claim) {
        return Optional.ofNullable(rows.get(Key.of(claim.owner(), claim.file())))
                .filter(row -> row.file.status() == Status.IN_PROGRESS && row.fence == claim.fence());
    }

    private static StoreFile withUsage(StoreFile file, long usageBytes) {
        return with(file, file.status(), file.lastError(), usageBytes);
    }

    private static StoreFile with(StoreFile file, Status status, Optional<StoreFile.LastError> error, long usageBytes) {
        return new StoreFile(
                file.store(),
                file.id(),
                file.file(),
                file.filename(),
                status,
                error,
                file.attributes(),
                usageBytes,
                file.chunking(),
                file.createdAt(),
                file.batch());
    }

    // ---- uploads

    @Override
    public synchronized void add(Owner owner, StoredFile file, byte[] content) {
        uploads.put(new FileKey(owner, file.id()), new Upload(file, content.clone()));
    }

    @Override
    public synchronized Optional<StoredFile> find(Owner owner, FileId id) {
        return Optional.ofNullable(uploads.get(new FileKey(owner, id))).map(Upload::file);
    }

    @Override
    public synchronized Optional<byte[]> content(Owner owner, FileId id) {
        return Optional.ofNullable(uploads.get(new FileKey(owner, id)))
                .map(upload -> upload.content().clone());
    }

    @Override
    public synchronized Optional<Page<StoredFile>> list(Owner owner, String purpose, Listing listing) {
        List<StoredFile> all = uploads.entrySet().stream()
                .filter(entry -> entry.getKey().owner().equals(owner))
                .map(entry -> entry.getValue().file())
                .toList();
        return page(
                all,
                file -> purpose.isBlank() || file.purpose().equals(purpose),
                StoredFile::createdAt,
                file -> file.id().value(),
                listing);
    }

    @Override
    public synchronized boolean delete(Owner owner, FileId id) {
        rows.entrySet()
                .removeIf(entry -> entry.getKey().owner().equals(owner)
                        && entry.getValue().file.file().filter(id::equals).isPresent());
        return uploads.remove(new FileKey(owner, id)) != null;
    }

    @Override
    public synchronized int deleteExpired(Instant now, int most) {
        List<FileKey> expired = uploads.entrySet().stream()
                .filter(entry -> entry.getValue().file().hasExpired(now))
                .sorted(Comparator.comparing(
                        entry -> entry.getValue().file().expiresAt().orElseThrow()))
                .map(Map.Entry::getKey)
                .limit(most)
                .toList();
        expired.forEach(key -> delete(key.owner(), key.id()));
        return expired.size();
    }

    // ---- chunks

    @Override
    public synchronized Indexing complete(Claim claim, long usageBytes, List<Embedded> chunks) {
        return claimed(claim)
                .<Indexing>map(row -> keep(claim.owner(), row, chunks, () -> {
                    row.file = with(row.file, Status.COMPLETED, Optional.empty(), usageBytes);
                }))
                .orElseGet(Indexing.Gone::new);
    }

    @Override
    public synchronized Indexing put(Owner owner, StoreFile document, List<Embedded> chunks) {
        if (!stores.containsKey(new StoreKey(owner, document.store()))) {
            return new Indexing.Gone();
        }
        Row row = rows.getOrDefault(Key.of(owner, document), new Row(document));
        return keep(owner, row, chunks, () -> {
            row.file = document;
            row.fence++;
            rows.put(Key.of(owner, document), row);
        });
    }

    @Override
    public synchronized Indexing merge(Owner owner, StoreFile document, List<Embedded> chunks) {
        if (!stores.containsKey(new StoreKey(owner, document.store()))) {
            return new Indexing.Gone();
        }
        Row row = rows.getOrDefault(Key.of(owner, document), new Row(withUsage(document, 0)));
        Map<String, Embedded> all = new LinkedHashMap<>();
        row.chunks.forEach(there -> all.put(there.chunk().text(), there));
        chunks.forEach(added -> {
            all.remove(added.chunk().text());
            all.put(added.chunk().text(), added);
        });
        List<Embedded> merged = new ArrayList<>();
        all.values().forEach(one -> {
            Chunk chunk = one.chunk();
            merged.add(new Embedded(
                    new Chunk(merged.size(), chunk.text(), chunk.tokens(), chunk.metadata()), one.vector()));
        });
        return keep(owner, row, merged, () -> {
            row.file = withUsage(row.file, row.file.usageBytes() + document.usageBytes());
            rows.put(Key.of(owner, document), row);
        });
    }

    private Indexing keep(Owner owner, Row row, List<Embedded> chunks, Runnable then) {
        long others = rows.entrySet().stream()
                .filter(entry -> entry.getKey().owner().equals(owner)
                        && entry.getKey().store().equals(row.file.store())
                        && entry.getValue() != row)
                .mapToLong(entry -> entry.getValue().chunks.size())
                .sum();
        if (others + chunks.size() > chunkLimit) {
            return new Indexing.Full(chunkLimit, "use another store");
        }
        row.chunks = List.copyOf(chunks);
        then.run();
        return new Indexing.Done();
    }

    @Override
    public synchronized List<Hit> byVector(Owner owner, VectorStoreId store, float[] query, ChunkIndex.Choice choice) {
        return best(owner, store, choice, embedded -> {
            double product = 0;
            for (int place = 0; place < query.length; place++) {
                product += query[place] * embedded.vector()[place];
            }
            return Math.clamp(product, 0, 1);
        });
    }

    @Override
    public synchronized List<Hit> byWords(Owner owner, VectorStoreId store, String query, ChunkIndex.Choice choice) {
        WordQuery words = WordQuery.of(query);
        return best(
                owner, store, choice, embedded -> words.score(embedded.chunk().text()));
    }

    @Override
    public synchronized List<Chunk> content(Owner owner, VectorStoreId store, DocumentId id) {
        return Optional.ofNullable(rows.get(new Key(owner, store, id))).stream()
                .flatMap(row -> row.chunks.stream())
                .map(Embedded::chunk)
                .toList();
    }

    private List<Hit> best(
            Owner owner, VectorStoreId store, ChunkIndex.Choice choice, ToDoubleFunction<Embedded> score) {
        List<Hit> hits = new ArrayList<>();
        rows.forEach((key, row) -> {
            if (key.owner().equals(owner)
                    && key.store().equals(store)
                    && choice.filter().matches(row.file.attributes())) {
                row.chunks.forEach(embedded -> hits.add(new Hit(
                        store,
                        row.file.id(),
                        row.file.filename(),
                        row.file.attributes(),
                        embedded.chunk(),
                        score.applyAsDouble(embedded))));
            }
        });
        return hits.stream()
                .filter(hit -> hit.score() > 0)
                .sorted(Comparator.comparingDouble(Hit::score).reversed())
                .limit(choice.limit())
                .toList();
    }

    // ---- lists

    private static <T> Optional<Page<T>> page(
            List<T> all, Function<T, Instant> age, Function<T, String> id, Listing listing) {
        return page(all, _ -> true, age, id, listing);
    }

    /** Entries that are not wanted can still be the place to begin after. */
    private static <T> Optional<Page<T>> page(
            List<T> all, Predicate<T> wanted, Function<T, Instant> age, Function<T, String> id, Listing listing) {
        Comparator<T> oldestFirst = Comparator.comparing(age).thenComparing(id);
        List<T> ordered = all.stream()
                .sorted(listing.newestFirst() ? oldestFirst.reversed() : oldestFirst)
                .toList();
        List<String> ids = ordered.stream().map(id).toList();
        int from = listing.after()
                .map(ids::indexOf)
                .map(index -> index < 0 ? -1 : index + 1)
                .orElse(0);
        int to = listing.before().map(ids::indexOf).orElse(ids.size());
        if (from < 0 || to < 0) {
            return Optional.empty();
        }
        List<T> between = from >= to
                ? List.of()
                : ordered.subList(from, to).stream().filter(wanted).toList();
        boolean more = between.size() > listing.limit();
        int first = listing.isBackwards() ? Math.max(0, between.size() - listing.limit()) : 0;
        return Optional.of(new Page<>(between.subList(first, Math.min(between.size(), first + listing.limit())), more));
    }
}
