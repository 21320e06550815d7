package dev.parley.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.ToolGroupProvider;
import dev.parley.tools.outgoing.Target;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key below {@code parley.web-search}, and its default. */
class WebSearchSettingsTest {

    @Test
    void withoutAProviderThereIsNoSearch() {
        try (ApplicationContext context = ApplicationContext.run(Map.of())) {
            assertThat(context.getBean(WebSearchSettings.class))
                    .isEqualTo(new WebSearchSettings(
                            Optional.empty(), Optional.empty(), Optional.empty(), 5, Duration.ofSeconds(10)));
            assertThat(context.getBeansOfType(ToolGroupProvider.class))
                    .doesNotHaveAnyElementsOfTypes(SearchGroup.class);
            assertThat(context.getBeansOfType(HostedToolProvider.class))
                    .doesNotHaveAnyElementsOfTypes(HostedSearch.class);
        }
    }

    @Test
    void anEmptyProviderIsNone() {
        try (ApplicationContext context = ApplicationContext.run(Map.of("parley.web-search.provider", ""))) {
            assertThat(context.getBeansOfType(ToolGroupProvider.class))
                    .doesNotHaveAnyElementsOfTypes(SearchGroup.class);
        }
    }

    @Test
    void everyKeyIsTaken() {
        try (ApplicationContext context = ApplicationContext.run(Map.of(
                "parley.web-search.provider", "searxng",
                "parley.web-search.url", "http://searxng.internal:8080",
                "parley.web-search.api-key", "secret",
                "parley.web-search.max-results", "7",
                "parley.web-search.timeout", "3s"))) {
            assertThat(context.getBean(WebSearchSettings.class))
                    .isEqualTo(new WebSearchSettings(
                            Optional.of("searxng"),
                            Optional.of("http://searxng.internal:8080"),
                            Optional.of("secret"),
                            7,
                            Duration.ofSeconds(3)))
                    .asString()
                    .doesNotContain("secret");
            assertThat(context.getBeansOfType(ToolGroupProvider.class)).hasAtLeastOneElementOfType(SearchGroup.class);
            assertThat(context.getBeansOfType(HostedToolProvider.class)).hasAtLeastOneElementOfType(HostedSearch.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"brave, https://api.search.brave.com/res/v1/web/search", "tavily, https://api.tavily.com/search"})
    void publicEnginesHaveTheirPublicAddress(String provider, String address) throws Exception {
        try (ApplicationContext context = ApplicationContext.run(Map.of("parley.web-search.provider", provider))) {
            assertThat(context.getBean(WebSearchSettings.class).endpoint()).isEqualTo(Target.parse(address));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "searxng, x.y, z, parley.web-search.url",
        "searxng, url, ftp://secret/, parley.web-search.url",
        "google, x.y, z, provider",
        "brave, max-results, 0, parley.web-search.max-results",
        "brave, max-results, 21, parley.web-search.max-results",
        "brave, timeout, 0s, parley.web-search.timeout",
        "brave, api-key, 'secret secret', parley.web-search.api-key",
        "'', api-key, secret, parley.web-search.provider"
    })
    void aMistakeStopsTheStartAndNamesItsKey(String provider, String key, String value, String named) {
        Map<String, Object> keys = provider.isEmpty()
                ? Map.of("parley.web-search." + key, value)
                : Map.of("parley.web-search.provider", provider, "parley.web-search." + key, value);

        assertThatThrownBy(() -> ApplicationContext.run(keys).close())
                .hasStackTraceContaining(named)
                .hasMessageNotContaining("secret");
    }
}
