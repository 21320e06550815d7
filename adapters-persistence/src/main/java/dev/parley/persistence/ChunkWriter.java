package dev.parley.persistence;

import dev.parley.application.port.ChunkIndex.Embedded;
import dev.parley.application.port.ChunkIndex.Indexing;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.persistence.ChunkRows.Extent;
import dev.parley.persistence.ChunkRows.Place;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Changes the chunks of documents. Each change is a transaction that first takes the store's row: so one is at work on a store
 * at a time, what it counts stays true, and whoever has read the store's revision knows that there is something new.
 */
@Singleton
@RefusedInOutage
class ChunkWriter {

    private static final String REMEDY =
            "split the documents among several stores, or have the server's operator install the PostgreSQL extension"
                    + " pgvector";

    private final Database database;
    private final PgVector pgvector;
    private final RetrievalConfiguration configuration;
    private final StoreLocks locks;

    ChunkWriter(Database database, PgVector pgvector, RetrievalConfiguration configuration, StoreLocks locks) {
        this.database = database;
        this.pgvector = pgvector;
        this.configuration = configuration;
        this.locks = locks;
    }

    /** Undoes all of a transaction that comes to this. */
    @SuppressWarnings("serial") // never leaves this class
    private static final class Undone extends RuntimeException {
        private final transient Indexing outcome;

        private Undone(Indexing outcome) {
            super("undone", null, false, false);
            this.outcome = outcome;
        }
    }

    /** What is done to a store whose row is taken. */
    @FunctionalInterface
    private interface Change {
        void in(Connection connection, String language) throws SQLException;
    }

    Indexing complete(Place place, long fence, long usageBytes, List<Embedded> chunks) {
        return change(place, (connection, language) -> {
            requireClaimed(connection, place, fence);
            replace(connection, place, language, chunks);
            finish(connection, place, chunks.size(), usageBytes);
        });
    }

    Indexing put(Place place, StoreFile document, List<Embedded> chunks) {
        return change(place, (connection, language) -> {
            insertDocument(connection, place, document, """
                on conflict (owner, store_id, id) do update set
                    file_id = null, filename = excluded.filename, status = 'completed', error_code = null,
                    error_message = null, attributes = excluded.attributes, chunk_tokens = excluded.chunk_tokens,
                    overlap_tokens = excluded.overlap_tokens, created_at = excluded.created_at, batch_id = null,
                    fence = excluded.fence, lease_until = null
                """);
            replace(connection, place, language, chunks);
            finish(connection, place, chunks.size(), document.usageBytes());
        });
    }

    Indexing merge(Place place, StoreFile document, List<Embedded> chunks) {
        return change(place, (connection, language) -> {
            insertDocument(connection, place, document, "on conflict do nothing");
            ChunkRows.deleteWithTexts(connection, place, chunks);
            Extent there = ChunkRows.extent(connection, place);
            requireRoom(connection, place, there.count() + chunks.size());
            ChunkRows.insert(connection, place, language, there.end(), chunks);
            grow(connection, place, there.count() + chunks.size(), document.usageBytes());
        });
    }

    List<Chunk> content(Place place) {
        return Transactions.run(database, connection -> ChunkRows.content(connection, place));
    }

    private Indexing change(Place place, Change change) {
        try {
            return locks.alone(
                    place.owner(),
                    place.store(),
                    () -> Transactions.run(database, connection -> changed(connection, place, change)));
        } catch (Undone undone) {
            return undone.outcome;
        }
    }

    private static Indexing changed(Connection connection, Place place, Change change) throws SQLException {
        StoreLocks.limitWait(connection);
        Optional<String> language = take(connection, place);
        if (language.isEmpty()) {
            return new Indexing.Gone();
        }
        change.in(connection, language.get());
        return new Indexing.Done();
    }

    /** Takes the store's row, and tells the language of its words; empty when there is no such store. */
    private static Optional<String> take(Connection connection, Place place) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
            update vector_store set revision = nextval('library_revision') where owner = ? and id = ? returning language
            """)) {
            update.setString(1, place.owner());
            update.setString(2, place.store());
            try (ResultSet row = update.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static void requireClaimed(Connection connection, Place place, long fence) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
            select 1 from store_file
            where owner = ? and store_id = ? and id = ? and fence = ? and status = 'in_progress' for update
            """)) {
            set(select, 1, place);
            select.setLong(4, fence);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new Undone(new Indexing.Gone());
                }
            }
        }
    }

    private void replace(Connection connection, Place place, String language, List<Embedded> chunks)
            throws SQLException {
        requireRoom(connection, place, chunks.size());
        ChunkRows.deleteAll(connection, place);
        ChunkRows.insert(connection, place, language, 0, chunks);
    }

    private void requireRoom(Connection connection, Place place, int count) throws SQLException {
        if (pgvector.isThere()) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement("""
            select coalesce(sum(chunk_count), 0) from store_file where owner = ? and store_id = ? and id <> ?
            """)) {
            set(select, 1, place);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                if (row.getLong(1) + count > configuration.exactSearchLimit()) {
                    throw new Undone(new Indexing.Full(configuration.exactSearchLimit(), REMEDY));
                }
            }
        }
    }

    private static void insertDocument(Connection connection, Place place, StoreFile document, String onConflict)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
            insert into store_file (owner, store_id, id, filename, status, attributes, chunk_tokens, overlap_tokens, created_at)
            values (?, ?, ?, ?, 'completed', cast(? as jsonb), ?, ?, ?)
            """ + onConflict)) {
            set(insert, 1, place);
            insert.setString(4, StorableTexts.of(document.filename()));
            insert.setString(5, LibraryJson.of(document.attributes()));
            insert.setInt(6, document.chunking().maxTokens());
            insert.setInt(7, document.chunking().overlapTokens());
            insert.setObject(8, document.createdAt().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    private static void finish(Connection connection, Place place, int count, long usageBytes) throws SQLException {
        update(connection, place, count, usageBytes, "usage_bytes = ?");
    }

    private static void grow(Connection connection, Place place, int count, long addedBytes) throws SQLException {
        update(connection, place, count, addedBytes, "usage_bytes = usage_bytes + ?");
    }

    private static void update(Connection connection, Place place, int count, long bytes, String usage)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
            update store_file set chunk_count = ?, status = 'completed', error_code = null, error_message = null,
                lease_until = null, revision = nextval('library_revision'), %s
            where owner = ? and store_id = ? and id = ?
            """.formatted(usage))) {
            update.setInt(1, count);
            update.setLong(2, bytes);
            set(update, 3, place);
            update.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, int first, Place place) throws SQLException {
        statement.setString(first, place.owner());
        statement.setString(first + 1, place.store());
        statement.setString(first + 2, place.document());
    }
}
