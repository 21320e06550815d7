package dev.parley.bootstrap;

import dev.parley.application.retrieval.RetrievalSettings;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;

/**
 * How files are taken and read ({@code parley.retrieval.*}; how stores are searched is the database adapter's).
 *
 * @param maxFileSize the longest file that is kept, in bytes
 * @param readers how many files this process reads into vector stores at a time
 * @param sweepInterval how often what has expired is removed
 */
@ConfigurationProperties("parley.retrieval")
record FilesConfiguration(
        @Bindable(defaultValue = "64MB") @ReadableBytes long maxFileSize,
        @Bindable(defaultValue = "2") int readers,
        @Bindable(defaultValue = "10m") Duration sweepInterval) {

    /** How soon a file is found that another process was asked to read and has not. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What takes longest of all else between two signs of life: to fetch a content, to have texts embedded. */
    private static final Duration OTHERWISE = Duration.ofMinutes(2);

    /** Contents pass through arrays, in several copies. */
    private static final long LARGEST = 512L << 20;

    FilesConfiguration {
        if (maxFileSize < 1 || maxFileSize > LARGEST) {
            throw new ConfigurationException("parley.retrieval.max-file-size must be 1 byte to 512MB");
        }
        if (readers < 1) {
            throw new ConfigurationException("parley.retrieval.readers must be at least 1, and is " + readers);
        }
        if (sweepInterval.toMillis() < 1) {
            throw new ConfigurationException(
                    "parley.retrieval.sweep-interval must be at least 1ms, and is " + sweepInterval);
        }
    }

    /** @param reading how long a document may wait to be read, and then take */
    RetrievalSettings settings(Duration reading) {
        return new RetrievalSettings(
                maxFileSize, readers, PATIENCE, reading.multipliedBy(2).plus(OTHERWISE));
    }
}
