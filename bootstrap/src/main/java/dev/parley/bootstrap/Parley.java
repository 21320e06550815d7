package dev.parley.bootstrap;

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
        Server server;
        try {
            server = Server.start(args);
        } catch (RuntimeException failure) {
            LOG.error("Parley can't start: {}", StartFailure.explain(failure));
            LOG.debug("Parley can't start", failure);
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
        LOG.info("Parley listens on {} ({} ms)", server.uri(), (System.nanoTime() - begun) / 1_000_000);
    }
}
