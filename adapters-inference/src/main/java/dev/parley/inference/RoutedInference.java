package dev.parley.inference;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;

/** Takes each request to the provider that its model's name leads to. */
final class RoutedInference implements Inference {

    private final Providers providers;

    RoutedInference(Providers providers) {
        this.providers = providers;
    }

    /** Whether the engine that the request leads to holds the answer to its schema. */
    boolean enforcesSchema(InferenceRequest request) {
        return providers.route(request.model()).provider().enforcesSchema(request);
    }

    @Override
    public Answer infer(InferenceRequest request, Progress progress, Cancellation cancellation) throws BrokenOff {
        ProviderRoute route = providers.route(request.model());
        InferenceRequest routed = request.model().equals(route.model()) ? request : request.to(route.model());
        try {
            return route.provider().answer(routed, progress, cancellation);
        } catch (BrokenOff broken) {
            throw providers.withModels(broken, request.model(), route.provider());
        }
    }
}
