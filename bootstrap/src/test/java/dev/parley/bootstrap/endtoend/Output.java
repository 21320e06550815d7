package dev.parley.bootstrap.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that a process writes, kept so that a test can wait for them. */
final class Output {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private Output() {}

    /** Reads to the end, on a thread of its own. */
    static Output of(String name, BufferedReader reader) {
        Output output = new Output();
        // Reading a pipe holds on to the carrier of a virtual thread, and two outputs would take all that a small
        // machine has.
        Thread.ofPlatform().daemon().name(name).start(() -> output.readAll(reader));
        return output;
    }

    List<String> lines() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until a line fits, and returns the first that does; empty when the output ends, or the time, without one. */
    Optional<Matcher> await(Pattern pattern, Duration patience) {
        return await(
                () -> lines.stream().map(pattern::matcher).filter(Matcher::find).findFirst(), patience);
    }

    /** Blocks until everything has been read, for no longer than this. */
    void awaitEnd(Duration patience) {
        await(Optional::empty, patience);
    }

    private Optional<Matcher> await(Supplier<Optional<Matcher>> look, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<Matcher> found = look.get();
                if (found.isPresent() || ended || left <= 0) {
                    return found;
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a line", e);
        } finally {
            lock.unlock();
        }
    }

    private void readAll(BufferedReader reader) {
        try (reader) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException _) {
            // The process was killed, and its end of the pipe with it: what was read until then is all there is.
        } finally {
            end();
        }
    }

    private void add(String line) {
        lock.lock();
        try {
            lines.add(line);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
