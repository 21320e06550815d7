package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A file that a client has uploaded. Its content is kept apart from it.
 *
 * @param purpose the client's own word for what it is for, one of those that the contract knows
 * @param bytes how long its content is
 * @param mediaType what the client calls its kind
 * @param expiresAt when it is gone by itself
 */
public record StoredFile(
        FileId id,
        String filename,
        String purpose,
        long bytes,
        Optional<String> mediaType,
        Instant createdAt,
        Optional<Instant> expiresAt) {

    public StoredFile {
        requireNonNull(id, "id");
        requireNonNull(filename, "filename");
        requireNonNull(purpose, "purpose");
        requireNonNull(mediaType, "mediaType");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(expiresAt, "expiresAt");
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative: " + bytes);
        }
    }

    /** Whether it is gone by then. */
    public boolean hasExpired(Instant now) {
        return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
    }
}
