package dev.parley.bootstrap;

import dev.parley.application.port.BackgroundRuns;
import dev.parley.application.port.Replicas;
import dev.parley.application.response.RunInBackground;
import dev.parley.application.retrieval.IngestFiles;
import dev.parley.application.tool.KnownGroups;
import dev.parley.application.turn.RunningTurns;
import dev.parley.rest.sse.OpenSockets;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
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

    private final EmbeddedDatabase database;

    private Server(ApplicationContext context, EmbeddedServer http, EmbeddedDatabase database) {
        this.context = context;
        this.http = http;
        this.database = database;
    }

    /** Blocks until the server listens; the embedded database, if it is used, has started by then. */
    static Server start(String... args) {
        return start(() -> false, args);
    }

    /**
     * The same.
     *
     * @param calledOff asked between the steps of the start
     * @throws CancellationException when it was called off; all that had started has stopped again
     */
    static Server start(BooleanSupplier calledOff, String... args) {
        ApplicationContext context = ApplicationContext.builder()
                .args(args)
                .mainClass(Parley.class)
                .packages("dev.parley")
                .deduceEnvironment(false)
                // No configuration comes from elsewhere. To find that out by itself, it would load the class of every
                // bean.
                .bootstrapEnvironment(false)
                .banner(false)
                .propertySources(Defaults.SOURCE)
                // Only beside the server, not in the jar.
                .overrideConfigLocations("file:config/")
                .build();
        Environment environment = context.getEnvironment();
        environment.start();
        KnownKeys.check(environment);
        EmbeddedDatabase database = EmbeddedDatabase.begin(environment);
        try {
            context.start();
            database.await().ifPresent(environment::addPropertySource);
            goOnUnless(calledOff);
            Beside<Heartbeat> heartbeat = Beside.begin("heartbeat", () -> {
                Heartbeat alive = context.getBean(Heartbeat.class);
                alive.start();
                return alive;
            });
            EmbeddedServer http = context.getBean(EmbeddedServer.class);
            // what is wrong with a declared group of tools is known before anybody asks for it
            context.getBean(KnownGroups.class);
            heartbeat.await();
            goOnUnless(calledOff);
            http.start();
            context.getBean(BackgroundRuns.class).start(context.getBean(RunInBackground.class));
            context.getBean(IngestFiles.class).start();
            context.getBean(Sweeping.class).start();
            return new Server(context, http, database);
        } catch (RuntimeException failure) {
            context.close();
            database.stop();
            throw failure;
        }
    }

    private static void goOnUnless(BooleanSupplier calledOff) {
        if (calledOff.getAsBoolean()) {
            throw new CancellationException("The start was called off");
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
        // what is refused here from now on would be tried again later each time
        context.getBean(BackgroundRuns.class).pause();
        context.getBean(IngestFiles.class).stop();
        context.getBean(Sweeping.class).stop();
        runningTurns().drain(context.getBean(TurnsConfiguration.class).stopGrace());
        context.getBean(BackgroundRuns.class).stop();
        context.getBean(OpenSockets.class).close(LAST_ANSWERS);
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
        database.stop();
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
}
