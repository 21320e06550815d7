package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.FileBatch;
import dev.parley.domain.retrieval.FileBatchId;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The documents of vector stores and how far each has come; their chunks are in the {@link ChunkIndex}. A file that is in
 * progress waits, in the store, to be read by whichever process claims it. Every method blocks on the store.
 */
public interface StoreFiles {

    /**
     * Keeps files that are to be read, all or nothing. One that the store has already is to be read again; its chunks are found
     * until that is done.
     *
     * @return false when the owner has no such store
     */
    boolean begin(Owner owner, VectorStoreId store, List<StoreFile> files);

    /** The same, together with the batch that they belong to. */
    boolean begin(Owner owner, FileBatch batch, List<StoreFile> files);

    /** The document; empty when the owner's store has none of that id. */
    Optional<StoreFile> find(Owner owner, VectorStoreId store, DocumentId id);

    /**
     * Some of a store's documents.
     *
     * @return empty when the store has no document like the one to begin after or to end before
     */
    Optional<Page<StoreFile>> list(Owner owner, VectorStoreId store, Choice choice, Listing listing);

    /** The document with these attributes in the place of its own; empty when the owner's store has none of that id. */
    Optional<StoreFile> describe(Owner owner, VectorStoreId store, DocumentId id, Attributes attributes);

    /**
     * Says that the file can't be read.
     *
     * @return false when the claim counts no more, as {@link #renew}; nothing was changed
     */
    boolean fail(Claim claim, StoreFile.LastError error);

    /**
     * Takes the document out of the store with its chunks.
     *
     * @return false when the owner's store has none of that id
     */
    boolean remove(Owner owner, VectorStoreId store, DocumentId id);

    /** The batch as it stands now; empty when the owner's store has none of that id. */
    Optional<FileBatch> findBatch(Owner owner, VectorStoreId store, FileBatchId id);

    /** Calls off what of the batch is in progress; empty when the owner's store has none of that id. */
    Optional<FileBatch> cancelBatch(Owner owner, VectorStoreId store, FileBatchId id);

    /**
     * Takes up a file of any owner that is in progress and that nobody reads: one that was never taken up, or whose reader has
     * not been heard of for too long. The oldest first.
     *
     * @param lease how long nobody else takes it up, unless it is renewed
     * @return empty when there is none
     */
    Optional<Claim> claim(Duration lease);

    /**
     * Says that the file is still being read.
     *
     * @return false when that is of no use any more: it was taken out, called off, begun anew or taken up by somebody else
     */
    boolean renew(Claim claim, Duration lease);

    /**
     * Leaves the file unread, to be taken up again by anybody. That it was taken up this time does not count as an attempt.
     *
     * @param rest how long nobody takes it up
     * @return false when that is of no use any more, as {@link #renew}
     */
    boolean giveBack(Claim claim, Duration rest);

    /**
     * A file that is this process's to read.
     *
     * @param attempt how often it was taken up since it was begun, from 1, and never given back
     * @param fence no other claim of the file, before or after, has this number
     */
    record Claim(Owner owner, StoreFile file, int attempt, long fence) {
        public Claim {
            requireNonNull(owner, "owner");
            requireNonNull(file, "file");
        }
    }

    /** Which documents of a store are listed; those of any status or batch where none is named. */
    record Choice(Optional<StoreFile.Status> status, Optional<FileBatchId> batch) {

        public static final Choice ALL = new Choice(Optional.empty(), Optional.empty());

        public Choice {
            requireNonNull(status, "status");
            requireNonNull(batch, "batch");
        }
    }
}
