package dev.parley.inference.embedding;

import dev.parley.application.port.Embedder;
import dev.parley.application.port.EmbedderProvider;
import dev.parley.inference.config.EmbeddingSettings;
import dev.parley.inference.provider.Provider;
import java.util.List;
import java.util.function.Function;

/** The embedding models that the configuration names. */
public final class ProviderEmbedders implements EmbedderProvider {

    private final List<Embedder> embedders;

    /** @param providers finds a provider by its name */
    public ProviderEmbedders(List<EmbeddingSettings> models, Function<String, Provider> providers) {
        embedders = models.stream()
                .<Embedder>map(model -> new ProviderEmbedder(model, providers.apply(model.provider())))
                .toList();
    }

    @Override
    public List<Embedder> embedders() {
        return embedders;
    }
}
