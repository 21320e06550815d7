package dev.parley.inference.config;

import dev.parley.inference.provider.Profile;
import dev.parley.inference.provider.Profile.ThinkTags;
import dev.parley.inference.provider.ProviderSettings;
import dev.parley.inference.provider.ProviderSettings.OpenAiCompatible;
import dev.parley.inference.provider.ProviderSettings.Scripted;
import dev.parley.inference.provider.ProviderSettings.Timeouts;
import dev.parley.inference.provider.Secret;
import io.micronaut.context.exceptions.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads one provider. */
final class ProviderSection {

    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    static final Duration FIRST_TOKEN_TIMEOUT = Duration.ofMinutes(5);
    static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
    static final int MAX_RETRIES = 2;

    private static final String HEADERS = "headers.";
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]*");
    private static final List<String> REASONING_FIELDS = List.of("none", "reasoning", "reasoning_content");

    private final String name;
    private final Map<String, Given> given;
    private final Section section;

    private ProviderSection(String name, Map<String, Given> given) {
        this.name = name;
        this.given = given;
        Map<String, Given> withoutHeaders = new HashMap<>(given);
        withoutHeaders.keySet().removeIf(key -> key.startsWith(HEADERS));
        this.section = new Section(withoutHeaders);
    }

    /** @throws ConfigurationException when it makes no sense, naming the key */
    static ProviderSettings read(String name, Map<String, Given> given) {
        ProviderSection reader = new ProviderSection(name, given);
        reader.section.requireOnly(Keys.PROVIDER, "of a provider");
        String type = reader.section
                .choice(Keys.TYPE, List.of(OpenAiCompatible.TYPE, Scripted.TYPE), known -> known)
                .orElse(OpenAiCompatible.TYPE);
        return type.equals(Scripted.TYPE) ? reader.scripted() : reader.openAiCompatible();
    }

    private Scripted scripted() {
        requireNone(Scripted.TYPE, key -> !key.equals(Keys.TYPE) && !key.equals(Keys.WORD_DELAY));
        return new Scripted(name, section.duration(Keys.WORD_DELAY).orElse(Duration.ZERO));
    }

    private OpenAiCompatible openAiCompatible() {
        requireNone(OpenAiCompatible.TYPE, key -> key.equals(Keys.WORD_DELAY));
        URI baseUri = section.read(Keys.BASE_URL, ProviderSection::baseUri)
                .orElseThrow(() -> new ConfigurationException(
                        "parley.inference.providers.%s.base-url: must be set, for example to http://localhost:8000/v1"
                                .formatted(name)));
        return new OpenAiCompatible(
                name,
                baseUri,
                secret(Keys.API_KEY),
                profile(baseUri),
                new Timeouts(
                        positive(Keys.CONNECT_TIMEOUT, CONNECT_TIMEOUT),
                        positive(Keys.FIRST_TOKEN_TIMEOUT, FIRST_TOKEN_TIMEOUT),
                        positive(Keys.IDLE_TIMEOUT, IDLE_TIMEOUT)),
                section.count(Keys.MAX_RETRIES).orElse(MAX_RETRIES),
                headers());
    }

    private void requireNone(String type, Predicate<String> foreign) {
        given.forEach((key, value) -> {
            if (foreign.test(key)) {
                throw new ConfigurationException(
                        "%s: has no meaning for a provider of type '%s'; remove it".formatted(value.key(), type));
            }
        });
    }

    private static URI baseUri(String value) {
        String expected = "an address such as http://localhost:8000/v1, without user and password";
        try {
            URI uri = new URI(value);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!(scheme.equals("http") || scheme.equals("https"))
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null) {
                throw new IllegalArgumentException(expected);
            }
            return uri;
        } catch (URISyntaxException syntax) {
            throw new IllegalArgumentException(expected, syntax);
        }
    }

    private Profile profile(URI baseUri) {
        Profile guessed = "api.openai.com".equalsIgnoreCase(baseUri.getHost()) ? Profile.OPENAI : Profile.GENERIC;
        Profile profile =
                section.choice(Keys.PROFILE, Profile.ALL, Profile::name).orElse(guessed);
        Profile tagged = section.choice(
                        Keys.THINK_TAGS,
                        List.of(ThinkTags.values()),
                        tags -> tags.name().toLowerCase(Locale.ROOT))
                .map(profile::withThinkTags)
                .orElse(profile);
        Profile thinking = section.choice(Keys.REASONING_FIELD, REASONING_FIELDS, field -> field)
                .map(field -> field.equals("none") ? tagged.withoutReasoningField() : tagged.withReasoningField(field))
                .orElse(tagged);
        return section.choice(Keys.ENFORCES_SCHEMA, List.of(true, false), String::valueOf)
                .map(thinking::enforcingSchema)
                .orElse(thinking);
    }

    private Duration positive(String key, Duration byDefault) {
        Duration time = section.duration(key).orElse(byDefault);
        if (time.toMillis() < 1 || time.compareTo(Duration.ofDays(1)) > 0) {
            throw section.mistake(key, "between a millisecond and a day");
        }
        return time;
    }

    private Optional<Secret> secret(String key) {
        return section.text(key).map(value -> sendable(key, value));
    }

    private Map<String, Secret> headers() {
        Map<String, Secret> headers = new HashMap<>();
        given.forEach((key, value) -> {
            if (key.startsWith(HEADERS)) {
                String header = key.substring(HEADERS.length());
                if (!HEADER_NAME.matcher(header).matches()) {
                    throw new ConfigurationException(value.key() + ": is no name that a header can have");
                }
                headers.put(header, sendable(key, value.value()));
            }
        });
        return headers;
    }

    /** A value that goes into a header; a line break in it would begin another one. Not shown, whatever is wrong. */
    private Secret sendable(String key, String value) {
        if (!PRINTABLE.matcher(value).matches()) {
            Given origin = given.get(key);
            throw new ConfigurationException((origin == null ? key : origin.key())
                    + ": must have no line breaks and nothing but ASCII characters");
        }
        return new Secret(value);
    }
}
