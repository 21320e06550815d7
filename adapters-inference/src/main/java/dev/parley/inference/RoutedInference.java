package dev.parley.inference;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.provider.Provider;
import java.util.List;

/** Takes each request to the provider that its model's name leads to. */
final class RoutedInference implements Inference {

    private static final int MOST_NAMED = 10;

    private final Providers providers;

    RoutedInference(Providers providers) {
        this.providers = providers;
    }

    @Override
    public Answer infer(InferenceRequest request, Progress progress, Cancellation cancellation) throws BrokenOff {
        ProviderRoute route = providers.route(request.model());
        InferenceRequest routed = request.model().equals(route.model()) ? request : request.to(route.model());
        try {
            return route.provider().answer(routed, progress, cancellation);
        } catch (BrokenOff broken) {
            throw broken.failure().code() == Failure.Code.MODEL_NOT_FOUND
                    ? withModels(broken, route.provider())
                    : broken;
        }
    }

    /** The same with the names of the models that there are. Blocks when nobody has asked for them yet. */
    private BrokenOff withModels(BrokenOff broken, Provider provider) {
        List<String> ids = providers.list(provider.name()).models().stream()
                .map(model -> providers.idOf(provider, model))
                .toList();
        if (ids.isEmpty()) {
            return broken;
        }
        String more = ids.size() > MOST_NAMED ? " and %d more".formatted(ids.size() - MOST_NAMED) : "";
        return new BrokenOff(
                new Failure(
                        Failure.Code.MODEL_NOT_FOUND,
                        "%s It has %s%s."
                                .formatted(
                                        broken.failure().message(),
                                        String.join(", ", ids.subList(0, Math.min(ids.size(), MOST_NAMED))),
                                        more)),
                broken.getCause());
    }
}
