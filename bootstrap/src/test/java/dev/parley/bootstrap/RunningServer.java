package dev.parley.bootstrap;

import java.net.URI;
import java.util.Map;

/** The server, started in this process as {@link Parley} starts it, for the tests of other packages. */
public final class RunningServer implements AutoCloseable {

    private final Server server;

    private RunningServer(Server server) {
        this.server = server;
    }

    /** Blocks until it listens, on a free port unless the settings name one. */
    public static RunningServer start(Map<String, String> settings) {
        String[] arguments = settings.entrySet().stream()
                .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
                .toArray(String[]::new);
        return new RunningServer(Server.start(arguments));
    }

    public URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.stop();
    }
}
