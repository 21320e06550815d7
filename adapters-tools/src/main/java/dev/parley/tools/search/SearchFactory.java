package dev.parley.tools.search;

import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.ToolGroupProvider;
import dev.parley.tools.outgoing.LazyWay;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The search of the web, where the configuration names a search engine. Nothing is opened before somebody searches. */
@Factory
@Requires(property = "parley.web-search.provider")
@Requires(property = "parley.web-search.provider", notEquals = "")
final class SearchFactory {

    private static final String WAY = "web-search";

    @Singleton
    @Named(WAY)
    @Bean(preDestroy = "close")
    LazyWay way(WebSearchSettings settings) {
        return new LazyWay(settings.timeout());
    }

    @Singleton
    WebSearch search(WebSearchSettings settings, @Named(WAY) LazyWay way) {
        return new WebSearch(SearchEngine.of(settings), way, settings.apiKey(), settings.timeout());
    }

    @Singleton
    ToolGroupProvider group(WebSearch search, WebSearchSettings settings) {
        return new SearchGroup(search, settings.maxResults());
    }

    @Singleton
    HostedToolProvider hosted(WebSearch search, WebSearchSettings settings) {
        return new HostedSearch(search, settings.maxResults());
    }
}
