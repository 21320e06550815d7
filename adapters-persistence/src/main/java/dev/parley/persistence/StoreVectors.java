package dev.parley.persistence;

import dev.parley.domain.retrieval.Attributes;
import java.util.List;

/**
 * The vectors of a store as they were at one revision of it.
 *
 * @param documents those that have chunks
 */
record StoreVectors(long revision, int dimension, List<DocumentVectors> documents) {

    StoreVectors {
        documents = List.copyOf(documents);
    }

    /**
     * The vectors of a document.
     *
     * @param revision that of its chunks, which comes to no other document ever
     * @param positions those of its chunks, ascending
     * @param numbers the vectors, one behind the other
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
    record DocumentVectors(String id, long revision, Attributes attributes, int[] positions, float[] numbers) {

        /** The same chunks under other attributes. */
        DocumentVectors with(Attributes others) {
            return new DocumentVectors(id, revision, others, positions, numbers);
        }
    }

    /** How much memory the vectors take. */
    long bytes() {
        return documents.stream()
                .mapToLong(document -> (long) document.numbers().length * Float.BYTES)
                .sum();
    }
}
