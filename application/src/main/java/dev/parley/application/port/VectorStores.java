package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The vector stores of each owner, without what is in them. Every method blocks on the store. */
public interface VectorStores {

    /**
     * Keeps a new store, which is empty whatever it says of its holdings.
     *
     * @return false when the owner has one of that id, which stays as it is
     */
    boolean add(Owner owner, VectorStore store);

    /** The store with what it holds just now; empty when the owner has none of that id. */
    Optional<VectorStore> find(Owner owner, VectorStoreId id);

    /**
     * Some of the owner's stores.
     *
     * @return empty when there is no store like the one to begin after or to end before
     */
    Optional<Page<VectorStore>> list(Owner owner, Listing listing);

    /** The store with this in the place of its own, what others change meanwhile left as they have it; empty when the owner has none of that id. */
    Optional<VectorStore> describe(Owner owner, VectorStoreId id, Description description);

    /** Notes that the store was used. Does nothing when there is none, or it was used later. */
    void touch(Owner owner, VectorStoreId id, Instant at);

    /**
     * Deletes the store with everything that is in it; uploaded files stay.
     *
     * @return false when the owner has none of that id
     */
    boolean delete(Owner owner, VectorStoreId id);

    /**
     * Empties stores of any owner that have expired by then: their documents are gone with their chunks, uploaded files stay. The
     * stores themselves stay too, so that whoever asks for one is told that it has expired.
     *
     * @param most how many, at least 1
     * @return how many had something in them; fewer than {@code most} when no more is left
     */
    int emptyExpired(Instant now, int most);

    /**
     * What of a store is to change; what is empty stays.
     *
     * @param metadata all of it
     */
    record Description(Optional<String> name, Optional<Map<String, String>> metadata, Expiring expiring) {
        public Description {
            requireNonNull(name, "name");
            metadata = metadata.map(Map::copyOf);
            requireNonNull(expiring, "expiring");
        }
    }

    /** When a store is to expire. */
    sealed interface Expiring {

        record AsBefore() implements Expiring {}

        record Never() implements Expiring {}

        record After(VectorStore.Expiry expiry) implements Expiring {
            public After {
                requireNonNull(expiry, "expiry");
            }
        }
    }
}
