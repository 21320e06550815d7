package dev.parley.application.retrieval;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChunkIndex;
import dev.parley.application.port.ChunkIndex.Choice;
import dev.parley.application.port.Embedder.Purpose;
import dev.parley.application.port.VectorStores;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.AttributeFilter;
import dev.parley.domain.retrieval.Fusion;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.Ranking;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a vector store has for a question. */
public final class SearchStore {

    /** How far down two lists are read before they become one: a chunk that is far down in both may be first in the end. */
    private static final int FUSED_DEPTH = 50;

    private static final Duration ACTIVITY_PRECISION = Duration.ofMinutes(1);

    private final VectorStores stores;
    private final ChunkIndex index;
    private final EmbeddingModels models;
    private final InstantSource clock;

    public SearchStore(VectorStores stores, ChunkIndex index, EmbeddingModels models, InstantSource clock) {
        this.stores = stores;
        this.index = index;
        this.models = models;
        this.clock = clock;
    }

    /**
     * What is looked for.
     *
     * @param texts each is looked for by itself; a chunk counts as well as it fits the one that it fits best
     * @param limit the most chunks that are wanted, at least 1
     */
    public record Query(List<String> texts, int limit, AttributeFilter filter, Ranking ranking) {
        public Query {
            texts = List.copyOf(texts);
            requireNonNull(filter, "filter");
            requireNonNull(ranking, "ranking");
            if (limit < 1) {
                throw new IllegalArgumentException("limit must be at least 1: " + limit);
            }
        }

        /** Looks for one text in all documents. */
        public static Query of(String text, int limit, Ranking ranking) {
            return new Query(List.of(text), limit, AttributeFilter.All.NONE, ranking);
        }
    }

    /**
     * The chunks that fit, the best first; none of them has nothing in common with the query. Blocks.
     *
     * @throws Refusal when there is no such store, it has expired, nothing is looked for, or the query can't be turned into a
     *     vector as the store's own are
     */
    public List<Hit> search(Owner owner, VectorStoreId id, Query query, Cancellation cancellation) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        VectorStore store = requireUsable(stores.find(owner, id), id, now);
        if (query.texts().isEmpty() || query.texts().stream().allMatch(String::isBlank)) {
            throw Refusal.invalid("query", "The query has no words; say what to look for");
        }
        if (store.lastActiveAt().plus(ACTIVITY_PRECISION).isBefore(now)) {
            stores.touch(owner, id, now);
        }
        return best(found(owner, store, query, cancellation), query);
    }

    /**
     * The store, if it can be used.
     *
     * @throws Refusal when it is not there, or has expired
     */
    static VectorStore requireUsable(Optional<VectorStore> found, VectorStoreId id, Instant now) {
        VectorStore store = found.orElseThrow(() -> ReadVectorStores.notFound(id));
        if (store.hasExpired(now)) {
            throw Refusal.of(
                    Refusal.Code.CONFLICT,
                    "The vector store '%s' has expired, %d days after it was last used; make a new one"
                            .formatted(id, store.expiry().orElseThrow().days()),
                    "vector_store_id");
        }
        return store;
    }

    private List<List<Hit>> found(Owner owner, VectorStore store, Query query, Cancellation cancellation) {
        List<String> texts =
                query.texts().stream().filter(text -> !text.isBlank()).toList();
        Choice wanted = new Choice(query.filter(), query.limit());
        Choice deeper = new Choice(query.filter(), Math.max(query.limit(), FUSED_DEPTH));
        return switch (query.ranking().mode()) {
            case Ranking.Mode.Words _ ->
                texts.stream()
                        .map(text -> index.byWords(owner, store.id(), text, wanted))
                        .toList();
            case Ranking.Mode.Meaning _ ->
                vectors(store, texts, cancellation).stream()
                        .map(vector -> index.byVector(owner, store.id(), vector, wanted))
                        .toList();
            case Ranking.Mode.Both weights -> {
                List<float[]> vectors = vectors(store, texts, cancellation);
                List<List<Hit>> fused = new ArrayList<>();
                for (int place = 0; place < texts.size(); place++) {
                    fused.add(Fusion.fuse(
                            index.byVector(owner, store.id(), vectors.get(place), deeper),
                            index.byWords(owner, store.id(), texts.get(place), deeper),
                            weights));
                }
                yield fused;
            }
        };
    }

    private List<float[]> vectors(VectorStore store, List<String> texts, Cancellation cancellation) {
        models.of(store.embedding());
        return models.embed(store.embedding(), texts, Purpose.QUERY, () -> {}, cancellation);
    }

    private static List<Hit> best(List<List<Hit>> lists, Query query) {
        Map<Hit.Place, Hit> best = new LinkedHashMap<>();
        lists.forEach(list -> list.forEach(
                hit -> best.merge(hit.place(), hit, (one, other) -> one.score() < other.score() ? other : one)));
        return best.values().stream()
                .filter(hit -> hit.score() > 0 && hit.score() >= query.ranking().scoreThreshold())
                .sorted(Comparator.comparingDouble(Hit::score).reversed())
                .limit(query.limit())
                .toList();
    }
}
