package dev.parley.inference.config;

import dev.parley.inference.config.InferenceSettings.Alias;
import dev.parley.inference.provider.ProviderSettings;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads everything under {@code parley.inference}, and the two variables that every OpenAI client knows. */
public final class InferenceSettingsReader {

    static final String OPENAI = "openai";
    static final String SCRIPTED = "scripted";
    static final URI OPENAI_BASE_URL = URI.create("https://api.openai.com/v1");
    static final Duration MODEL_LIST_REFRESH = Duration.ofMinutes(5);

    private InferenceSettingsReader() {}

    /**
     * The settings, complete: when no provider is configured, the scripted one.
     *
     * @throws ConfigurationException when they make no sense, naming the key
     */
    public static InferenceSettings read(Environment environment) {
        GivenKeys keys = GivenKeys.ofInference(environment);
        Section general = new Section(keys.general());
        general.requireOnly(Keys.GENERAL, "under parley.inference");
        List<ProviderSettings> providers = new ArrayList<>();
        keys.providers().forEach((name, given) -> providers.add(ProviderSection.read(name, given)));
        int configured = providers.size();
        if (!keys.providers().containsKey(OPENAI)) {
            openAiFromVariables(environment).ifPresent(providers::add);
        }
        if (providers.isEmpty()) {
            providers.add(new ProviderSettings.Scripted(SCRIPTED, Duration.ZERO));
        }
        String defaultProvider = defaultProvider(general, providers, configured);
        return new InferenceSettings(
                providers,
                aliases(keys, providers, defaultProvider),
                defaultProvider,
                general.duration(Keys.MODEL_LIST_REFRESH).orElse(MODEL_LIST_REFRESH));
    }

    private static Optional<ProviderSettings> openAiFromVariables(Environment environment) {
        Map<String, Given> given = new LinkedHashMap<>();
        environment
                .getProperty("openai.base-url", String.class)
                .filter(url -> !url.isBlank())
                .ifPresent(url -> given.put(Keys.BASE_URL, new Given("OPENAI_BASE_URL", url.strip())));
        environment
                .getProperty("openai.api-key", String.class)
                .filter(key -> !key.isBlank())
                .ifPresent(key -> given.put(Keys.API_KEY, new Given("OPENAI_API_KEY", key.strip())));
        if (given.isEmpty()) {
            return Optional.empty();
        }
        given.putIfAbsent(Keys.BASE_URL, new Given("OPENAI_BASE_URL", OPENAI_BASE_URL.toString()));
        return Optional.of(ProviderSection.read(OPENAI, given));
    }

    /** The only one of the configured ones, else the only one at all: a key in the environment is often there by chance. */
    private static String defaultProvider(Section general, List<ProviderSettings> providers, int configured) {
        List<String> names = providers.stream().map(ProviderSettings::name).toList();
        Optional<String> chosen = general.choice(Keys.DEFAULT_PROVIDER, names, name -> name);
        if (chosen.isPresent()) {
            return chosen.get();
        }
        if (configured > 1) {
            throw new ConfigurationException("parley.inference.default-provider: must be set to one of " + names
                    + ", because there are several providers");
        }
        return names.getFirst();
    }

    private static Map<String, Alias> aliases(
            GivenKeys keys, List<ProviderSettings> providers, String defaultProvider) {
        List<String> names = providers.stream().map(ProviderSettings::name).toList();
        Map<String, Alias> aliases = new LinkedHashMap<>();
        keys.models().forEach((alias, given) -> {
            Section section = new Section(given);
            section.requireOnly(Keys.ALIAS, "of an alias");
            aliases.put(
                    alias,
                    new Alias(
                            section.choice(Keys.ALIAS_PROVIDER, names, name -> name)
                                    .orElse(defaultProvider),
                            section.text(Keys.ALIAS_MODEL).orElse(alias)));
        });
        return aliases;
    }
}
