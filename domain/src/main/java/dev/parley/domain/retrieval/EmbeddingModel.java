package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

/**
 * A model that turns texts into vectors.
 *
 * @param id what stores and requests name it by
 * @param dimension how many numbers each of its vectors has
 * @param maxTokens how much of a text it reads; what stands behind that is not in the vector
 */
public record EmbeddingModel(String id, int dimension, int maxTokens) {

    public EmbeddingModel {
        requireNonNull(id, "id");
        if (id.isBlank()) {
            throw new IllegalArgumentException("id must not be blank");
        }
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension must be positive");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be positive");
        }
    }
}
