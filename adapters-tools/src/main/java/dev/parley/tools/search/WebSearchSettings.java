package dev.parley.tools.search;

import static java.util.Objects.requireNonNull;

import dev.parley.tools.outgoing.Refused;
import dev.parley.tools.outgoing.Target;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which search engine is asked ({@code parley.web-search.*}); none when no provider is named.
 *
 * @param url of its interface; for those with a public one, that by default
 * @param apiKey never printed
 * @param maxResults how many pages a model is shown
 * @param timeout for one search
 */
@Context // read at the start, so that mistakes are known then
@ConfigurationProperties("parley.web-search")
record WebSearchSettings(
        Optional<String> provider,
        Optional<String> url,
        Optional<String> apiKey,
        @Bindable(defaultValue = "5") int maxResults,
        @Bindable(defaultValue = "10s") Duration timeout) {

    /** The search engines that there are. */
    enum Provider {
        SEARXNG(Optional.empty()),
        BRAVE(Optional.of("https://api.search.brave.com/res/v1/web/search")),
        TAVILY(Optional.of("https://api.tavily.com/search"));

        private final Optional<String> publicUrl;

        Provider(Optional<String> publicUrl) {
            this.publicUrl = publicUrl;
        }
    }

    static final int MOST_RESULTS = 20;

    WebSearchSettings {
        provider = provider.filter(text -> !text.isBlank());
        url = url.filter(text -> !text.isBlank());
        apiKey = apiKey.filter(text -> !text.isBlank());
        if (maxResults < 1 || maxResults > MOST_RESULTS) {
            throw new ConfigurationException(
                    "parley.web-search.max-results must be between 1 and %d".formatted(MOST_RESULTS));
        }
        requireNonNull(timeout, "timeout");
        if (timeout.toMillis() < 1) {
            throw new ConfigurationException("parley.web-search.timeout must be at least 1ms");
        }
        if (apiKey.isPresent() && !apiKey.get().chars().allMatch(unit -> unit > ' ' && unit < 0x7f)) {
            throw new ConfigurationException("parley.web-search.api-key must be letters, digits and signs of ASCII");
        }
        if (provider.isPresent()) {
            endpoint(engine(provider.get()), url);
        } else if (url.isPresent() || apiKey.isPresent()) {
            throw new ConfigurationException(
                    "parley.web-search.provider must be set to searxng, brave or tavily, because other keys of it are");
        }
    }

    /** Which one is asked; to be called only where there is one. */
    Provider engine() {
        return engine(provider.orElseThrow());
    }

    /** Where it is asked. */
    Target endpoint() {
        return endpoint(engine(), url);
    }

    private static Provider engine(String name) {
        return Stream.of(Provider.values())
                .filter(known -> known.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() ->
                        new ConfigurationException("parley.web-search.provider must be searxng, brave or tavily"));
    }

    private static Target endpoint(Provider provider, Optional<String> url) {
        String address = url.or(() -> provider.publicUrl)
                .orElseThrow(() -> new ConfigurationException(
                        "parley.web-search.url must be set to the address of your SearXNG, such as"
                                + " http://searxng:8080"));
        try {
            return Target.parse(address);
        } catch (Refused wrong) {
            throw new ConfigurationException("parley.web-search.url: " + wrong.explanation());
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "parley.web-search";
    }
}
