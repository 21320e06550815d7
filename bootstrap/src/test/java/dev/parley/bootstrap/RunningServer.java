package dev.parley.bootstrap;

import dev.parley.application.response.Seal;
import dev.parley.persistence.testing.TestPostgres;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

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

    /** The same on this database, with a key to seal with. */
    public static RunningServer startOn(TestPostgres.Database database, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "parley.port",
                "0",
                "parley.database.url",
                database.jdbcUrl(),
                "parley.database.user",
                database.username(),
                "parley.database.password",
                database.password(),
                "parley.responses.seal-key",
                Base64.getEncoder().encodeToString(new byte[Seal.KEY_LENGTH])));
        all.putAll(settings);
        return start(all);
    }

    /** The same with the {@link StandIns}. */
    public static RunningServer startWithStandIns(TestPostgres.Database database, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(StandIns.GROUPS);
        all.put(StandIns.WANTED, "true");
        all.putAll(settings);
        return startOn(database, all);
    }

    public URI uri() {
        return server.uri();
    }

    /** Blocks until a turn runs here, or waits for its session; fails after a while when none does. */
    public void awaitTurn() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (server.runningTurns().ids().isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no turn came");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
