package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A place where documents are found again by what they say. The vector stores of OpenAI and the vector databases of Llama
 * Stack are both this.
 *
 * @param chunking how its documents are cut when nothing else is said
 * @param metadata the client's own
 * @param lastActiveAt when it was last searched or added to, to about a minute
 * @param expiry when it is done with; empty for never
 */
public record VectorStore(
        VectorStoreId id,
        String name,
        Embedding embedding,
        Chunking chunking,
        Map<String, String> metadata,
        Instant createdAt,
        Instant lastActiveAt,
        Optional<Expiry> expiry,
        Holdings holdings) {

    /** How a store stands. */
    public enum Status {
        IN_PROGRESS,
        COMPLETED,
        EXPIRED
    }

    /**
     * What its vectors are made with, for ever.
     *
     * @param model the id of the model
     * @param dimension how many numbers each vector has
     */
    public record Embedding(String model, int dimension) {
        public Embedding {
            requireNonNull(model, "model");
            if (dimension < 1) {
                throw new IllegalArgumentException("dimension must be positive: " + dimension);
            }
        }
    }

    /** @param days after it was last active, at least 1 */
    public record Expiry(int days) {

        public static final int MOST_DAYS = 365;

        public Expiry {
            if (days < 1 || days > MOST_DAYS) {
                throw new IllegalArgumentException("days must be 1 to %d: %d".formatted(MOST_DAYS, days));
            }
        }
    }

    /** @param usageBytes what the chunks of all its files take */
    public record Holdings(FileCounts files, long usageBytes) {

        public static final Holdings NONE = new Holdings(FileCounts.NONE, 0);

        public Holdings {
            requireNonNull(files, "files");
        }
    }

    public VectorStore {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(embedding, "embedding");
        requireNonNull(chunking, "chunking");
        metadata = Map.copyOf(metadata);
        requireNonNull(createdAt, "createdAt");
        requireNonNull(lastActiveAt, "lastActiveAt");
        requireNonNull(expiry, "expiry");
        requireNonNull(holdings, "holdings");
    }

    /** When it is done with, unless somebody uses it before; empty for never. */
    public Optional<Instant> expiresAt() {
        return expiry.map(policy -> lastActiveAt.plus(Duration.ofDays(policy.days())));
    }

    public Status status(Instant now) {
        if (hasExpired(now)) {
            return Status.EXPIRED;
        }
        return holdings.files().inProgress() > 0 ? Status.IN_PROGRESS : Status.COMPLETED;
    }

    public boolean hasExpired(Instant now) {
        return expiresAt().filter(end -> !end.isAfter(now)).isPresent();
    }
}
