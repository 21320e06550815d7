package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

/**
 * The id of files that were put into a store together.
 *
 * @param value opaque text that begins with {@code vsfb_}
 */
public record FileBatchId(String value) {

    public FileBatchId {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
