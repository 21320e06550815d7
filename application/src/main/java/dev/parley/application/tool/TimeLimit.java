package dev.parley.application.tool;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools.ToolFailed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Waits for what tools do, but not for ever: each thing is done on a thread of its own, which is left behind when it neither
 * comes to an end nor heeds that it is called off.
 */
final class TimeLimit {

    /** What is called off gets this long to end by itself, so that what it has done is known. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Duration limit;

    TimeLimit(Duration limit) {
        this.limit = limit;
    }

    /** What is done. */
    @FunctionalInterface
    interface Task<T> {
        T run(Cancellation cancellation) throws ToolFailed;
    }

    /**
     * What comes of the task; blocks until then.
     *
     * @throws ToolFailed when the task has none, takes longer than the limit, or was called off and did not end soon
     */
    <T> T within(Cancellation cancellation, Task<T> task) throws ToolFailed {
        Cancellation own = new Cancellation();
        CompletableFuture<T> done = new CompletableFuture<>();
        Map<String, String> logged = MDC.getCopyOfContextMap();
        Thread worker = Thread.ofVirtual().name("tool").start(() -> run(task, own, done, logged));
        try (var _ = cancellation.passTo(own);
                var _ = cancellation.onRequest(() -> done.orTimeout(GRACE.toMillis(), TimeUnit.MILLISECONDS))) {
            return done.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).get();
        } catch (ExecutionException failed) {
            throw failure(failed.getCause(), cancellation);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ToolFailed("it was called off");
        } finally {
            if (worker.isAlive()) {
                own.request(Cancellation.Reason.CLIENT_LEFT);
                worker.interrupt();
            }
        }
    }

    private static <T> void run(
            Task<T> task, Cancellation own, CompletableFuture<T> done, @Nullable Map<String, String> logged) {
        if (logged != null) {
            MDC.setContextMap(logged);
        }
        try {
            done.complete(task.run(own));
        } catch (Throwable failure) {
            done.completeExceptionally(failure);
        }
    }

    private ToolFailed failure(@Nullable Throwable cause, Cancellation cancellation) {
        return switch (cause) {
            case ToolFailed failed -> failed;
            case TimeoutException _ ->
                cancellation.requested().isPresent()
                        ? new ToolFailed("it was called off")
                        : new ToolFailed("it took longer than %s".formatted(inWords(limit)));
            case RuntimeException mistake -> throw mistake;
            case Error mistake -> throw mistake;
            case null, default -> throw new IllegalStateException(cause);
        };
    }

    private static String inWords(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
