package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Files that were put into a store together.
 *
 * @param cancelled whether the client has called off what was not yet done
 */
public record FileBatch(FileBatchId id, VectorStoreId store, Instant createdAt, boolean cancelled, FileCounts counts) {

    public FileBatch {
        requireNonNull(id, "id");
        requireNonNull(store, "store");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(counts, "counts");
    }

    /**
     * How the batch as a whole stands. A file that could not be read is told of by itself, and fails no batch; and a batch of
     * which all was done when it was called off is done.
     */
    public StoreFile.Status status() {
        boolean wasDone = counts.total() > 0 && counts.cancelled() == 0 && counts.inProgress() == 0;
        if (cancelled && !wasDone) {
            return StoreFile.Status.CANCELLED;
        }
        return counts.inProgress() > 0 ? StoreFile.Status.IN_PROGRESS : StoreFile.Status.COMPLETED;
    }
}
