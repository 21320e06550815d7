package dev.parley.inference.config;

import static java.util.Objects.requireNonNull;

import dev.parley.inference.provider.ProviderSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which providers there are and which models go to which.
 *
 * @param providers at least one, in the order of their names
 * @param aliases what a client may write for a model, in alphabetical order
 * @param defaultProvider the name of the one that gets every other model
 * @param modelListRefresh how old a provider's list of models may become
 */
public record InferenceSettings(
        List<ProviderSettings> providers,
        Map<String, Alias> aliases,
        String defaultProvider,
        Duration modelListRefresh) {

    /** A model of a provider, under a name of our own. */
    public record Alias(String provider, String model) {
        public Alias {
            requireNonNull(provider, "provider");
            requireNonNull(model, "model");
        }
    }

    public InferenceSettings {
        providers = List.copyOf(providers);
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
        requireNonNull(defaultProvider, "defaultProvider");
        requireNonNull(modelListRefresh, "modelListRefresh");
    }
}
