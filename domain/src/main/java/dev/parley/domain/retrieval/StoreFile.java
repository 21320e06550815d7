package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A document in a store: a file that was uploaded, or a text that was inserted under an id of the client's own.
 *
 * @param file empty for what was never uploaded
 * @param filename what readers know it by; for what was never uploaded, its id
 * @param attributes by which searches can choose
 * @param usageBytes what its chunks take
 * @param chunking how it is cut, as its client wants it
 * @param batch what it was put into the store with
 */
public record StoreFile(
        VectorStoreId store,
        DocumentId id,
        Optional<FileId> file,
        String filename,
        Status status,
        Optional<LastError> lastError,
        Attributes attributes,
        long usageBytes,
        Chunking chunking,
        Instant createdAt,
        Optional<FileBatchId> batch) {

    /** How far it has come. */
    public enum Status {
        IN_PROGRESS,
        COMPLETED,
        FAILED,
        CANCELLED
    }

    /** Why a file could not be read. */
    public record LastError(Code code, String message) {

        /** The contract's own list. */
        public enum Code {
            SERVER_ERROR,
            UNSUPPORTED_FILE,
            INVALID_FILE
        }

        public LastError {
            requireNonNull(code, "code");
            requireNonNull(message, "message");
        }
    }

    public StoreFile {
        requireNonNull(store, "store");
        requireNonNull(id, "id");
        requireNonNull(file, "file");
        requireNonNull(filename, "filename");
        requireNonNull(status, "status");
        requireNonNull(lastError, "lastError");
        requireNonNull(attributes, "attributes");
        requireNonNull(chunking, "chunking");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(batch, "batch");
        if (lastError.isPresent() != (status == Status.FAILED)) {
            throw new IllegalArgumentException("a file has an error just when it has failed");
        }
    }

    /** An uploaded file that is to be read. */
    public static StoreFile toRead(
            VectorStoreId store,
            StoredFile file,
            Attributes attributes,
            Chunking chunking,
            Instant createdAt,
            Optional<FileBatchId> batch) {
        return new StoreFile(
                store,
                new DocumentId(file.id().value()),
                Optional.of(file.id()),
                file.filename(),
                Status.IN_PROGRESS,
                Optional.empty(),
                attributes,
                0,
                chunking,
                createdAt,
                batch);
    }

    /** A document that was never uploaded and is all there. */
    public static StoreFile inserted(
            VectorStoreId store,
            DocumentId id,
            Attributes attributes,
            Chunking chunking,
            long usageBytes,
            Instant createdAt) {
        return new StoreFile(
                store,
                id,
                Optional.empty(),
                id.value(),
                Status.COMPLETED,
                Optional.empty(),
                attributes,
                usageBytes,
                chunking,
                createdAt,
                Optional.empty());
    }
}
