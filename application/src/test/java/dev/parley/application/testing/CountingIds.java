package dev.parley.application.testing;

import dev.parley.application.port.Ids;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Ids that count up from 1, in the shape of version 4. */
public final class CountingIds implements Ids {

    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final AtomicLong last = new AtomicLong();

    @Override
    public UUID next() {
        return id(last.incrementAndGet());
    }

    /** The n-th id, counted from 1. */
    public static UUID id(long n) {
        return new UUID(VERSION_4, VARIANT | n);
    }
}
