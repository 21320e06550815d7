package dev.parley.bootstrap;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the server, and ends it in order when the process is asked to end. */
public final class Parley {

    private static final Logger LOG = LoggerFactory.getLogger(Parley.class);

    private Parley() {}

    /**
     * Boots the server and returns once it listens. A server that can't start says why in one sentence and ends with 1.
     *
     * @param args configuration keys as {@code --key=value}, which win over the environment and the configuration files
     */
    public static void main(String[] args) {
        long begun = System.nanoTime();
        hastenLibraries();
        Ahead.load();
        AtomicBoolean ending = new AtomicBoolean();
        CompletableFuture<Optional<Server>> started = new CompletableFuture<>();
        // Before the start: a process that is asked to end while it starts must not leave its database running.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ending, started), "stop"));
        try {
            Server server = Server.start(ending::get, args);
            started.complete(Optional.of(server));
            LOG.info("Parley listens on {} ({} ms)", server.uri(), (System.nanoTime() - begun) / 1_000_000);
        } catch (RuntimeException failure) {
            started.complete(Optional.empty());
            if (ending.get()) {
                LOG.info("Parley was stopped while it started");
                return;
            }
            LOG.error("Parley can't start: {}", StartFailure.explain(failure));
            LOG.debug("Parley can't start", failure);
            System.exit(1);
        }
    }

    /** What libraries read once, when their classes are loaded; who has set it otherwise keeps it. */
    private static void hastenLibraries() {
        // Micronaut reads its beans in parallel where this pool has two threads, which the JVM gives it from three
        // processors on.
        if (Runtime.getRuntime().availableProcessors() <= 2) {
            setUnlessSet("java.util.concurrent.ForkJoinPool.common.parallelism", "2");
        }
        // Netty would have the Flight Recorder loaded for events of its own, also when nothing is recorded.
        setUnlessSet("io.netty.jfr.enabled", "false");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static void end(AtomicBoolean ending, CompletableFuture<Optional<Server>> started) {
        ending.set(true);
        started.join().ifPresent(Server::stop);
    }
}
