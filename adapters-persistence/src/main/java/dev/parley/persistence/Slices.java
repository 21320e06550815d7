package dev.parley.persistence;

import dev.parley.application.port.Page;
import dev.parley.application.port.Slice;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads slices of ordered rows: one row more than wanted is asked for, which tells whether there is more. */
final class Slices {

    private Slices() {}

    static int countToAsk(Slice slice) {
        int limit = slice.limit().orElse(Integer.MAX_VALUE);
        return limit == Integer.MAX_VALUE ? limit : limit + 1;
    }

    static <R, T> Page<T> page(Slice slice, List<R> rows, Function<R, Optional<T>> reading) {
        int limit = slice.limit().orElse(Integer.MAX_VALUE);
        boolean more = rows.size() > limit;
        List<R> wanted = more ? rows.subList(0, limit) : rows;
        return new Page<>(wanted.stream().map(reading).flatMap(Optional::stream).toList(), more);
    }
}
