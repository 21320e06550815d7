package dev.parley.application.port;

import java.util.OptionalInt;

/**
 * Which part of a list is wanted.
 *
 * @param start how many to leave out, at least 0
 * @param limit the most to return, at least 0; empty for all
 */
public record Slice(int start, OptionalInt limit) {

    public static final Slice ALL = new Slice(0, OptionalInt.empty());

    public Slice {
        if (start < 0 || limit.orElse(0) < 0) {
            throw new IllegalArgumentException("a slice has no negative bounds: %d, %s".formatted(start, limit));
        }
    }
}
