package dev.parley.bootstrap;

import dev.parley.persistence.embedded.EmbeddedPostgres;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The database of our own, when no other is configured. It starts on a thread of its own, beside everything else. */
final class EmbeddedDatabase {

    private final Optional<Beside<EmbeddedPostgres>> starting;

    private EmbeddedDatabase(Optional<Beside<EmbeddedPostgres>> starting) {
        this.starting = starting;
    }

    /** Begins to start it, if it is to be used, and returns at once. */
    static EmbeddedDatabase begin(Environment environment) {
        if (text(environment, "parley.database.url").isPresent()) {
            return new EmbeddedDatabase(Optional.empty());
        }
        Path folder = text(environment, "parley.data-dir").map(Path::of).orElseGet(DefaultDataFolder::path);
        return new EmbeddedDatabase(Optional.of(Beside.begin("database", () -> EmbeddedPostgres.start(folder))));
    }

    private static Optional<String> text(Environment environment, String key) {
        return environment.getProperty(key, String.class).filter(value -> !value.isBlank());
    }

    /**
     * Blocks until it takes connections, and says how to reach it; empty when another database is configured.
     *
     * @throws RuntimeException why it could not be started
     */
    Optional<PropertySource> await() {
        return starting.map(Beside::await).map(EmbeddedDatabase::address);
    }

    /** Nobody else can be on an embedded database, so whoever else is down as living there is dead. */
    private static PropertySource address(EmbeddedPostgres database) {
        return PropertySource.of(
                "embedded database",
                Map.of(
                        "parley.database.url",
                        database.jdbcUrl(),
                        "parley.database.user",
                        database.username(),
                        "parley.database.password",
                        database.password().reveal(),
                        ResponsesWiring.KEPT_SEAL_KEY,
                        database.sealKey(),
                        "parley.replica.alone",
                        true));
    }

    /** Stops it, also when it is just starting: then blocks until it has. Does nothing when it did not start. */
    void stop() {
        starting.flatMap(Beside::settle).ifPresent(EmbeddedPostgres::stop);
    }
}
