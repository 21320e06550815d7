package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

/**
 * A chunk that a search has found.
 *
 * @param filename what readers know its document by
 * @param attributes those of its document
 * @param score from 0 to 1, how well it fits; comparable within one search alone
 */
public record Hit(
        VectorStoreId store, DocumentId document, String filename, Attributes attributes, Chunk chunk, double score) {

    public Hit {
        requireNonNull(store, "store");
        requireNonNull(document, "document");
        requireNonNull(filename, "filename");
        requireNonNull(attributes, "attributes");
        requireNonNull(chunk, "chunk");
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("a score is from 0 to 1: " + score);
        }
    }

    public Hit scored(double other) {
        return new Hit(store, document, filename, attributes, chunk, other);
    }

    /** What it is, whatever its score. */
    public Place place() {
        return new Place(store, document, chunk.position());
    }

    /** Where a chunk stands. */
    public record Place(VectorStoreId store, DocumentId document, int position) {
        public Place {
            requireNonNull(store, "store");
            requireNonNull(document, "document");
        }
    }
}
