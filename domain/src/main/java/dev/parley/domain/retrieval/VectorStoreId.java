package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

/**
 * The id of a vector store, as clients know it.
 *
 * @param value opaque text; one that does not exist is simply not found
 */
public record VectorStoreId(String value) {

    public VectorStoreId {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
