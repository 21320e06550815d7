package dev.parley.persistence;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Vectors of the stores that were searched last, as many as there is room for. Safe for use by many threads. */
final class VectorCache {

    /** Which store. */
    record Key(String owner, String store) {}

    private final long room;
    private final Map<Key, StoreVectors> stores = new LinkedHashMap<>(16, 0.75f, true);
    private long taken;

    /** @param room in bytes */
    VectorCache(long room) {
        this.room = room;
    }

    /** Whether vectors of so many bytes can be kept at all. */
    boolean canKeep(long bytes) {
        return bytes <= room;
    }

    synchronized Optional<StoreVectors> find(Key key) {
        return Optional.ofNullable(stores.get(key));
    }

    /** Keeps the vectors, and lets go of those of the stores that were not searched for longest. */
    synchronized void keep(Key key, StoreVectors vectors) {
        drop(key);
        stores.put(key, vectors);
        taken += vectors.bytes();
        Iterator<StoreVectors> eldest = stores.values().iterator();
        while (taken > room && eldest.hasNext()) {
            taken -= eldest.next().bytes();
            eldest.remove();
        }
    }

    synchronized void drop(Key key) {
        StoreVectors before = stores.remove(key);
        if (before != null) {
            taken -= before.bytes();
        }
    }
}
