package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;

/**
 * A piece of a document, the unit that is found.
 *
 * @param position its place among the chunks of its document, from 0
 * @param tokens how long it is, as far as it was counted
 * @param metadata an object that clients are given with it
 */
public record Chunk(int position, String text, int tokens, JsonText metadata) {

    public Chunk {
        requireNonNull(text, "text");
        requireNonNull(metadata, "metadata");
        if (position < 0 || tokens < 0) {
            throw new IllegalArgumentException("a chunk has no negative numbers: %d, %d".formatted(position, tokens));
        }
    }
}
