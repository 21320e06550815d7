package dev.parley.inference.config;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * A model that turns texts into vectors, as the configuration describes it.
 *
 * @param id what stores and requests name it by
 * @param provider the name of the provider that serves it
 * @param model what that one calls it
 * @param dimension how many numbers its vectors have; when it is not said, it is asked
 * @param maxTokens how much of a text it reads
 * @param queryPrefix what it was trained to read before a question
 * @param documentPrefix what it was trained to read before what is asked of
 */
public record EmbeddingSettings(
        String id,
        String provider,
        String model,
        OptionalInt dimension,
        int maxTokens,
        String queryPrefix,
        String documentPrefix) {

    public EmbeddingSettings {
        requireNonNull(id, "id");
        requireNonNull(provider, "provider");
        requireNonNull(model, "model");
        requireNonNull(dimension, "dimension");
        requireNonNull(queryPrefix, "queryPrefix");
        requireNonNull(documentPrefix, "documentPrefix");
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be positive: " + maxTokens);
        }
    }
}
