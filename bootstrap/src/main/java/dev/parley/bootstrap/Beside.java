package dev.parley.bootstrap;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A part of the start that runs on a thread of its own beside the others.
 *
 * @param <T> what it makes
 */
final class Beside<T> {

    private final CompletableFuture<T> work;

    private Beside(CompletableFuture<T> work) {
        this.work = work;
    }

    /** Begins and returns at once. */
    static <T> Beside<T> begin(String name, Supplier<T> work) {
        return new Beside<>(CompletableFuture.supplyAsync(
                work, run -> Thread.ofPlatform().name(name).daemon().start(run)));
    }

    /**
     * Blocks until it is done.
     *
     * @throws RuntimeException what it failed with
     */
    T await() {
        try {
            return work.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException reason ? reason : failed;
        }
    }

    /** Blocks until it is done, and says what it made; empty when it failed. */
    Optional<T> settle() {
        return work.handle((made, _) -> Optional.ofNullable(made)).join();
    }
}
