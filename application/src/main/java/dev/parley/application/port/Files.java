package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.StoredFile;
import java.time.Instant;
import java.util.Optional;

/** The files that clients have uploaded. Every method blocks on the store. */
public interface Files {

    /** Keeps a new file with its content, all or nothing. */
    void add(Owner owner, StoredFile file, byte[] content);

    /** The file; empty when the owner has none of that id. */
    Optional<StoredFile> find(Owner owner, FileId id);

    /** What is in the file; empty when the owner has none of that id. */
    Optional<byte[]> content(Owner owner, FileId id);

    /**
     * Some of the owner's files.
     *
     * @param purpose the purpose of all of them; blank for any
     * @return empty when there is no file like the one to begin after or to end before
     */
    Optional<Page<StoredFile>> list(Owner owner, String purpose, Listing listing);

    /**
     * Deletes the file and takes it out of every vector store, with its chunks.
     *
     * @return false when the owner has none of that id
     */
    boolean delete(Owner owner, FileId id);

    /**
     * Deletes files of any owner that have expired by then, as {@link #delete} does; those first that expired first.
     *
     * @param most how many, at least 1
     * @return how many there were; fewer than {@code most} when no more is left
     */
    int deleteExpired(Instant now, int most);
}
