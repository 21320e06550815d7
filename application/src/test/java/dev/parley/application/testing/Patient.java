package dev.parley.application.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    /** Has something done on a thread of its own. */
    public static <T> Future<T> start(Callable<T> work) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                outcome.complete(work.call());
            } catch (Throwable failure) {
                outcome.completeExceptionally(failure);
            }
        });
        return outcome;
    }

    /** Blocks until it is done, and gives what came of it or throws what it threw. */
    public static <T> T get(Future<T> outcome) {
        try {
            return outcome.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            throw new AssertionError("it threw", failed.getCause());
        } catch (TimeoutException late) {
            throw new AssertionError("nothing came within %d seconds".formatted(SECONDS), late);
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
