package dev.parley.inference.config;

import dev.parley.inference.provider.ProviderSettings;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the models under {@code parley.embeddings}. */
public final class EmbeddingSettingsReader {

    static final int MAX_TOKENS = 8192;

    private EmbeddingSettingsReader() {}

    /**
     * The models in the order of their names.
     *
     * @param inference which providers there are
     * @throws ConfigurationException when they make no sense, naming the key
     */
    public static List<EmbeddingSettings> read(Environment environment, InferenceSettings inference) {
        List<String> providers = inference.providers().stream()
                .filter(ProviderSettings.OpenAiCompatible.class::isInstance)
                .map(ProviderSettings::name)
                .toList();
        List<EmbeddingSettings> models = new ArrayList<>();
        GivenKeys.ofEmbeddings(environment).models().forEach((id, given) -> {
            Section section = new Section(given);
            section.requireOnly(Keys.EMBEDDING, "of an embedding model");
            models.add(new EmbeddingSettings(
                    id,
                    provider(id, section, providers, inference.defaultProvider()),
                    section.text(Keys.EMBEDDING_MODEL).orElse(id),
                    positive(section, Keys.DIMENSION),
                    positive(section, Keys.MAX_TOKENS).orElse(MAX_TOKENS),
                    prefix(section, Keys.QUERY_PREFIX),
                    prefix(section, Keys.DOCUMENT_PREFIX)));
        });
        return models;
    }

    private static String provider(String id, Section section, List<String> providers, String byDefault) {
        Optional<String> chosen = section.choice(Keys.EMBEDDING_PROVIDER, providers, name -> name);
        if (chosen.isEmpty() && !providers.contains(byDefault)) {
            throw new ConfigurationException(
                    "parley.embeddings.models.%s.provider: must be set, to a provider that is a server; there are %s"
                            .formatted(id, providers));
        }
        return chosen.orElse(byDefault);
    }

    private static OptionalInt positive(Section section, String key) {
        Optional<Integer> number = section.count(key);
        if (number.equals(Optional.of(0))) {
            throw section.mistake(key, "a whole number from 1");
        }
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** Prefixes end in a space, which configuration files and variables lose. */
    private static String prefix(Section section, String key) {
        return section.text(key).map(text -> text + ' ').orElse("");
    }
}
