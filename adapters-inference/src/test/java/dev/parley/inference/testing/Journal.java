package dev.parley.inference.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What the server saw, kept so that a test can wait for it. */
final class Journal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final List<ClientGone> departures = new ArrayList<>();
    private int opened;
    private int open;

    /** Returns the connection's number, from 1. */
    int connectionOpened() {
        return change(() -> {
            open++;
            return ++opened;
        });
    }

    void connectionClosed() {
        change(() -> --open);
    }

    void requested(RecordedRequest request) {
        change(() -> requests.add(request));
    }

    void clientLeft(RecordedRequest request) {
        change(() -> departures.add(ClientGone.now(request)));
    }

    List<RecordedRequest> requests() {
        return read(() -> List.copyOf(requests));
    }

    List<ClientGone> departures() {
        return read(() -> List.copyOf(departures));
    }

    int opened() {
        return read(() -> opened);
    }

    int open() {
        return read(() -> open);
    }

    /**
     * Blocks until {@code look} finds something.
     *
     * @throws AssertionError if it has not by the end of the limit
     */
    <T> T await(String what, Duration limit, Supplier<Optional<T>> look) {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<T> found = look.get();
                if (found.isPresent()) {
                    return found.get();
                }
                if (left <= 0) {
                    throw new AssertionError("waited %s for %s; seen: %d requests, %d clients that left, %d connections"
                            .formatted(limit, what, requests.size(), departures.size(), opened));
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }

    private <T> T change(Supplier<T> change) {
        return read(() -> {
            T result = change.get();
            changed.signalAll();
            return result;
        });
    }

    private <T> T read(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }
}
