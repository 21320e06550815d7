package dev.parley.inference;

import static java.util.Objects.requireNonNull;

import dev.parley.inference.provider.Provider;

/** Where a model's name leads: a provider, and the name that it knows the model by. */
record ProviderRoute(Provider provider, String model) {

    ProviderRoute {
        requireNonNull(provider, "provider");
        requireNonNull(model, "model");
    }
}
