package dev.parley.application.retrieval;

import dev.parley.application.port.VectorStores;
import dev.parley.application.port.VectorStores.Description;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;

/** Changes what vector stores are called, and deletes them. Every method blocks on the store. */
public final class EditVectorStore {

    private final VectorStores stores;

    public EditVectorStore(VectorStores stores) {
        this.stores = stores;
    }

    /** @throws Refusal when the owner has no such store */
    public VectorStore describe(Owner owner, VectorStoreId id, Description description) {
        return stores.describe(owner, id, description).orElseThrow(() -> ReadVectorStores.notFound(id));
    }

    /**
     * Deletes the store with all that is in it; uploaded files stay.
     *
     * @throws Refusal when the owner has no such store
     */
    public void delete(Owner owner, VectorStoreId id) {
        if (!stores.delete(owner, id)) {
            throw ReadVectorStores.notFound(id);
        }
    }
}
