package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.AttributeFilter;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.VectorStoreId;
import java.util.List;

/**
 * The chunks of documents, found by their vectors and by their words. Whatever changes them is all or nothing, and found as soon
 * as it is done. Every method blocks on the store.
 */
public interface ChunkIndex {

    /**
     * Puts the chunks in the place of those that the file had, and marks it as completed.
     *
     * @param claim what was claimed to do so
     * @param usageBytes what the chunks take
     */
    Indexing complete(StoreFiles.Claim claim, long usageBytes, List<Embedded> chunks);

    /** Keeps a document that was never uploaded with its chunks, in the place of one of the same id and its chunks. */
    Indexing put(Owner owner, StoreFile document, List<Embedded> chunks);

    /**
     * Adds chunks to a document, which is kept first where the store has none of that id; else it stays as it is. A chunk with the
     * text of one that is there takes its place.
     *
     * @param chunks whose positions count for nothing
     */
    Indexing merge(Owner owner, StoreFile document, List<Embedded> chunks);

    /** The chunks whose vectors are nearest, the best first, with the cosine of the angle between the two, at least 0, as the score. */
    List<Hit> byVector(Owner owner, VectorStoreId store, float[] query, Choice choice);

    /**
     * The chunks that have words of the query, the best first. Those with all of its words come before the others and have more than
     * a half as their score, the others less, in proportion to how much of the query they have; a phrase in
     * quotes must be there as it is, a word behind a minus must not.
     */
    List<Hit> byWords(Owner owner, VectorStoreId store, String query, Choice choice);

    /** The chunks of a document in their order; empty when there are none, or no such document. */
    List<Chunk> content(Owner owner, VectorStoreId store, DocumentId id);

    /**
     * Which of the chunks that fit are wanted.
     *
     * @param filter the documents that they may be of
     * @param limit the most to return, at least 1
     */
    record Choice(AttributeFilter filter, int limit) {
        public Choice {
            requireNonNull(filter, "filter");
            if (limit < 1) {
                throw new IllegalArgumentException("limit must be at least 1: " + limit);
            }
        }
    }

    /** A chunk and its vector, which has length 1. */
    @SuppressWarnings("ArrayRecordComponent") // made once and never compared
    record Embedded(Chunk chunk, float[] vector) {
        public Embedded {
            requireNonNull(chunk, "chunk");
            requireNonNull(vector, "vector");
        }
    }

    /** What came of chunks that were to be kept. */
    sealed interface Indexing {

        /** They are there. */
        record Done() implements Indexing {}

        /** There is no such store, or the claim counts no more; nothing was changed. */
        record Gone() implements Indexing {}

        /**
         * The store would have more chunks than it can search; nothing was changed.
         *
         * @param limit how many it can have
         * @param remedy what its operator can do
         */
        record Full(long limit, String remedy) implements Indexing {
            public Full {
                requireNonNull(remedy, "remedy");
            }
        }
    }
}
