package dev.parley.application.retrieval;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Ids;
import dev.parley.application.port.VectorStores;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.EmbeddingModel;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStore.Embedding;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a vector store; what the Agents API calls registering a vector database is this, too. */
public final class CreateVectorStore {

    private final VectorStores stores;
    private final EmbeddingModels models;
    private final AttachFiles attaching;
    private final Ids ids;
    private final InstantSource clock;

    public CreateVectorStore(
            VectorStores stores, EmbeddingModels models, AttachFiles attaching, Ids ids, InstantSource clock) {
        this.stores = stores;
        this.models = models;
        this.attaching = attaching;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The store that is wanted.
     *
     * @param id the client's own; empty for a new one
     * @param embeddingModel empty for the server's default
     * @param chunking for the files that it begins with, and for those that are attached without a word on it
     * @param files that it begins with, read in the background
     */
    public record Wanted(
            Optional<VectorStoreId> id,
            String name,
            Optional<String> embeddingModel,
            Chunking chunking,
            Map<String, String> metadata,
            Optional<VectorStore.Expiry> expiry,
            List<FileId> files) {
        public Wanted {
            requireNonNull(id, "id");
            requireNonNull(name, "name");
            requireNonNull(embeddingModel, "embeddingModel");
            requireNonNull(chunking, "chunking");
            metadata = Map.copyOf(metadata);
            requireNonNull(expiry, "expiry");
            files = List.copyOf(files);
        }

        /** A vector database of the Agents API (agents-api 9.1). */
        public static Wanted database(VectorStoreId id, String embeddingModel) {
            return new Wanted(
                    Optional.of(id),
                    id.value(),
                    Optional.of(embeddingModel),
                    Chunking.AUTO,
                    Map.of(),
                    Optional.empty(),
                    List.of());
        }
    }

    /**
     * Blocks until the store is there. A store of the client's own id that is there already, with the same embedding model, is
     * that store.
     *
     * @throws Refusal when there is no such embedding model or file, or a store of that id has another model
     */
    public VectorStore create(Owner owner, Wanted wanted) {
        EmbeddingModel model = wanted.embeddingModel().map(models::require).orElseGet(models::byDefault);
        attaching.requireFiles(owner, wanted.files());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        VectorStore store = new VectorStore(
                wanted.id().orElseGet(() -> new VectorStoreId(NewId.of("vs_", ids))),
                wanted.name(),
                new Embedding(model.id(), model.dimension()),
                wanted.chunking(),
                wanted.metadata(),
                now,
                now,
                wanted.expiry(),
                VectorStore.Holdings.NONE);
        if (!stores.add(owner, store)) {
            return existing(owner, store);
        }
        if (wanted.files().isEmpty()) {
            return store;
        }
        attaching.attachAll(owner, store.id(), wanted.files());
        return stores.find(owner, store.id()).orElse(store);
    }

    private VectorStore existing(Owner owner, VectorStore wanted) {
        VectorStore there = stores.find(owner, wanted.id()).orElseThrow(() -> ReadVectorStores.notFound(wanted.id()));
        if (!there.embedding().equals(wanted.embedding())) {
            throw Refusal.of(
                    Refusal.Code.CONFLICT,
                    "There is a vector store '%s' already, with the embedding model '%s'; delete it first, or take another id"
                            .formatted(there.id(), there.embedding().model()),
                    "vector_db_id");
        }
        return there;
    }
}
