package dev.parley.inference;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.inference.provider.ForwardedRequest;

/** Hands each request to the provider that its model's name leads to. */
final class RoutedChatProxy implements ChatProxy {

    private final Providers providers;

    RoutedChatProxy(Providers providers) {
        this.providers = providers;
    }

    @Override
    public void forward(Endpoint endpoint, byte[] body, Receiver receiver, Cancellation cancellation) throws BrokenOff {
        ForwardedRequest request = ForwardedRequest.of(endpoint, body);
        ProviderRoute route = providers.route(request.model());
        try {
            route.provider().forward(request.to(route.model()), receiver, cancellation);
        } catch (BrokenOff broken) {
            throw providers.withModels(broken, request.model(), route.provider());
        }
    }
}
