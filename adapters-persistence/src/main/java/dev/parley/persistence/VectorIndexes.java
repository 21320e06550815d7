package dev.parley.persistence;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the indexes of pgvector, one for each dimension that there is, beside everything else. */
@Singleton
class VectorIndexes {

    private static final Logger LOG = LoggerFactory.getLogger(VectorIndexes.class);

    /** Ours alone, of all locks that somebody may take in this database; with the dimension beside it. */
    private static final int LOCK = 0x7661726c;

    private final DatabaseConfiguration configuration;

    VectorIndexes(DatabaseConfiguration configuration) {
        this.configuration = configuration;
    }

    /** The vectors of a dimension, in the words that the index is built on. */
    static String vector(int dimension) {
        return "(c.embedding::vector(%d))".formatted(dimension);
    }

    /** A vector as pgvector writes it. */
    static String text(float[] vector) {
        StringBuilder text = new StringBuilder(vector.length * 12).append('[');
        for (int place = 0; place < vector.length; place++) {
            text.append(place > 0 ? "," : "").append(vector[place]);
        }
        return text.append(']').toString();
    }

    /** Has the index built if it is not there; does not block. Of several processes that want to, one does it. */
    void build(int dimension) {
        Thread.ofVirtual().name("vector-index-" + dimension).start(() -> {
            // a connection of its own: building takes longer than a statement of the pool may
            DatabaseAddress address = configuration.address();
            try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), address.forDriver())) {
                if (taken(connection, dimension)) {
                    buildIfMissing(connection, "store_chunk_by_vector_" + dimension, dimension);
                }
            } catch (SQLException failed) {
                LOG.warn(
                        "The index of vectors of {} numbers could not be built; they are compared one by one: {}",
                        dimension,
                        failed.getMessage());
            }
        });
    }

    /** The lock ends with the connection. */
    private static boolean taken(Connection connection, int dimension) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            lock.setInt(1, LOCK);
            lock.setInt(2, dimension);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static void buildIfMissing(Connection connection, String name, int dimension) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet broken = statement.executeQuery(String.format(
                    Locale.ROOT,
                    "select 1 from pg_index i where i.indexrelid = to_regclass('%s') and not i.indisvalid",
                    name))) {
                if (broken.next()) {
                    LOG.info("The index {} was left unfinished and is built anew", name);
                    drop(connection, name);
                }
            }
            statement.execute(String.format(
                    Locale.ROOT,
                    "create index concurrently if not exists %s on store_chunk using hnsw "
                            + "((embedding::vector(%d)) vector_cosine_ops) where dimension = %d",
                    name,
                    dimension,
                    dimension));
            LOG.info("The index {} is there", name);
        }
    }

    private static void drop(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop index concurrently if exists " + name);
        }
    }
}
