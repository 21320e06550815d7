package dev.parley.application.retrieval;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How documents are taken and read.
 *
 * @param maxFileSize the longest file that is kept, in bytes
 * @param readers how many files this process reads at a time
 * @param patience how often it looks for files that another process has left unread
 * @param lease after which a file counts as left that was not heard of: longer than reading one may take
 */
public record RetrievalSettings(long maxFileSize, int readers, Duration patience, Duration lease) {

    public RetrievalSettings {
        requireNonNull(patience, "patience");
        requireNonNull(lease, "lease");
        if (maxFileSize < 1 || readers < 1 || !patience.isPositive() || !lease.isPositive()) {
            throw new IllegalArgumentException("the settings of retrieval must be positive");
        }
    }
}
