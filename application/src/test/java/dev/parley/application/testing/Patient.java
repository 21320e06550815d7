package dev.parley.application.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what must come, and fails instead of hanging when it does not. */
public final class Patient {

    private static final long SECONDS = 10;

    private Patient() {}

    /** Blocks until the latch is open. */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came within %d seconds".formatted(SECONDS));
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
