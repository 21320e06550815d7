package dev.parley.retrieval.document;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What one document may take.
 *
 * @param maxCharacters of text
 * @param maxUnpacked in bytes, for all that is packed in it
 * @param timeout to be read
 * @param atATime how many documents are read at a time; others wait for as long as they may take
 */
public record DocumentLimits(int maxCharacters, long maxUnpacked, Duration timeout, int atATime) {

    /** Documents in documents: deeper than an attachment of an attachment, somebody is playing. */
    static final int MAX_DEPTH = 3;

    /** Of documents in a document, and of files that a packed one is made of. */
    static final int MAX_PARTS = 10_000;

    public DocumentLimits {
        requireNonNull(timeout, "timeout");
        requirePositive(maxCharacters, "maxCharacters");
        requirePositive(maxUnpacked, "maxUnpacked");
        requirePositive(timeout.toMillis(), "timeout");
        requirePositive(atATime, "atATime");
    }

    private static void requirePositive(long number, String name) {
        if (number < 1) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
