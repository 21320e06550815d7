package dev.parley.persistence;

import dev.parley.application.port.Files;
import dev.parley.application.port.Listing;
import dev.parley.application.port.Page;
import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.StoredFile;
import dev.parley.persistence.FileRows.ExpiredRow;
import dev.parley.persistence.FileRows.FileRow;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Uploaded files in PostgreSQL. */
@Singleton
final class PostgresFiles implements Files {

    private final FileRows rows;
    private final FilePieces pieces;

    PostgresFiles(FileRows rows, FilePieces pieces) {
        this.rows = rows;
        this.pieces = pieces;
    }

    @Override
    public void add(Owner owner, StoredFile file, byte[] content) {
        pieces.add(owner.id(), file, content);
    }

    @Override
    public Optional<StoredFile> find(Owner owner, FileId id) {
        return rows.find(owner.id(), StorableTexts.of(id.value())).map(PostgresFiles::read);
    }

    @Override
    public Optional<byte[]> content(Owner owner, FileId id) {
        return pieces.read(owner.id(), StorableTexts.of(id.value()));
    }

    @Override
    public Optional<Page<StoredFile>> list(Owner owner, String purpose, Listing listing) {
        Listings asked = Listings.of(listing);
        if (!asked.isWithin(id -> rows.has(owner.id(), id))) {
            return Optional.empty();
        }
        String wanted = StorableTexts.of(purpose.strip());
        List<FileRow> found = asked.ascending()
                ? rows.oldestFirst(owner.id(), wanted, asked.lower(), asked.upper(), asked.count())
                : rows.newestFirst(owner.id(), wanted, asked.lower(), asked.upper(), asked.count());
        return Optional.of(asked.page(found, row -> Optional.of(read(row))));
    }

    @Override
    public boolean delete(Owner owner, FileId id) {
        return rows.delete(owner.id(), StorableTexts.of(id.value())) > 0;
    }

    @Override
    public int deleteExpired(Instant now, int most) {
        List<ExpiredRow> expired = rows.expired(now, most);
        // one after the other, so that never more stores are held than those that one file is in
        expired.forEach(row -> rows.delete(row.owner(), row.id()));
        return expired.size();
    }

    private static StoredFile read(FileRow row) {
        return new StoredFile(
                new FileId(row.id()),
                row.filename(),
                row.purpose(),
                row.bytes(),
                Optional.ofNullable(row.mediaType()),
                row.createdAt(),
                Optional.ofNullable(row.expiresAt()));
    }
}
