package dev.parley.application.retrieval;

import dev.parley.application.port.ChunkIndex;
import dev.parley.application.port.Listing;
import dev.parley.application.port.Page;
import dev.parley.application.port.StoreFiles;
import dev.parley.application.port.StoreFiles.Choice;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.FileBatch;
import dev.parley.domain.retrieval.FileBatchId;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.VectorStoreId;
import java.util.List;

/** Reads back what is in vector stores. Every method blocks on the store. */
public final class ReadStoreFiles {

    private final ReadVectorStores stores;
    private final StoreFiles files;
    private final ChunkIndex index;

    public ReadStoreFiles(ReadVectorStores stores, StoreFiles files, ChunkIndex index) {
        this.stores = stores;
        this.files = files;
        this.index = index;
    }

    /** @throws Refusal when there is no such document in that store */
    public StoreFile get(Owner owner, VectorStoreId store, DocumentId id) {
        return files.find(owner, store, id).orElseThrow(() -> notFound(id));
    }

    /**
     * Some of a store's documents.
     *
     * @throws Refusal when there is no such store or batch, or no document like the one to begin after or to end before
     */
    public Page<StoreFile> list(Owner owner, VectorStoreId store, Choice choice, Listing listing) {
        stores.get(owner, store);
        choice.batch().ifPresent(batch -> batch(owner, store, batch));
        return files.list(owner, store, choice, listing).orElseThrow(() -> ReadVectorStores.noPlace("File", listing));
    }

    /**
     * The text of a document as it was read: its chunks, in their order, each of which begins with the end of the one before.
     *
     * @throws Refusal when there is no such document in that store
     */
    public List<Chunk> content(Owner owner, VectorStoreId store, DocumentId id) {
        get(owner, store, id);
        return index.content(owner, store, id);
    }

    /** @throws Refusal when there is no such batch in that store */
    public FileBatch batch(Owner owner, VectorStoreId store, FileBatchId id) {
        return files.findBatch(owner, store, id).orElseThrow(() -> notFound(id));
    }

    static Refusal notFound(DocumentId id) {
        return Refusal.of(
                Refusal.Code.NOT_FOUND, "File with id '%s' not found in this vector store.".formatted(id), "file_id");
    }

    static Refusal notFound(FileBatchId id) {
        return Refusal.of(
                Refusal.Code.NOT_FOUND,
                "File batch with id '%s' not found in this vector store.".formatted(id),
                "batch_id");
    }
}
