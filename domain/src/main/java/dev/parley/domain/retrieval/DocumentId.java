package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

/**
 * The id of a document within its store: that of the file that it is, or the client's own.
 *
 * @param value opaque text
 */
public record DocumentId(String value) {

    public DocumentId {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
