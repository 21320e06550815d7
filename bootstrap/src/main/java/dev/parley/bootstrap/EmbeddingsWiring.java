package dev.parley.bootstrap;

import dev.parley.application.port.Embedder;
import dev.parley.application.port.EmbedderProvider;
import dev.parley.application.retrieval.Embedders;
import dev.parley.retrieval.embedding.InProcessEmbedders;
import dev.parley.retrieval.embedding.NativeLibraries;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what turns texts into vectors. */
@Factory
final class EmbeddingsWiring {

    private static final String DEFAULT = "parley.embeddings.default";
    private static final String MODELS = "parley.embeddings.models";

    /** Beside the embedded database, also when that is not used. */
    @Singleton
    NativeLibraries nativeLibraries(@Property(name = "parley.data-dir") @Nullable String dataFolder) {
        Path folder = dataFolder == null || dataFolder.isBlank() ? DefaultDataFolder.path() : Path.of(dataFolder);
        return new NativeLibraries(folder.toAbsolutePath().resolve("native"));
    }

    /** Those in the process first, one of which is the default then. At the start, so that a mistake is known then. */
    @Context
    Embedders embedders(List<EmbedderProvider> providers, @Property(name = DEFAULT) @Nullable String chosen) {
        List<Embedder> embedders = providers.stream()
                .sorted(Comparator.comparing((EmbedderProvider provider) -> !(provider instanceof InProcessEmbedders)))
                .flatMap(provider -> provider.embedders().stream())
                .toList();
        try {
            return new Embedders(embedders, Optional.ofNullable(chosen).filter(id -> !id.isBlank()));
        } catch (IllegalArgumentException mistake) {
            boolean isThere =
                    embedders.stream().anyMatch(embedder -> embedder.id().equals(chosen));
            throw new ConfigurationException(
                    "%s: %s".formatted(chosen == null || isThere ? MODELS : DEFAULT, mistake.getMessage()), mistake);
        }
    }
}
