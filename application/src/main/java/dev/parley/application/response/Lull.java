package dev.parley.application.response;

import java.time.Duration;

/** How often a log is looked into while nothing comes: ever less, up to a point. Used by one thread. */
final class Lull {

    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMillis(500);

    private Duration next = FIRST;

    /** How long to wait before the next look. */
    Duration next() {
        Duration pause = next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return pause;
    }
}
