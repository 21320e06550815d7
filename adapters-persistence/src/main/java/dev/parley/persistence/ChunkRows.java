package dev.parley.persistence;

import dev.parley.application.port.ChunkIndex.Embedded;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.VectorStoreId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** The statements on table store_chunk, each on a connection whose transaction is another's. */
final class ChunkRows {

    /** A chunk and what a hit says of its document; the score is the last column. */
    static final String HIT_COLUMNS =
            "c.document_id, f.filename, f.attributes, c.position, c.content, c.tokens, c.metadata";

    static final String OF_DOCUMENT =
            " join store_file f on f.owner = c.owner and f.store_id = c.store_id and f.id = c.document_id ";

    private static final int ROWS_AT_ONCE = 500;

    private ChunkRows() {}

    /** Which document, as the database has it. */
    record Place(String owner, String store, String document) {

        static Place of(String owner, StoreFile file) {
            return new Place(
                    owner,
                    StorableTexts.of(file.store().value()),
                    StorableTexts.of(file.id().value()));
        }

        private void set(PreparedStatement statement, int first) throws SQLException {
            statement.setString(first, owner);
            statement.setString(first + 1, store);
            statement.setString(first + 2, document);
        }
    }

    /** @param firstPosition of the first of the chunks, which have one after the other */
    static void insert(Connection connection, Place place, String language, int firstPosition, List<Embedded> chunks)
            throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        try (PreparedStatement insert = connection.prepareStatement("""
            insert into store_chunk (owner, store_id, document_id, position, content, tokens, metadata, dimension, embedding, words)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, to_tsvector(cast(? as regconfig), ?))
            """)) {
            int waiting = 0;
            for (int index = 0; index < chunks.size(); index++) {
                Embedded embedded = chunks.get(index);
                String content = StorableTexts.of(embedded.chunk().text());
                Array vector = postgres.createArrayOf("float4", embedded.vector());
                place.set(insert, 1);
                insert.setInt(4, firstPosition + index);
                insert.setString(5, content);
                insert.setInt(6, embedded.chunk().tokens());
                insert.setString(7, StorableTexts.of(embedded.chunk().metadata().text()));
                insert.setInt(8, embedded.vector().length);
                insert.setArray(9, vector);
                insert.setString(10, language);
                insert.setString(11, content);
                insert.addBatch();
                waiting++;
                if (waiting == ROWS_AT_ONCE) {
                    insert.executeBatch();
                    waiting = 0;
                }
            }
            if (waiting > 0) {
                insert.executeBatch();
            }
        }
    }

    static void deleteAll(Connection connection, Place place) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from store_chunk where owner = ? and store_id = ? and document_id = ?")) {
            place.set(delete, 1);
            delete.executeUpdate();
        }
    }

    static void deleteWithTexts(Connection connection, Place place, List<Embedded> chunks) throws SQLException {
        Array texts = connection.createArrayOf(
                "text",
                chunks.stream()
                        .map(embedded -> StorableTexts.of(embedded.chunk().text()))
                        .toArray());
        try (PreparedStatement delete = connection.prepareStatement("""
            delete from store_chunk where owner = ? and store_id = ? and document_id = ? and content = any(?)
            """)) {
            place.set(delete, 1);
            delete.setArray(4, texts);
            delete.executeUpdate();
        }
    }

    /** How many chunks a document has, and the position behind the last of them. */
    record Extent(int count, int end) {}

    static Extent extent(Connection connection, Place place) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
            select count(*), coalesce(max(position) + 1, 0) from store_chunk
            where owner = ? and store_id = ? and document_id = ?
            """)) {
            place.set(select, 1);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Extent(row.getInt(1), row.getInt(2));
            }
        }
    }

    static List<Chunk> content(Connection connection, Place place) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
            select position, content, tokens, metadata from store_chunk
            where owner = ? and store_id = ? and document_id = ? order by position
            """)) {
            place.set(select, 1);
            try (ResultSet row = select.executeQuery()) {
                List<Chunk> chunks = new ArrayList<>();
                while (row.next()) {
                    chunks.add(
                            new Chunk(row.getInt(1), row.getString(2), row.getInt(3), new JsonText(row.getString(4))));
                }
                return chunks;
            }
        }
    }

    /** Reads rows of {@link #HIT_COLUMNS} and a score, which is cut to what a score can be. */
    static List<Hit> hits(VectorStoreId store, PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            List<Hit> hits = new ArrayList<>();
            while (row.next()) {
                hits.add(new Hit(
                        store,
                        new DocumentId(row.getString(1)),
                        row.getString(2),
                        LibraryJson.attributes(row.getString(3)),
                        new Chunk(row.getInt(4), row.getString(5), row.getInt(6), new JsonText(row.getString(7))),
                        Math.clamp(row.getDouble(8), 0.0, 1.0)));
            }
            return hits;
        }
    }
}
