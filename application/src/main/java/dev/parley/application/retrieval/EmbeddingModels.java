package dev.parley.application.retrieval;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Embedder;
import dev.parley.application.port.Embedder.EmbeddingFailed;
import dev.parley.application.port.Embedder.Purpose;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.EmbeddingModel;
import dev.parley.domain.retrieval.VectorStore.Embedding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The models of this server that turn texts into vectors. */
public final class EmbeddingModels {

    private static final String FIELD = "embedding_model";
    private static final int TEXTS_AT_ONCE = 64;

    private final List<Embedder> embedders;

    /** @param embedders the first of which new stores have when they name none */
    public EmbeddingModels(Collection<Embedder> embedders) {
        this.embedders = List.copyOf(embedders);
    }

    /** What stores can name, the default first; does not block. */
    public List<String> ids() {
        return embedders.stream().map(Embedder::id).toList();
    }

    /**
     * A model. May block the first time that it is asked for.
     *
     * @throws Refusal when there is none of that name, or it can't be reached
     */
    public EmbeddingModel require(String id) {
        return model(find(id));
    }

    /**
     * The one that new stores have when they name none. May block the first time that it is asked for.
     *
     * @throws Refusal when this server has none at all, or it can't be reached
     */
    public EmbeddingModel byDefault() {
        if (embedders.isEmpty()) {
            throw none();
        }
        return model(embedders.getFirst());
    }

    /**
     * The model that a store's vectors are made with.
     *
     * @throws Refusal when it is gone, can't be reached, or gives other vectors than those that the store has
     */
    EmbeddingModel of(Embedding embedding) {
        EmbeddingModel model = require(embedding.model());
        if (model.dimension() != embedding.dimension()) {
            throw changed(embedding, model.dimension());
        }
        return model;
    }

    /**
     * The vectors of texts, in their order. Blocks.
     *
     * @param between is run between any two calls of the model
     * @throws Refusal as {@link #of}, and when the model does not answer
     */
    List<float[]> embed(
            Embedding embedding, List<String> texts, Purpose purpose, Runnable between, Cancellation cancellation) {
        Embedder embedder = find(embedding.model());
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += TEXTS_AT_ONCE) {
            List<String> some = texts.subList(from, Math.min(from + TEXTS_AT_ONCE, texts.size()));
            between.run();
            try {
                vectors.addAll(embedder.embed(some, purpose, cancellation));
            } catch (EmbeddingFailed failed) {
                throw unreachable(embedder, failed);
            }
        }
        for (float[] vector : vectors) {
            if (vector.length != embedding.dimension()) {
                throw changed(embedding, vector.length);
            }
        }
        if (vectors.size() != texts.size()) {
            throw Refusal.of(
                    Refusal.Code.UNAVAILABLE,
                    "The embedding model '%s' gave %d vectors for %d texts; repeat the request, or tell the server's operator"
                            .formatted(embedding.model(), vectors.size(), texts.size()));
        }
        return vectors;
    }

    private Embedder find(String id) {
        if (embedders.isEmpty()) {
            throw none();
        }
        Optional<Embedder> found =
                embedders.stream().filter(embedder -> embedder.id().equals(id)).findFirst();
        return found.orElseThrow(() -> Refusal.of(
                        Refusal.Code.INVALID,
                        "There is no embedding model '%s'; the embedding models are %s"
                                .formatted(id, String.join(", ", ids())),
                        FIELD)
                .because(Refusal.Reason.MODEL_NOT_FOUND));
    }

    private static EmbeddingModel model(Embedder embedder) {
        try {
            return embedder.model();
        } catch (EmbeddingFailed failed) {
            throw unreachable(embedder, failed);
        }
    }

    private static Refusal none() {
        return Refusal.of(
                Refusal.Code.UNSUPPORTED,
                "This server has no embedding model, so it can keep no documents to search; its operator can configure"
                        + " one below parley.embeddings",
                FIELD);
    }

    private static Refusal unreachable(Embedder embedder, EmbeddingFailed failed) {
        return Refusal.of(
                Refusal.Code.UNAVAILABLE,
                "The embedding model '%s' gives no vectors just now: %s"
                        .formatted(embedder.id(), failed.explanation()));
    }

    private static Refusal changed(Embedding embedding, int now) {
        return Refusal.of(
                Refusal.Code.CONFLICT,
                "The embedding model '%s' gives vectors of %d numbers now, and this vector store has vectors of %d; nothing was changed. Insert the documents into a new vector store"
                        .formatted(embedding.model(), now, embedding.dimension()),
                FIELD);
    }
}
