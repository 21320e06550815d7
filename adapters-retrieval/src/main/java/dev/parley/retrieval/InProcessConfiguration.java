package dev.parley.retrieval;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * The embedding model in this process ({@code parley.embeddings.in-process.*}).
 *
 * @param enabled whether it can be used; it is loaded with the first text at the earliest
 * @param threads how many texts it reads at a time
 */
@ConfigurationProperties("parley.embeddings.in-process")
record InProcessConfiguration(
        @Bindable(defaultValue = "true") boolean enabled,
        @Bindable(defaultValue = "2") int threads) {

    InProcessConfiguration {
        if (threads < 1) {
            throw new IllegalArgumentException("parley.embeddings.in-process.threads must be at least 1");
        }
    }
}
