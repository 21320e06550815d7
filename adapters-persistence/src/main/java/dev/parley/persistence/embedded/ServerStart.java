package dev.parley.persistence.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Gets a data folder's server running: by taking over one that outlived its process, else by launching one. */
record ServerStart(Programs programs, DatabasePassword password) {
    private static final Duration SURVIVOR_PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String WRONG_PASSWORD = "28P01";
    private static final int PORT_ATTEMPTS = 3;

    ServerStart {
        requireNonNull(programs, "programs");
        requireNonNull(password, "password");
    }

    /**
     * The server that an earlier process left running; empty when there is none. We hold the folder's lock, so it is no
     * one else's. One that is on its way up or down is waited for.
     */
    Optional<Login> takeOver() throws IOException {
        Path cluster = programs.data().cluster();
        long deadline = System.nanoTime() + SURVIVOR_PATIENCE.toNanos();
        while (true) {
            Optional<Postmaster> running = Postmaster.runningOn(cluster);
            if (running.isEmpty()) {
                // PostgreSQL judges this file by the process number alone, and would refuse to start when that belongs
                // to something else by now. Its check on the shared memory of a former server does not need the file.
                Files.deleteIfExists(Postmaster.file(cluster));
                return Optional.empty();
            }
            Login login = new Login(running.get().port(), password);
            String reason;
            try {
                if (login.reaches(cluster)) {
                    login.ensureDatabase();
                    return Optional.of(login);
                }
                reason = "it answers for another data folder";
            } catch (SQLException e) {
                reason = String.valueOf(e.getMessage());
                if (WRONG_PASSWORD.equals(e.getSQLState())) {
                    deadline = System.nanoTime();
                }
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new EmbeddedPostgresException(
                        "A PostgreSQL (process %d) is running on the data folder %s, and Parley can't use it: %s. Stop that process and start Parley again."
                                .formatted(
                                        running.get().process().pid(),
                                        programs.data().root(),
                                        reason));
            }
            pause();
        }
    }

    Login launch() throws IOException {
        Login login = new Login(startOnFreePort(), password);
        try {
            login.ensureDatabase();
        } catch (SQLException e) {
            programs.stopServer();
            throw new EmbeddedPostgresException(
                    "The embedded PostgreSQL started but can't be used: %s. Its log is %s."
                            .formatted(e.getMessage(), programs.data().log()),
                    e);
        }
        return login;
    }

    private int startOnFreePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = Settings.freePort();
            Settings.write(programs.data().cluster(), programs.account(), port);
            try {
                programs.startServer();
                return port;
            } catch (EmbeddedPostgresException e) {
                // The port was free when we looked; another process may have been quicker.
                if (attempt == PORT_ATTEMPTS || Settings.isFree(port)) {
                    throw e;
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while waiting for the embedded PostgreSQL", e);
        }
    }
}
