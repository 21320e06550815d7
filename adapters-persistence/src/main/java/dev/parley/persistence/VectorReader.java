package dev.parley.persistence;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.retrieval.Attributes;
import dev.parley.persistence.StoreVectors.DocumentVectors;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGStatement;

/** Reads the vectors of a store out of the database, a few hundred at a time. */
final class VectorReader {

    private static final int ROWS_AT_ONCE = 500;
    /** What the wire form of an array has before its elements, and each element before its number. */
    private static final int ARRAY_HEAD = 5 * Integer.BYTES;

    private static final int ELEMENT_HEAD = Integer.BYTES;

    private VectorReader() {}

    /** A document that has chunks, without them. */
    record Listed(String id, long revision, Attributes attributes, int count) {}

    /** What a store has, without its vectors. */
    record Contents(long revision, int dimension, List<Listed> documents) {

        long chunks() {
            return documents.stream().mapToLong(Listed::count).sum();
        }
    }

    /** Is shown one vector after the other, those of a document together and in their order. */
    @FunctionalInterface
    interface Sink {
        void take(String document, int position, float[] vector);
    }

    /** Moves with everything that a search can find; empty when there is no such store. */
    static Optional<Long> revision(Connection connection, String owner, String store) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select revision from vector_store where owner = ? and id = ?")) {
            select.setString(1, owner);
            select.setString(2, store);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    static Optional<Contents> contents(Connection connection, String owner, String store) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
            select s.revision, s.dimension, f.id, f.revision, f.attributes, f.chunk_count from vector_store s
            left join store_file f on f.owner = s.owner and f.store_id = s.id and f.chunk_count > 0
            where s.owner = ? and s.id = ?
            """)) {
            select.setString(1, owner);
            select.setString(2, store);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long revision = row.getLong(1);
                int dimension = row.getInt(2);
                List<Listed> documents = new ArrayList<>();
                do {
                    String id = row.getString(3);
                    if (id != null) {
                        documents.add(new Listed(
                                id, row.getLong(4), LibraryJson.attributes(row.getString(5)), row.getInt(6)));
                    }
                } while (row.next());
                return Optional.of(new Contents(revision, dimension, documents));
            }
        }
    }

    /** Reads the vectors of these documents. */
    static void read(Connection connection, String owner, String store, List<String> documents, Sink sink)
            throws SQLException {
        Array ids = connection.createArrayOf("text", documents.toArray());
        try (PreparedStatement select = connection.prepareStatement("""
            select document_id, position, array_send(embedding) from store_chunk
            where owner = ? and store_id = ? and document_id = any(?) order by document_id, position
            """)) {
            select.setString(1, owner);
            select.setString(2, store);
            select.setArray(3, ids);
            select.setFetchSize(ROWS_AT_ONCE);
            // a negative threshold has the driver take the bytes as they are, and not as a text of twice the length
            select.unwrap(PGStatement.class).setPrepareThreshold(-1);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sink.take(row.getString(1), row.getInt(2), vector(row.getBytes(3)));
                }
            }
        }
    }

    /** The same, gathered by document. */
    static Map<String, DocumentVectors> gather(
            Connection connection, String owner, String store, int dimension, List<Listed> documents)
            throws SQLException {
        Map<String, Gathered> gathered = new HashMap<>();
        documents.forEach(listed -> gathered.put(
                listed.id(), new Gathered(new int[listed.count()], new float[listed.count() * dimension])));
        read(
                connection,
                owner,
                store,
                documents.stream().map(Listed::id).toList(),
                (document, position, vector) ->
                        requireNonNull(gathered.get(document), document).add(position, vector));
        Map<String, DocumentVectors> vectors = new HashMap<>();
        documents.forEach(listed -> {
            Gathered of = requireNonNull(gathered.get(listed.id()), listed.id());
            vectors.put(
                    listed.id(),
                    new DocumentVectors(listed.id(), listed.revision(), listed.attributes(), of.positions, of.numbers));
        });
        return vectors;
    }

    private static final class Gathered {
        private final int[] positions;
        private final float[] numbers;
        private int count;

        private Gathered(int[] positions, float[] numbers) {
            this.positions = positions;
            this.numbers = numbers;
        }

        private void add(int position, float[] vector) {
            positions[count] = position;
            System.arraycopy(vector, 0, numbers, count * vector.length, vector.length);
            count++;
        }
    }

    private static float[] vector(byte[] wire) {
        float[] vector = new float[(wire.length - ARRAY_HEAD) / (ELEMENT_HEAD + Float.BYTES)];
        ByteBuffer bytes = ByteBuffer.wrap(wire);
        for (int place = 0; place < vector.length; place++) {
            vector[place] = bytes.getFloat(ARRAY_HEAD + place * (ELEMENT_HEAD + Float.BYTES) + ELEMENT_HEAD);
        }
        return vector;
    }
}
