package dev.parley.bootstrap.endtoend;

import dev.parley.inference.testing.ReplyScript;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Places at which answers of the model stand still until a test lets them go on. Each has a name. */
final class Gates {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    private record Gate(CountDownLatch reached, CountDownLatch opened) {
        Gate() {
            this(new CountDownLatch(1), new CountDownLatch(1));
        }
    }

    /** Puts a gate into an answer. */
    ReplyScript putInto(ReplyScript script, String name) {
        return script.signal(gate(name).reached()).awaitGate(gate(name).opened());
    }

    /**
     * Blocks until an answer has come to the gate.
     *
     * @throws AssertionError if none has within half a minute
     */
    void awaitReached(String name) {
        try {
            if (!gate(name).reached().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("no answer has come to the gate " + name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting at the gate " + name, e);
        }
    }

    void open(String name) {
        gate(name).opened().countDown();
    }

    private Gate gate(String name) {
        return gates.computeIfAbsent(name, _ -> new Gate());
    }
}
