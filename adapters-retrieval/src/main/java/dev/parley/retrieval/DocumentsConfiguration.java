package dev.parley.retrieval;

import dev.parley.retrieval.document.DocumentLimits;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What one document may take ({@code parley.retrieval.documents.*}).
 *
 * @param maxCharacters of text
 * @param maxUnpacked in bytes, for all that is packed in it
 * @param timeout to be read
 * @param maxParallel how many documents are read at a time
 */
@ConfigurationProperties("parley.retrieval.documents")
record DocumentsConfiguration(
        @Bindable(defaultValue = "10000000") int maxCharacters,
        @Bindable(defaultValue = "134217728") long maxUnpacked,
        @Bindable(defaultValue = "60s") Duration timeout,
        @Bindable(defaultValue = "2") int maxParallel) {

    DocumentsConfiguration {
        requirePositive(maxCharacters, "max-characters");
        requirePositive(maxUnpacked, "max-unpacked");
        requirePositive(timeout.toMillis(), "timeout");
        requirePositive(maxParallel, "max-parallel");
    }

    private static void requirePositive(long number, String key) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "parley.retrieval.documents.%s must be more than nothing".formatted(key));
        }
    }

    DocumentLimits limits() {
        return new DocumentLimits(maxCharacters, maxUnpacked, timeout, maxParallel);
    }
}
