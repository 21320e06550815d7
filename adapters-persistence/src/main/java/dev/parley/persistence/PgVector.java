package dev.parley.persistence;

import dev.parley.application.port.ChunkIndex.Choice;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.VectorStoreId;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds chunks by the PostgreSQL extension pgvector. Whether the database has it is found out when it is first needed; where it
 * has not, and this login can't create it, nothing is amiss. The index of a dimension is built beside everything else when that
 * dimension is first searched; until then, and for dimensions that can't be indexed, all vectors of the store are compared.
 */
@Singleton
@RefusedInOutage
class PgVector {

    private static final Logger LOG = LoggerFactory.getLogger(PgVector.class);

    /** What an index of pgvector takes. */
    private static final int MOST_DIMENSIONS = 2_000;

    private static final int LEAST_LOOKED_AT = 100;
    private static final int MOST_LOOKED_AT = 1_000;
    private static final int LOOKED_AT_FOR_EACH = 4;

    private final Database database;
    private final VectorIndexes indexes;
    private final RetrievalConfiguration configuration;
    private final Set<Integer> begun = ConcurrentHashMap.newKeySet();

    @Nullable
    private volatile Boolean there;

    PgVector(Database database, VectorIndexes indexes, RetrievalConfiguration configuration) {
        this.database = database;
        this.indexes = indexes;
        this.configuration = configuration;
    }

    /** Whether the extension is in use; asks the database the first time. */
    boolean isThere() {
        Boolean known = there;
        if (known == null) {
            known = configuration.pgvector() && isInstalled();
            there = known;
            LOG.info(
                    known
                            ? "Vector stores are searched by pgvector"
                            : "Vector stores are searched by comparing all of their vectors; pgvector is not in use");
        }
        return known;
    }

    private boolean isInstalled() {
        return Transactions.run(database, connection -> {
            if (answers(connection, "select exists (select 1 from pg_extension where extname = 'vector')")) {
                return true;
            }
            if (!answers(connection, "select exists (select 1 from pg_available_extensions where name = 'vector')")) {
                return false;
            }
            try (Statement create = connection.createStatement()) {
                create.execute("create extension if not exists vector");
                return true;
            } catch (SQLException refused) {
                connection.rollback();
                LOG.warn(
                        "pgvector is available, but this login can't create it ({}); a superuser can, with: create"
                                + " extension vector",
                        refused.getMessage());
                return false;
            }
        });
    }

    private static boolean answers(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    List<Hit> search(String owner, VectorStoreId store, float[] query, Choice choice) {
        if (query.length <= MOST_DIMENSIONS && begun.add(query.length)) {
            indexes.build(query.length);
        }
        return Transactions.run(database, connection -> {
            lookAt(connection, choice.limit());
            List<Hit> hits = found(connection, owner, store, query, choice);
            if (hits.size() < choice.limit()) {
                // an index gives up after some vectors, all of which the filter or another store may have
                set(connection, "enable_indexscan", "off");
                hits = found(connection, owner, store, query, choice);
            }
            return hits.stream().filter(hit -> hit.score() > 0).toList();
        });
    }

    /** How many vectors an index looks at. Setting what an older version does not know is no mistake here. */
    private static void lookAt(Connection connection, int limit) throws SQLException {
        int count = Math.clamp((long) limit * LOOKED_AT_FOR_EACH, LEAST_LOOKED_AT, MOST_LOOKED_AT);
        set(connection, "hnsw.ef_search", Integer.toString(count));
    }

    private static void set(Connection connection, String setting, String value) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("select set_config(?, ?, true)")) {
            set.setString(1, setting);
            set.setString(2, value);
            set.execute();
        }
    }

    /** The dimension and the cast are those of the index, word by word, so that it can be used. */
    private static List<Hit> found(
            Connection connection, String owner, VectorStoreId store, float[] query, Choice choice)
            throws SQLException {
        FilterSql filter = FilterSql.of(choice.filter());
        String distance = "(%s <=> cast(? as vector(%d)))".formatted(VectorIndexes.vector(query.length), query.length);
        try (PreparedStatement select = connection.prepareStatement("""
            select %s, 1 - %s as score from store_chunk c %s
            where c.owner = ? and c.store_id = ? and c.dimension = %d and %s
            order by %s limit ?
            """.formatted(
                ChunkRows.HIT_COLUMNS, distance, ChunkRows.OF_DOCUMENT, query.length, filter.sql(), distance))) {
            String vector = VectorIndexes.text(query);
            select.setString(1, vector);
            select.setString(2, owner);
            select.setString(3, StorableTexts.of(store.value()));
            int next = filter.set(select, 4);
            select.setString(next, vector);
            select.setInt(next + 1, choice.limit());
            return ChunkRows.hits(store, select);
        }
    }
}
