package dev.parley.persistence;

import dev.parley.domain.retrieval.StoredFile;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The contents of uploaded files, kept in pieces. */
@Singleton
@RefusedInOutage
class FilePieces {

    private static final int PIECE = 1 << 20;
    private static final int PIECES_AT_ONCE = 4;

    private final Database database;

    FilePieces(Database database) {
        this.database = database;
    }

    /** Keeps the file and what is in it, all or nothing. */
    void add(String owner, StoredFile file, byte[] content) {
        Transactions.run(database, connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                insert into uploaded_file (owner, id, filename, purpose, bytes, media_type, created_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
                insert.setString(1, owner);
                insert.setString(2, file.id().value());
                insert.setString(3, StorableTexts.of(file.filename()));
                insert.setString(4, file.purpose());
                insert.setLong(5, file.bytes());
                insert.setString(6, file.mediaType().map(StorableTexts::of).orElse(null));
                insert.setObject(7, time(file.createdAt()), Types.TIMESTAMP_WITH_TIMEZONE);
                insert.setObject(8, file.expiresAt().map(FilePieces::time).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE);
                insert.executeUpdate();
            }
            addPieces(connection, owner, file.id().value(), content);
            return true;
        });
    }

    /** What is in the file; empty when there is no such file. */
    Optional<byte[]> read(String owner, String id) {
        return Transactions.run(database, connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                select f.bytes, p.content from uploaded_file f
                left join uploaded_piece p on p.owner = f.owner and p.file_id = f.id
                where f.owner = ? and f.id = ? order by p.position
                """)) {
                select.setString(1, owner);
                select.setString(2, id);
                select.setFetchSize(PIECES_AT_ONCE);
                return content(select);
            }
        });
    }

    private static Optional<byte[]> content(PreparedStatement select) throws SQLException {
        try (ResultSet pieces = select.executeQuery()) {
            @Nullable ByteArrayOutputStream content = null;
            while (pieces.next()) {
                if (content == null) {
                    content = new ByteArrayOutputStream(pieces.getInt(1));
                }
                byte @Nullable [] piece = pieces.getBytes(2);
                if (piece != null) {
                    content.writeBytes(piece);
                }
            }
            return Optional.ofNullable(content).map(ByteArrayOutputStream::toByteArray);
        }
    }

    private static void addPieces(Connection connection, String owner, String id, byte[] content) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into uploaded_piece (owner, file_id, position, content) values (?, ?, ?, ?)")) {
            for (int from = 0, position = 0; from < content.length; from += PIECE, position++) {
                int length = Math.min(PIECE, content.length - from);
                insert.setString(1, owner);
                insert.setString(2, id);
                insert.setInt(3, position);
                insert.setBinaryStream(4, new ByteArrayInputStream(content, from, length), length);
                insert.executeUpdate();
            }
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
