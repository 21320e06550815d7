package dev.parley.bootstrap;

import dev.parley.application.port.Replicas;
import dev.parley.application.turn.RunningTurns;
import dev.parley.persistence.embedded.EmbeddedPostgres;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that runs in this process, started and stopped in the one right order: database, then the rest, then the
 * listener; and back.
 */
final class Server {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

    private final ApplicationContext context;
    private final EmbeddedServer http;

    @Nullable
    private final EmbeddedPostgres database;

    private Server(ApplicationContext context, EmbeddedServer http, @Nullable EmbeddedPostgres database) {
        this.context = context;
        this.http = http;
        this.database = database;
    }

    /** Blocks until the server listens; the embedded database, if it is used, has started by then. */
    static Server start(String... args) {
        ApplicationContext context = ApplicationContext.builder()
                .args(args)
                .mainClass(Parley.class)
                .packages("dev.parley")
                .deduceEnvironment(false)
                .banner(false)
                .build();
        Environment environment = context.getEnvironment();
        environment.start();
        KnownKeys.check(environment);
        @Nullable EmbeddedPostgres database = null;
        try {
            if (environment
                    .getProperty("parley.database.url", String.class)
                    .filter(url -> !url.isBlank())
                    .isEmpty()) {
                database = EmbeddedPostgres.start(dataFolder(environment));
                environment.addPropertySource(PropertySource.of("embedded database", address(database)));
            }
            context.start();
            EmbeddedServer http = context.getBean(EmbeddedServer.class);
            http.start();
            return new Server(context, http, database);
        } catch (RuntimeException failure) {
            context.close();
            if (database != null) {
                database.stop();
            }
            throw failure;
        }
    }

    URI uri() {
        return http.getURI();
    }

    RunningTurns runningTurns() {
        return context.getBean(RunningTurns.class);
    }

    /**
     * Takes no new turns, lets the running ones end or marks them, then ends. Blocks for the configured grace and some
     * seconds at most.
     */
    void stop() {
        runningTurns().drain(context.getBean(TurnsConfiguration.class).stopGrace());
        answerWhatIsRunning();
        context.getBean(Heartbeat.class).stop();
        try {
            context.getBean(Replicas.class).leave();
        } catch (RuntimeException failure) {
            LOG.warn(
                    "This process could not sign off at the database; it will be missed in time: {}",
                    failure.getMessage());
        }
        http.stop();
        context.close();
        if (database != null) {
            database.stop();
        }
        LOG.info("Parley has stopped");
    }

    /** The last turns have come to rest; their answers may still be on their way to the clients. */
    private void answerWhatIsRunning() {
        try {
            context.getBean(GracefulShutdownManager.class)
                    .shutdownGracefully()
                    .toCompletableFuture()
                    .get(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.info("Some connections are still open and are being closed");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path dataFolder(Environment environment) {
        Optional<String> configured = environment.getProperty("parley.data-dir", String.class);
        return configured.filter(folder -> !folder.isBlank()).map(Path::of).orElseGet(DefaultDataFolder::path);
    }

    /** Nobody else can be on an embedded database, so whoever else is down as living there is dead. */
    private static Map<String, Object> address(EmbeddedPostgres database) {
        return Map.of(
                "parley.database.url", database.jdbcUrl(),
                "parley.database.user", database.username(),
                "parley.database.password", database.password().reveal(),
                "parley.replica.alone", true);
    }
}
