package dev.parley.application.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Has several threads do something at the same moment. */
public final class Together {

    private Together() {}

    /** What the attempts gave, all of them started at once, each on a thread of its own. */
    public static <T> List<T> run(List<Callable<T>> attempts) {
        CyclicBarrier start = new CyclicBarrier(attempts.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> attempt : attempts) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return attempt.call();
                }));
            }
            List<T> outcomes = new ArrayList<>();
            for (Future<T> future : futures) {
                outcomes.add(future.get());
            }
            return outcomes;
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw new AssertionError("an attempt threw", failed.getCause());
        }
    }
}
