package dev.parley.application.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes on by one millisecond each time that it is read, the same in every run. */
public final class SteppingClock implements InstantSource {

    private static final Instant START = Instant.parse("2025-04-28T21:06:00.000001Z");

    private final AtomicLong reads = new AtomicLong();

    @Override
    public Instant instant() {
        return START.plus(Duration.ofMillis(reads.getAndIncrement()));
    }
}
