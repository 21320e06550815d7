package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

/**
 * The id of a file that was uploaded, as clients know it.
 *
 * @param value opaque text that begins with {@code file-}; one that does not exist is simply not found
 */
public record FileId(String value) {

    public FileId {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
