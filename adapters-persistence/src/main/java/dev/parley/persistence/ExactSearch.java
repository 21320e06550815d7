package dev.parley.persistence;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.ChunkIndex.Choice;
import dev.parley.domain.retrieval.AttributeFilter;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.VectorStoreId;
import dev.parley.persistence.NearestChunks.Near;
import dev.parley.persistence.StoreVectors.DocumentVectors;
import dev.parley.persistence.VectorReader.Contents;
import dev.parley.persistence.VectorReader.Listed;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Compares a query with every vector of a store, in this process. The vectors stay here between searches, as far as there is
 * room; before each search one number tells whether they are still those of the store, and if not, only those of the documents
 * that have changed are read again. Without room they are read, compared and let go.
 */
@Singleton
@RefusedInOutage
class ExactSearch {

    /** How often what was found is looked for anew when it is gone before its text is read. */
    private static final int ATTEMPTS = 3;

    private static final int LOCKS = 16;

    private final Database database;
    private final VectorCache cache;
    /** So that of several who miss the same vectors one reads them. */
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    private final Semaphore passes;

    ExactSearch(Database database, DatabaseConfiguration connections, RetrievalConfiguration configuration) {
        this.database = database;
        this.passes = new Semaphore(Math.max(1, connections.poolSize() / 4));
        this.cache = new VectorCache(configuration.vectorCacheSize());
    }

    List<Hit> search(String owner, VectorStoreId store, float[] query, Choice choice) {
        VectorCache.Key key = new VectorCache.Key(owner, StorableTexts.of(store.value()));
        List<Hit> hits = List.of();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Near> found = nearest(key, query, choice);
            hits = found.isEmpty()
                    ? List.of()
                    : Transactions.run(database, connection -> texts(connection, key, store, found));
            if (hits.size() == found.size()) {
                return hits;
            }
        }
        return hits;
    }

    private List<Near> nearest(VectorCache.Key key, float[] query, Choice choice) {
        NearestChunks nearest = new NearestChunks(query, choice.limit());
        Optional<StoreVectors> vectors = vectors(key);
        if (vectors.isEmpty()) {
            pass(key, query.length, nearest, choice.filter());
        } else if (vectors.get().dimension() == query.length) {
            for (DocumentVectors document : vectors.get().documents()) {
                if (choice.filter().matches(document.attributes())) {
                    show(nearest, document, query.length);
                }
            }
        }
        return nearest.found();
    }

    private static void show(NearestChunks nearest, DocumentVectors document, int dimension) {
        int[] positions = document.positions();
        for (int index = 0; index < positions.length; index++) {
            nearest.show(document.id(), document.revision(), positions[index], document.numbers(), index * dimension);
        }
    }

    /** The store's vectors; empty when there is no such store, or there is no room for them. */
    private Optional<StoreVectors> vectors(VectorCache.Key key) {
        Optional<StoreVectors> current = current(key);
        if (current.isPresent()) {
            return current;
        }
        ReentrantLock lock = locks.get(Math.floorMod(key.hashCode(), LOCKS));
        lock.lock();
        try {
            Optional<StoreVectors> readMeanwhile = current(key);
            return readMeanwhile.isPresent() ? readMeanwhile : atOneTime(connection -> read(connection, key));
        } finally {
            lock.unlock();
        }
    }

    /** All that the work reads is of the same moment. */
    private <T> T atOneTime(Transactions.Work<T> work) {
        return Transactions.run(database, connection -> {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return work.on(connection);
        });
    }

    /** What is kept of the store, if it is what the store has now. */
    private Optional<StoreVectors> current(VectorCache.Key key) {
        return cache.find(key)
                .filter(kept -> Transactions.run(
                                database, connection -> VectorReader.revision(connection, key.owner(), key.store()))
                        .filter(revision -> revision == kept.revision())
                        .isPresent());
    }

    private Optional<StoreVectors> read(Connection connection, VectorCache.Key key) throws SQLException {
        Optional<Contents> found = VectorReader.contents(connection, key.owner(), key.store());
        if (found.isEmpty()) {
            cache.drop(key);
            return Optional.empty();
        }
        Contents contents = found.get();
        if (!cache.canKeep(contents.chunks() * contents.dimension() * Float.BYTES)) {
            cache.drop(key);
            return Optional.empty();
        }
        Map<Long, DocumentVectors> known = new HashMap<>();
        cache.find(key)
                .ifPresent(kept -> kept.documents().forEach(document -> known.put(document.revision(), document)));
        List<Listed> missing = contents.documents().stream()
                .filter(listed -> !known.containsKey(listed.revision()))
                .toList();
        Map<String, DocumentVectors> read = missing.isEmpty()
                ? Map.of()
                : VectorReader.gather(connection, key.owner(), key.store(), contents.dimension(), missing);
        List<DocumentVectors> all = new ArrayList<>();
        for (Listed listed : contents.documents()) {
            DocumentVectors before = known.get(listed.revision());
            all.add(before == null ? read.get(listed.id()) : before.with(listed.attributes()));
        }
        StoreVectors vectors = new StoreVectors(contents.revision(), contents.dimension(), all);
        cache.keep(key, vectors);
        return Optional.of(vectors);
    }

    /**
     * Shows the vectors as they come, and keeps none of them: outside of the locks, which are for those who can share what one
     * has read. A pass holds its connection for long, so not all connections may be at it.
     */
    private void pass(VectorCache.Key key, int dimension, NearestChunks nearest, AttributeFilter filter) {
        passes.acquireUninterruptibly();
        try {
            boolean _ = atOneTime(connection -> {
                Optional<Contents> found = VectorReader.contents(connection, key.owner(), key.store())
                        .filter(contents -> contents.dimension() == dimension);
                if (found.isPresent()) {
                    pass(connection, key, found.get(), nearest, filter);
                }
                return found.isPresent();
            });
        } finally {
            passes.release();
        }
    }

    private static void pass(
            Connection connection,
            VectorCache.Key key,
            Contents contents,
            NearestChunks nearest,
            AttributeFilter filter)
            throws SQLException {
        Map<String, Long> revisions = new HashMap<>();
        contents.documents().stream()
                .filter(listed -> filter.matches(listed.attributes()))
                .forEach(listed -> revisions.put(listed.id(), listed.revision()));
        VectorReader.read(
                connection,
                key.owner(),
                key.store(),
                List.copyOf(revisions.keySet()),
                (document, position, vector) ->
                        nearest.show(document, requireNonNull(revisions.get(document), document), position, vector, 0));
    }

    /** The hits, without those whose document has other chunks by now. */
    private static List<Hit> texts(Connection connection, VectorCache.Key key, VectorStoreId store, List<Near> found)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("""
                    select %s, n.score
                    from unnest(?, ?, ?, ?) with ordinality as n (document_id, revision, position, score, place)
                    join store_chunk c on c.owner = ? and c.store_id = ? and c.document_id = n.document_id and c.position = n.position
                    %s and f.revision = n.revision
                    order by n.place
                    """.formatted(ChunkRows.HIT_COLUMNS, ChunkRows.OF_DOCUMENT))) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", found.stream().map(Near::document).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "int8", found.stream().map(Near::revision).toArray()));
            select.setArray(
                    3,
                    connection.createArrayOf(
                            "int4", found.stream().map(Near::position).toArray()));
            select.setArray(
                    4,
                    connection.createArrayOf(
                            // numbers of four bytes would be read as others once the driver asks for them in binary
                            "float8",
                            found.stream().map(near -> (double) near.score()).toArray()));
            select.setString(5, key.owner());
            select.setString(6, key.store());
            return ChunkRows.hits(store, select);
        }
    }
}
