package dev.parley.persistence;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.util.Set;

/**
 * How vector stores are searched ({@code parley.retrieval.*}).
 *
 * @param exactSearchLimit how many chunks a store can have where the database has no pgvector
 * @param vectorCacheSize how many bytes of vectors this process keeps, where the database has no pgvector
 * @param keywordLanguage PostgreSQL's name of the language whose words new stores are searched for
 * @param pgvector whether pgvector is used where it is installed
 */
@ConfigurationProperties("parley.retrieval")
record RetrievalConfiguration(
        @Bindable(defaultValue = "50000") int exactSearchLimit,
        @Bindable(defaultValue = "256MB") @ReadableBytes long vectorCacheSize,
        @Bindable(defaultValue = "english") String keywordLanguage,
        @Bindable(defaultValue = "true") boolean pgvector) {

    /** What PostgreSQL 15 and later bring. */
    private static final Set<String> LANGUAGES = Set.of(
            "simple",
            "arabic",
            "armenian",
            "basque",
            "catalan",
            "danish",
            "dutch",
            "english",
            "finnish",
            "french",
            "german",
            "greek",
            "hindi",
            "hungarian",
            "indonesian",
            "irish",
            "italian",
            "lithuanian",
            "nepali",
            "norwegian",
            "portuguese",
            "romanian",
            "russian",
            "serbian",
            "spanish",
            "swedish",
            "tamil",
            "turkish",
            "yiddish");

    RetrievalConfiguration {
        if (exactSearchLimit < 1) {
            throw new ConfigurationException(
                    "parley.retrieval.exact-search-limit must be at least 1, and is " + exactSearchLimit);
        }
        if (vectorCacheSize < 0) {
            throw new ConfigurationException("parley.retrieval.vector-cache-size must not be negative");
        }
        if (!LANGUAGES.contains(keywordLanguage)) {
            throw new ConfigurationException("parley.retrieval.keyword-language must be one of %s, and is %s"
                    .formatted(LANGUAGES.stream().sorted().toList(), keywordLanguage));
        }
    }
}
