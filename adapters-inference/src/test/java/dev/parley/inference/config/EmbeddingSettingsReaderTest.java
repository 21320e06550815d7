package dev.parley.inference.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingSettingsReaderTest {

    private static final String MODELS = "parley.embeddings.models.";

    /** A new key needs a place in the README and here. */
    @Test
    void theseAreAllKeys() {
        assertThat(Keys.EMBEDDING)
                .containsExactly("provider", "model", "dimension", "max-tokens", "query-prefix", "document-prefix");
    }

    @Test
    void theseAreAllDefaults() {
        assertThat(read(Map.of(MODELS + "text-embedding-3-small.provider", "local")))
                .containsExactly(new EmbeddingSettings(
                        "text-embedding-3-small",
                        "local",
                        "text-embedding-3-small",
                        OptionalInt.empty(),
                        8192,
                        "",
                        ""));
    }

    @Test
    void everythingCanBeSetAndNamesKeepTheirDotsAndCapitals() {
        assertThat(read(Map.of(
                        MODELS + "E5-v1.5.provider", "other",
                        MODELS + "E5-v1.5.model", "intfloat/e5",
                        MODELS + "E5-v1.5.dimension", 768,
                        MODELS + "E5-v1.5.max-tokens", 512,
                        MODELS + "E5-v1.5.query-prefix", "query:",
                        MODELS + "E5-v1.5.document-prefix", "passage: ")))
                .containsExactly(new EmbeddingSettings(
                        "E5-v1.5", "other", "intfloat/e5", OptionalInt.of(768), 512, "query: ", "passage: "));
    }

    @Test
    void variablesSetWhatFilesSet() {
        try (ApplicationContext context = context(
                Map.of(MODELS + "my-model.dimension", 3),
                new MapPropertySource(
                        "variables",
                        Map.of(
                                "PARLEY_EMBEDDINGS_MODELS_MY_MODEL_MAX_TOKENS",
                                "77",
                                "PARLEY_EMBEDDINGS_IN_PROCESS_ENABLED",
                                "false")) {
                    @Override
                    public PropertyConvention getConvention() {
                        return PropertyConvention.ENVIRONMENT_VARIABLE;
                    }
                })) {
            assertThat(settings(context)).singleElement().satisfies(model -> {
                assertThat(model.id()).isEqualTo("my-model");
                assertThat(model.dimension()).hasValue(3);
                assertThat(model.maxTokens()).isEqualTo(77);
                assertThat(model.provider()).isEqualTo("local");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.provider, nobody, parley.embeddings.models.a.provider: must be one of [local; other]",
        "a.dimension, many, parley.embeddings.models.a.dimension: must be a whole number",
        "a.dimension, 0, parley.embeddings.models.a.dimension: must be a whole number from 1",
        "a.max-tokens, -1, parley.embeddings.models.a.max-tokens: must be a whole number",
        "a.dimensions, 3, parley.embeddings.models.a.dimensions: there is no such key",
        "model, x, parley.embeddings.models.model: a model is a set of keys"
    })
    void aMistakeStopsTheStartWithItsKey(String key, String value, String said) {
        ConfigurationException mistake =
                catchThrowableOfType(ConfigurationException.class, () -> read(Map.of(MODELS + key, value)));

        assertThat(mistake).hasMessageContaining(said.replace(';', ','));
    }

    @Test
    void withoutAServerThereMustBeNoModel() {
        ConfigurationException mistake = catchThrowableOfType(ConfigurationException.class, () -> {
            try (ApplicationContext context = started(Map.of(MODELS + "a.dimension", "3"))) {
                settings(context);
            }
        });

        assertThat(mistake).hasMessageContaining("parley.embeddings.models.a.provider: must be set");
    }

    private static List<EmbeddingSettings> read(Map<String, Object> properties) {
        try (ApplicationContext context = context(properties)) {
            return settings(context);
        }
    }

    private static List<EmbeddingSettings> settings(ApplicationContext context) {
        return EmbeddingSettingsReader.read(
                context.getEnvironment(), InferenceSettingsReader.read(context.getEnvironment()));
    }

    private static ApplicationContext context(Map<String, Object> properties, PropertySource... more) {
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.put("parley.inference.providers.local.base-url", "http://localhost:8000/v1");
        all.put("parley.inference.providers.other.base-url", "http://localhost:8001/v1");
        all.put("parley.inference.default-provider", "local");
        return started(all, more);
    }

    private static ApplicationContext started(Map<String, Object> properties, PropertySource... more) {
        ApplicationContext context = ApplicationContext.builder()
                .environmentPropertySource(false)
                .banner(false)
                .propertySources(MapPropertySource.of("test", properties))
                .propertySources(more)
                .build();
        context.getEnvironment().start();
        return context;
    }
}
