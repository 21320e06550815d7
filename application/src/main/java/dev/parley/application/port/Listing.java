package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which part of a list is wanted, as OpenAI's lists are read. The list is by age, and by id for what is equally old.
 *
 * @param after the id of the entry to begin behind; empty to begin with the first
 * @param before the id of the entry to end before; empty to go on to the last. With this alone, the entries nearest to it are
 *     wanted
 * @param limit the most to return, at least 1
 * @param newestFirst in which direction the list goes
 */
public record Listing(Optional<String> after, Optional<String> before, int limit, boolean newestFirst) {

    public Listing {
        requireNonNull(after, "after");
        requireNonNull(before, "before");
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
    }

    /** The first entries. */
    public static Listing first(int limit, boolean newestFirst) {
        return new Listing(Optional.empty(), Optional.empty(), limit, newestFirst);
    }

    /** Whether the entries that are wanted are those nearest to the end. */
    public boolean isBackwards() {
        return before.isPresent() && after.isEmpty();
    }
}
