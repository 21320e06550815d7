package dev.parley.rest.stores;

import dev.parley.domain.retrieval.FileCounts;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A vector store. */
@WireRecord
@Schema(name = "VectorStore")
record VectorStoreJson(
        String id,
        String object,
        long createdAt,
        String name,
        long usageBytes,
        CountsJson fileCounts,
        String status,
        @Nullable ExpiryJson expiresAfter,
        @Nullable Long expiresAt,
        long lastActiveAt,
        Map<String, String> metadata)
        implements WireBody {

    static VectorStoreJson of(VectorStore store, Instant now) {
        return new VectorStoreJson(
                store.id().value(),
                "vector_store",
                store.createdAt().getEpochSecond(),
                store.name(),
                store.holdings().usageBytes(),
                CountsJson.of(store.holdings().files()),
                store.status(now).name().toLowerCase(Locale.ROOT),
                store.expiry().map(ExpiryJson::of).orElse(null),
                store.expiresAt().map(Instant::getEpochSecond).orElse(null),
                store.lastActiveAt().getEpochSecond(),
                store.metadata());
    }

    /** How many files stand how. */
    @WireRecord
    @Schema(name = "VectorStoreFileCounts")
    record CountsJson(long inProgress, long completed, long failed, long cancelled, long total) {

        static CountsJson of(FileCounts counts) {
            return new CountsJson(
                    counts.inProgress(), counts.completed(), counts.failed(), counts.cancelled(), counts.total());
        }
    }

    /** When it is done with. */
    @WireRecord
    @Schema(name = "VectorStoreExpiry")
    record ExpiryJson(String anchor, int days) {

        static ExpiryJson of(VectorStore.Expiry expiry) {
            return new ExpiryJson("last_active_at", expiry.days());
        }
    }
}
