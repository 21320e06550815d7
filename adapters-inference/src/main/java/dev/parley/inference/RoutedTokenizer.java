package dev.parley.inference;

import dev.parley.application.port.InferenceRequest;
import dev.parley.application.port.Tokenizer;

/** Has each request counted by the provider that its model's name leads to. */
final class RoutedTokenizer implements Tokenizer {

    private final Providers providers;

    RoutedTokenizer(Providers providers) {
        this.providers = providers;
    }

    @Override
    public long count(InferenceRequest request) {
        ProviderRoute route = providers.route(request.model());
        return route.provider().tokens(request.to(route.model()));
    }
}
