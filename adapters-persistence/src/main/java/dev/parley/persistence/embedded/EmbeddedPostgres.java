package dev.parley.persistence.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own on a data folder that survives restarts, for when no database is configured.
 *
 * <p>It listens on the loopback address only, at a port that may differ from start to start, and asks for a password.
 * It outlives this process when that is killed; the next start on the folder then takes it over. Nothing ends it but
 * {@link #stop()}: this class registers no shutdown hook.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final DataFolder data;
    private final Programs programs;
    private final Login login;
    private final String sealKey;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private EmbeddedPostgres(DataFolder data, Programs programs, Login login, String sealKey) {
        this.data = data;
        this.programs = programs;
        this.login = login;
        this.sealKey = sealKey;
    }

    /**
     * Starts the database of {@code folder}, which is made on the first start. Blocks until it takes connections: some
     * seconds the first time, well under a second afterwards. May be called on any thread.
     *
     * @throws EmbeddedPostgresException when it can't be started; the message says what to do
     */
    public static EmbeddedPostgres start(Path folder) {
        return start(folder, folder);
    }

    /** As {@link #start(Path)}, with the programs unpacked below {@code binaries}, which several data folders may share. */
    public static EmbeddedPostgres start(Path folder, Path binaries) {
        requireNonNull(folder, "folder");
        requireNonNull(binaries, "binaries");
        try {
            DataFolder data = DataFolder.open(folder.toAbsolutePath());
            try {
                return start(data, binaries.toAbsolutePath());
            } catch (IOException | RuntimeException | Error e) {
                data.close();
                throw e;
            }
        } catch (AccessDeniedException e) {
            throw new EmbeddedPostgresException(
                    "Parley may not use %s. Make the user that runs Parley the owner of the data folder %s, or set PARLEY_DATA_DIR to another folder."
                            .formatted(e.getFile(), folder),
                    e);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "The embedded PostgreSQL could not use the data folder %s: %s".formatted(folder, e), e);
        }
    }

    private static EmbeddedPostgres start(DataFolder data, Path binaries) throws IOException {
        long begun = System.nanoTime();
        ServerAccount account = ServerAccount.of(data.cluster());
        account.mustReach(data.root());
        Programs programs = new Programs(Binaries.unpackedBelow(binaries), account, data);
        account.mustReach(programs.home());
        data.prepareLog();
        if (!Files.exists(data.cluster())) {
            initialise(programs);
        }
        ServerStart start = new ServerStart(programs, data.password());
        Optional<Login> survivor = start.takeOver();
        Login login = survivor.isPresent() ? survivor.get() : start.launch();
        LOG.info(
                "Embedded PostgreSQL {} {} in {} ms: port {}, data in {}",
                Binaries.VERSION,
                survivor.isPresent() ? "taken over from a process that did not stop it" : "started",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
                login.port(),
                data.root());
        return new EmbeddedPostgres(data, programs, login, data.secret("seal.key"));
    }

    private static void initialise(Programs programs) throws IOException {
        DataFolder data = programs.data();
        LOG.info("Embedded PostgreSQL {}: making a new database in {}", Binaries.VERSION, data.root());
        data.createPassword(programs.account());
        Path fresh = data.freshCluster(programs.account());
        programs.initialise(fresh, Login.USERNAME);
        Settings.includeIn(fresh);
        data.keep(fresh);
    }

    /** The address of Parley's own database, without user and password. */
    public String jdbcUrl() {
        return login.jdbcUrl();
    }

    /** The one user of the server, who owns it. */
    public String username() {
        return Login.USERNAME;
    }

    /** That user's password. */
    public DatabasePassword password() {
        return login.password();
    }

    /** The key that seals what clients carry for this server, in Base64; as old as the data, and kept beside it. */
    public String sealKey() {
        return sealKey;
    }

    /**
     * Stops the server and gives the folder free. Blocks for a bounded time (seconds, when sessions are slow to end).
     * Later calls do nothing.
     */
    public void stop() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        try (data) {
            if (Postmaster.runningOn(data.cluster()).isPresent()) {
                programs.stopServer();
            }
        } catch (IOException | EmbeddedPostgresException e) {
            // What was committed is safe, and the next start takes the server over: no reason to fail a shutdown.
            LOG.warn("Embedded PostgreSQL in {} could not be stopped: {}", data.root(), e.getMessage());
        }
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }
}
