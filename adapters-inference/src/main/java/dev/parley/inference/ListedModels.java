package dev.parley.inference;

import dev.parley.application.port.Models;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The configured aliases, and what the providers say that they have. */
final class ListedModels implements Models {

    private final Providers providers;

    ListedModels(Providers providers) {
        this.providers = providers;
    }

    @Override
    public List<Model> list() {
        Map<String, Model> models = new LinkedHashMap<>();
        providers.aliases().forEach((id, alias) -> models.put(id, new Model(id, alias.provider(), alias.model())));
        for (Model model : askAll(list -> list.models().stream()
                        .map(name -> new Model(
                                providers.idOf(list.provider(), name),
                                list.provider().name(),
                                name))
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList()) {
            models.putIfAbsent(model.id(), model);
        }
        return List.copyOf(models.values());
    }

    @Override
    public List<Provider> providers() {
        return askAll(list -> new Provider(
                list.provider().name(), list.provider().type(), list.provider().endpoint(), list.problem()));
    }

    /** Asks all at once, as some may take their time to fail. */
    private <T> List<T> askAll(Function<ModelList, T> question) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<T>> asked = providers.lists().stream()
                    .map(list -> CompletableFuture.supplyAsync(() -> question.apply(list), threads))
                    .toList();
            return asked.stream().map(CompletableFuture::join).toList();
        }
    }
}
