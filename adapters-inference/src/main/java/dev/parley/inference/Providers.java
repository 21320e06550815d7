package dev.parley.inference;

import dev.parley.application.port.BrokenOff;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.config.InferenceSettings;
import dev.parley.inference.config.InferenceSettings.Alias;
import dev.parley.inference.openai.OpenAiProviders;
import dev.parley.inference.provider.Provider;
import dev.parley.inference.provider.ProviderSettings;
import dev.parley.inference.scripted.ScriptedProviders;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The open providers, and which model's name leads to which. */
final class Providers implements AutoCloseable {

    /** Between the name of a provider and that of a model: models have slashes and colons in their names, but not this. */
    private static final String QUALIFIER = "::";

    private static final int MOST_NAMED = 10;

    private final Map<String, ModelList> byName = new LinkedHashMap<>();
    private final Map<String, Alias> aliases;
    private final String defaultProvider;

    private Providers(InferenceSettings settings, Collection<Provider> open) {
        open.forEach(provider -> byName.put(provider.name(), new ModelList(provider, settings.modelListRefresh())));
        this.aliases = settings.aliases();
        this.defaultProvider = settings.defaultProvider();
    }

    static Providers open(InferenceSettings settings) {
        return new Providers(
                settings, settings.providers().stream().map(Providers::open).toList());
    }

    /** An alias; else a model after the name of its provider; else a model of the default provider, as it was written. */
    ProviderRoute route(String model) {
        Alias alias = aliases.get(model);
        if (alias != null) {
            return new ProviderRoute(list(alias.provider()).provider(), alias.model());
        }
        int qualifier = model.indexOf(QUALIFIER);
        ModelList named = qualifier <= 0 ? null : byName.get(model.substring(0, qualifier));
        return named == null
                ? new ProviderRoute(list(defaultProvider).provider(), model)
                : new ProviderRoute(named.provider(), model.substring(qualifier + QUALIFIER.length()));
    }

    /** What a client writes for a provider's own model. */
    String idOf(Provider provider, String model) {
        return provider.name().equals(defaultProvider) ? model : provider.name() + QUALIFIER + model;
    }

    Map<String, Alias> aliases() {
        return aliases;
    }

    /** In the order of their names. */
    Collection<ModelList> lists() {
        return Collections.unmodifiableCollection(byName.values());
    }

    ModelList list(String provider) {
        return Objects.requireNonNull(byName.get(provider), provider);
    }

    /**
     * The same, with the model as the client named it and the names of the models that there are, where one was not. Blocks
     * when nobody has asked for them yet.
     */
    BrokenOff withModels(BrokenOff broken, String requested, Provider provider) {
        if (broken.failure().code() != Failure.Code.MODEL_NOT_FOUND) {
            return broken;
        }
        List<String> ids = list(provider.name()).models().stream()
                .map(model -> idOf(provider, model))
                .toList();
        String more = ids.size() > MOST_NAMED ? " and %d more".formatted(ids.size() - MOST_NAMED) : "";
        String named = ids.isEmpty()
                ? "does not have it"
                : "has %s%s".formatted(String.join(", ", ids.subList(0, Math.min(ids.size(), MOST_NAMED))), more);
        return new BrokenOff(
                Failure.of(
                        Failure.Code.MODEL_NOT_FOUND,
                        "The requested model '%s' does not exist. Provider '%s' %s."
                                .formatted(requested, provider.name(), named)),
                broken.getCause());
    }

    @Override
    public void close() {
        byName.values().forEach(list -> list.provider().close());
    }

    private static Provider open(ProviderSettings settings) {
        return switch (settings) {
            case ProviderSettings.OpenAiCompatible remote -> OpenAiProviders.open(remote);
            case ProviderSettings.Scripted scripted -> ScriptedProviders.open(scripted);
        };
    }
}
