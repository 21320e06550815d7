package dev.parley.application.retrieval;

import dev.parley.application.port.Listing;
import dev.parley.application.port.Page;
import dev.parley.application.port.VectorStores;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads vector stores back. Every method blocks on the store. */
public final class ReadVectorStores {

    private final VectorStores stores;

    public ReadVectorStores(VectorStores stores) {
        this.stores = stores;
    }

    /** @throws Refusal when the owner has no such store */
    public VectorStore get(Owner owner, VectorStoreId id) {
        return stores.find(owner, id).orElseThrow(() -> notFound(id));
    }

    /** @throws Refusal when there is no store like the one to begin after or to end before */
    public Page<VectorStore> list(Owner owner, Listing listing) {
        return stores.list(owner, listing).orElseThrow(() -> noPlace("Vector store", listing));
    }

    static Refusal notFound(VectorStoreId id) {
        return Refusal.of(
                Refusal.Code.NOT_FOUND, "Vector store with id '%s' not found.".formatted(id), "vector_store_id");
    }

    /** The entry that a list was to begin after or end before is not there. */
    static Refusal noPlace(String kind, Listing listing) {
        String ids = String.join(
                "' or '",
                Stream.of(listing.after(), listing.before())
                        .flatMap(Optional::stream)
                        .toList());
        return Refusal.of(
                Refusal.Code.NOT_FOUND,
                "%s with id '%s' not found.".formatted(kind, ids),
                listing.after().isPresent() ? "after" : "before");
    }
}
