package dev.parley.application.retrieval;

import dev.parley.application.port.Files;
import dev.parley.application.port.VectorStores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what nobody can use any more: the contents of files, and of vector stores, that have expired. */
public final class SweepExpired {

    private static final Logger LOG = LoggerFactory.getLogger(SweepExpired.class);

    /** A file is deleted by itself, with its place in every store. */
    private static final int FILES_AT_ONCE = 50;

    /** What is in a store may be large, and is deleted in one go. */
    private static final int STORES_AT_ONCE = 1;

    private final Files files;
    private final VectorStores stores;
    private final InstantSource clock;

    public SweepExpired(Files files, VectorStores stores, InstantSource clock) {
        this.files = files;
        this.stores = stores;
        this.clock = clock;
    }

    /** What was removed. */
    public record Swept(int files, int stores) {}

    /**
     * Blocks on the store until nothing is left that has expired by now. Several processes may do so at a time; each file and each
     * store is counted by one of them.
     */
    public Swept sweep() {
        Instant now = clock.instant();
        Swept swept = new Swept(
                all(FILES_AT_ONCE, most -> files.deleteExpired(now, most)),
                all(STORES_AT_ONCE, most -> stores.emptyExpired(now, most)));
        if (swept.files() > 0 || swept.stores() > 0) {
            LOG.info(
                    "Removed {} expired files and what was in {} expired vector stores", swept.files(), swept.stores());
        }
        return swept;
    }

    private static int all(int most, IntUnaryOperator some) {
        int all = 0;
        int found;
        do {
            found = some.applyAsInt(most);
            all += found;
        } while (found == most);
        return all;
    }
}
