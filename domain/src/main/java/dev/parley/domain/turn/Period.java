package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** From when to when something was done; the end is strictly later than the start. */
public record Period(Instant start, Instant end) {

    public Period {
        requireNonNull(start, "start");
        requireNonNull(end, "end");
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException("a period must end after it starts: %s to %s".formatted(start, end));
        }
    }

    /** The period from a start to what a clock shows, which may have stood still or gone back since. */
    public static Period ending(Instant start, Instant clock) {
        return new Period(start, strictlyAfter(start, clock));
    }

    /** The clock's time in microseconds, or the first instant after the floor if the clock is not past it. */
    static Instant strictlyAfter(Instant floor, Instant clock) {
        Instant candidate = clock.truncatedTo(ChronoUnit.MICROS);
        return candidate.isAfter(floor)
                ? candidate
                : floor.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
    }
}
