package dev.parley.inference.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.inference.config.InferenceSettings.Alias;
import dev.parley.inference.provider.Profile;
import dev.parley.inference.provider.Profile.ThinkTags;
import dev.parley.inference.provider.ProviderSettings;
import dev.parley.inference.provider.ProviderSettings.OpenAiCompatible;
import dev.parley.inference.provider.ProviderSettings.Scripted;
import dev.parley.inference.provider.Secret;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.ConfigurationException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceSettingsReaderTest {

    private static final String LOCAL = "parley.inference.providers.local.";
    private static final String URL = "http://localhost:8000/v1";

    /** A new key needs a place in the README and here. */
    @Test
    void theseAreAllKeys() {
        assertThat(Keys.GENERAL).containsExactly("default-provider", "model-list-refresh");
        assertThat(Keys.PROVIDER)
                .containsExactly(
                        "type",
                        "base-url",
                        "api-key",
                        "profile",
                        "connect-timeout",
                        "first-token-timeout",
                        "idle-timeout",
                        "max-retries",
                        "think-tags",
                        "reasoning-field",
                        "enforces-schema",
                        "word-delay");
        assertThat(Keys.ALIAS).containsExactly("provider", "model");
    }

    @Test
    void theseAreAllDefaults() {
        InferenceSettings settings = read(Map.of(LOCAL + "base-url", URL));
        OpenAiCompatible local = only(settings);

        assertThat(settings.defaultProvider()).isEqualTo("local");
        assertThat(settings.aliases()).isEmpty();
        assertThat(settings.modelListRefresh()).isEqualTo(Duration.ofMinutes(5));
        assertThat(local.name()).isEqualTo("local");
        assertThat(local.type()).isEqualTo("openai-compatible");
        assertThat(local.baseUri()).isEqualTo(URI.create(URL));
        assertThat(local.apiKey()).isEmpty();
        assertThat(local.profile()).isEqualTo(Profile.GENERIC);
        assertThat(local.timeouts().connect()).isEqualTo(Duration.ofSeconds(5));
        assertThat(local.timeouts().firstToken()).isEqualTo(Duration.ofMinutes(5));
        assertThat(local.timeouts().idle()).isEqualTo(Duration.ofMinutes(2));
        assertThat(local.maxRetries()).isEqualTo(2);
        assertThat(local.headers()).isEmpty();
    }

    @Test
    void everyKeyIsRead() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("parley.inference.default-provider", "local");
        given.put("parley.inference.model-list-refresh", "90s");
        given.put(LOCAL + "type", "openai-compatible");
        given.put(LOCAL + "base-url", "${a.host}/v1");
        given.put("a.host", "https://models.example.org");
        given.put(LOCAL + "api-key", "sk-hidden");
        given.put(LOCAL + "profile", "llama-cpp");
        given.put(LOCAL + "connect-timeout", "1s");
        given.put(LOCAL + "firstTokenTimeout", "PT2M");
        given.put(LOCAL + "idle-timeout", "1.5s");
        given.put(LOCAL + "max-retries", 0);
        given.put(LOCAL + "think-tags", "opened");
        given.put(LOCAL + "reasoning-field", "none");
        given.put(LOCAL + "enforces-schema", "false");
        given.put(LOCAL + "headers.X-Team", "blue");
        given.put("parley.inference.providers.demo.type", "scripted");
        given.put("parley.inference.providers.demo.word-delay", "20ms");
        given.put("parley.inference.models.gpt-4.1.provider", "demo");
        given.put("parley.inference.models.gpt-4.1.model", "scripted");
        given.put("parley.inference.models.meta-llama/Llama-3.3.provider", "local");
        given.put("parley.inference.models.default.model", "qwen3");

        InferenceSettings settings = read(given);

        assertThat(settings.defaultProvider()).isEqualTo("local");
        assertThat(settings.modelListRefresh()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.aliases())
                .containsExactly(
                        Map.entry("default", new Alias("local", "qwen3")),
                        Map.entry("gpt-4.1", new Alias("demo", "scripted")),
                        Map.entry("meta-llama/Llama-3.3", new Alias("local", "meta-llama/Llama-3.3")));
        assertThat(settings.providers().getFirst()).isEqualTo(new Scripted("demo", Duration.ofMillis(20)));
        OpenAiCompatible local = (OpenAiCompatible) settings.providers().getLast();
        assertThat(local.baseUri()).isEqualTo(URI.create("https://models.example.org/v1"));
        assertThat(local.apiKey().map(Secret::reveal)).contains("sk-hidden");
        assertThat(local.profile())
                .isEqualTo(Profile.LLAMA_CPP
                        .withThinkTags(ThinkTags.OPENED)
                        .withoutReasoningField()
                        .enforcingSchema(false));
        assertThat(local.timeouts())
                .isEqualTo(new ProviderSettings.Timeouts(
                        Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofMillis(1500)));
        assertThat(local.maxRetries()).isZero();
        assertThat(local.headers())
                .hasEntrySatisfying(
                        "X-Team", value -> assertThat(value.reveal()).isEqualTo("blue"));
        assertThat(settings.toString()).doesNotContain("blue", "hidden").contains("***");
    }

    @Test
    void everyKeyHasAVariable() {
        Map<String, Object> files = Map.of("parley.inference.providers.MyBox.base-url", "http://wrong:1/v1");
        Map<String, Object> variables = Map.of(
                "PARLEY_INFERENCE_DEFAULT_PROVIDER", "MyBox",
                "PARLEY_INFERENCE_MODEL_LIST_REFRESH", "1m",
                "PARLEY_INFERENCE_PROVIDERS_MYBOX_BASE_URL", URL,
                "PARLEY_INFERENCE_PROVIDERS_MYBOX_API_KEY", "k",
                "PARLEY_INFERENCE_PROVIDERS_MYBOX_HEADERS_X_TYPE", "blue",
                "PARLEY_INFERENCE_PROVIDERS_BIG_ONE_TYPE", "scripted",
                "PARLEY_INFERENCE_PROVIDERS_BIG_ONE_WORD_DELAY", "1s",
                "PARLEY_INFERENCE_MODELS_SMALL_MODEL_MODEL", "qwen3",
                "PARLEY_INFERENCE_MODELS_SMALL_MODEL_PROVIDER", "big-one",
                "PARLEY_INFERENCE_SERVICE_HOST", "10.0.0.1");

        InferenceSettings settings = read(files, variables);

        assertThat(settings.defaultProvider()).isEqualTo("MyBox");
        assertThat(settings.modelListRefresh()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.aliases()).containsExactly(Map.entry("small-model", new Alias("big-one", "qwen3")));
        OpenAiCompatible box = (OpenAiCompatible) settings.providers().getFirst();
        assertThat(box.baseUri()).isEqualTo(URI.create(URL));
        assertThat(box.apiKey().map(Secret::reveal)).contains("k");
        assertThat(box.headers()).containsOnlyKeys("x-type");
        assertThat(settings.providers().getLast()).isEqualTo(new Scripted("big-one", Duration.ofSeconds(1)));
    }

    @Test
    void whatIsGivenAtTheCommandLineWins() {
        try (ApplicationContext context = ApplicationContext.builder()
                .environmentPropertySource(false)
                .propertySources(
                        PropertySource.of("file", Map.of(LOCAL + "base-url", "http://file:1/v1"), -300),
                        variables(Map.of("PARLEY_INFERENCE_PROVIDERS_LOCAL_BASE_URL", "http://variable:1/v1"), -200),
                        PropertySource.of("line", Map.of(LOCAL + "base-url", "http://line:1/v1"), 0))
                .build()) {
            OpenAiCompatible local =
                    only(InferenceSettingsReader.read(context.getEnvironment().start()));

            assertThat(local.baseUri()).isEqualTo(URI.create("http://line:1/v1"));
        }
    }

    @Test
    void withoutAnythingTheScriptAnswers() {
        InferenceSettings settings = read(Map.of());

        assertThat(settings.providers()).containsExactly(new Scripted("scripted", Duration.ZERO));
        assertThat(settings.defaultProvider()).isEqualTo("scripted");
    }

    @Test
    void aKeyForOpenAiIsEnough() {
        InferenceSettings settings = read(Map.of(), Map.of("OPENAI_API_KEY", "sk-1"));
        OpenAiCompatible openai = only(settings);

        assertThat(settings.defaultProvider()).isEqualTo("openai");
        assertThat(openai.name()).isEqualTo("openai");
        assertThat(openai.baseUri()).isEqualTo(URI.create("https://api.openai.com/v1"));
        assertThat(openai.apiKey().map(Secret::reveal)).contains("sk-1");
        assertThat(openai.profile()).isEqualTo(Profile.OPENAI);
    }

    @Test
    void anAddressIsEnough() {
        OpenAiCompatible openai = only(read(Map.of(), Map.of("OPENAI_BASE_URL", URL, "OPENAI_API_KEY", " ")));

        assertThat(openai.baseUri()).isEqualTo(URI.create(URL));
        assertThat(openai.apiKey()).isEmpty();
        assertThat(openai.profile()).isEqualTo(Profile.GENERIC);
    }

    @Test
    void theVariablesOfOpenAiAddAProviderAndDoNotTakeOver() {
        InferenceSettings both = read(Map.of(LOCAL + "base-url", URL), Map.of("OPENAI_API_KEY", "sk-1"));

        assertThat(both.providers()).extracting(ProviderSettings::name).containsExactly("local", "openai");
        assertThat(both.defaultProvider()).isEqualTo("local");

        OpenAiCompatible configured = only(read(
                Map.of("parley.inference.providers.openai.base-url", URL),
                Map.of("OPENAI_BASE_URL", "http://other:1/v1", "OPENAI_API_KEY", "sk-1")));
        assertThat(configured.baseUri()).isEqualTo(URI.create(URL));
        assertThat(configured.apiKey()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "providers.local.type            | magic             | one of [openai-compatible, scripted]",
                "providers.local.base-url        | localhost:8000/v1 | an address",
                "providers.local.base-url        | ftp://host/v1     | an address",
                "providers.local.base-url        | http://u:p@host/  | an address",
                "providers.local.base-url        | http://a b        | an address",
                "providers.local.profile         | gpt               | one of [openai, vllm, ollama, llama-cpp,"
                        + " generic]",
                "providers.local.connect-timeout | soon              | a duration such as",
                "providers.local.idle-timeout    | 0s                | between a millisecond and a day",
                "providers.local.max-retries     | -1                | a whole number from 0",
                "providers.local.think-tags      | maybe             | one of [ignore, split, opened]",
                "providers.local.reasoning-field | thoughts          | one of [none, reasoning, reasoning_content]",
                "providers.local.enforces-schema | maybe             | one of [true, false]",
                "providers.local.headers.a b     | x                 | no name that a header can have",
                "providers.local.word-delay      | 1s                | no meaning for a provider of type",
                "providers.local.base-uri        | http://host/v1    | no such key",
                "providers.local                 | http://host/v1    | a provider is a set of keys",
                "providers.local.api-key         | ${no.such.key}    | Could not resolve placeholder",
                "models.fast.provider            | nobody            | one of [local]",
                "models.fast.url                 | nobody            | no such key",
                "models.fast                     | qwen3             | an alias is a set of keys",
                "default-provider                | nobody            | one of [local]",
                "default-povider                 | local             | no such key",
                "model-list-refresh              | often             | a duration such as"
            })
    void aMistakeStopsTheStartWithItsKey(String key, String value, String expected) {
        Map<String, Object> given = new LinkedHashMap<>(Map.of(LOCAL + "base-url", URL));
        given.put("parley.inference." + key, value);

        ConfigurationException mistake =
                Objects.requireNonNull(catchThrowableOfType(ConfigurationException.class, () -> read(given)));

        assertThat(mistake.getMessage())
                .startsWith("parley.inference." + key + ":")
                .contains(expected)
                .doesNotContain("u:p");
    }

    @Test
    void aMistakeInAVariableIsSaidWithItsName() {
        ConfigurationException mistake = Objects.requireNonNull(catchThrowableOfType(
                ConfigurationException.class, () -> read(Map.of(), Map.of("OPENAI_BASE_URL", "localhost"))));

        assertThat(mistake.getMessage()).startsWith("OPENAI_BASE_URL: must be an address");
    }

    @Test
    void severalProvidersNeedADefault() {
        Map<String, Object> two = Map.of(LOCAL + "base-url", URL, "parley.inference.providers.far.base-url", URL);

        ConfigurationException mistake =
                Objects.requireNonNull(catchThrowableOfType(ConfigurationException.class, () -> read(two)));

        assertThat(mistake.getMessage())
                .startsWith("parley.inference.default-provider: must be set to one of [far, local]");
    }

    @Test
    void aProviderWithoutAnAddressIsAMistake() {
        ConfigurationException mistake = Objects.requireNonNull(
                catchThrowableOfType(ConfigurationException.class, () -> read(Map.of(LOCAL + "profile", "vllm"))));

        assertThat(mistake.getMessage()).startsWith(LOCAL + "base-url: must be set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"geheim\nX-Evil: 1", "schlüssel"})
    void aSecretThatCannotBeSentIsNotShown(String secret) {
        ConfigurationException mistake = Objects.requireNonNull(catchThrowableOfType(
                ConfigurationException.class, () -> read(Map.of(LOCAL + "base-url", URL, LOCAL + "api-key", secret))));

        assertThat(mistake.getMessage())
                .startsWith(LOCAL + "api-key: must have")
                .doesNotContain(secret);
    }

    private static OpenAiCompatible only(InferenceSettings settings) {
        assertThat(settings.providers()).hasSize(1);
        return (OpenAiCompatible) settings.providers().getFirst();
    }

    private static InferenceSettings read(Map<String, Object> files) {
        return read(files, Map.of());
    }

    private static InferenceSettings read(Map<String, Object> files, Map<String, Object> variables) {
        try (ApplicationContext context = ApplicationContext.builder()
                .environmentPropertySource(false)
                .propertySources(PropertySource.of("file", files, -300), variables(variables, -200))
                .build()) {
            return InferenceSettingsReader.read(context.getEnvironment().start());
        }
    }

    private static PropertySource variables(Map<String, Object> variables, int order) {
        return new MapPropertySource("variables", variables) {
            @Override
            public PropertyConvention getConvention() {
                return PropertyConvention.ENVIRONMENT_VARIABLE;
            }

            @Override
            public int getOrder() {
                return order;
            }
        };
    }
}
