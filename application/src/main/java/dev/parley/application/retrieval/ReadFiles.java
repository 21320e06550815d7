package dev.parley.application.retrieval;

import dev.parley.application.port.Files;
import dev.parley.application.port.Listing;
import dev.parley.application.port.Page;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.StoredFile;
import java.time.InstantSource;

/** Reads uploaded files back, and deletes them. Every method blocks on the store. */
public final class ReadFiles {

    private final Files files;
    private final InstantSource clock;

    public ReadFiles(Files files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    /** @throws Refusal when the owner has no such file, or it has expired */
    public StoredFile get(Owner owner, FileId id) {
        return files.find(owner, id)
                .filter(file -> !file.hasExpired(clock.instant()))
                .orElseThrow(() -> notFound(id));
    }

    /** @throws Refusal when the owner has no such file, or it has expired */
    public byte[] content(Owner owner, FileId id) {
        get(owner, id);
        return files.content(owner, id).orElseThrow(() -> notFound(id));
    }

    /**
     * Some of the owner's files; one that has just expired may be among them.
     *
     * @param purpose that of all of them; blank for any
     * @throws Refusal when there is no file like the one to begin after or to end before
     */
    public Page<StoredFile> list(Owner owner, String purpose, Listing listing) {
        return files.list(owner, purpose, listing).orElseThrow(() -> ReadVectorStores.noPlace("File", listing));
    }

    /**
     * Deletes the file, and takes it out of every vector store.
     *
     * @throws Refusal when the owner has no such file
     */
    public void delete(Owner owner, FileId id) {
        if (!files.delete(owner, id)) {
            throw notFound(id);
        }
    }

    static Refusal notFound(FileId id) {
        return Refusal.of(Refusal.Code.NOT_FOUND, "File with id '%s' not found.".formatted(id), "file_id");
    }
}
