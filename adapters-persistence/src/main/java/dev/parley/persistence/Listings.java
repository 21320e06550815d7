package dev.parley.persistence;

import dev.parley.application.port.Listing;
import dev.parley.application.port.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Listing} is read from rows that are ordered by age: which way, between which places, and one row more than wanted,
 * which tells whether there is more.
 *
 * @param lower the older of the two places that the rows are between; null for before the first
 * @param upper the younger one; null for behind the last
 */
record Listings(
        Listing listing,
        boolean ascending,
        @Nullable String lower,
        @Nullable String upper,
        int count) {

    static Listings of(Listing listing) {
        @Nullable String after = listing.after().map(StorableTexts::of).orElse(null);
        @Nullable String before = listing.before().map(StorableTexts::of).orElse(null);
        return new Listings(
                listing,
                listing.newestFirst() == listing.isBackwards(),
                listing.newestFirst() ? before : after,
                listing.newestFirst() ? after : before,
                Math.addExact(listing.limit(), 1));
    }

    /** Whether the places that are named are there. */
    boolean isWithin(Function<String, Boolean> has) {
        return (lower == null || has.apply(lower)) && (upper == null || has.apply(upper));
    }

    <R, T> Page<T> page(List<R> rows, Function<R, Optional<T>> reading) {
        boolean more = rows.size() > listing.limit();
        List<R> wanted = more ? rows.subList(0, listing.limit()) : rows;
        List<T> read = wanted.stream().map(reading).flatMap(Optional::stream).toList();
        return new Page<>(listing.isBackwards() ? read.reversed() : read, more);
    }
}
