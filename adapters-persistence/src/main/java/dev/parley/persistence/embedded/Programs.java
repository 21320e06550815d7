package dev.parley.persistence.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs the programs of PostgreSQL as the account that owns the data. All that they print goes to the log in the data folder. */
record Programs(Path home, ServerAccount account, DataFolder data) {
    /** All that the programs may see of our environment, which holds keys of model providers, and PG* variables as traps. */
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "SystemRoot", "TEMP", "TMP", "TMPDIR");

    private static final Duration INIT_LIMIT = Duration.ofMinutes(3);
    private static final int START_SECONDS = 120;
    private static final int FAST_STOP_SECONDS = 10;
    private static final int IMMEDIATE_STOP_SECONDS = 5;

    Programs {
        requireNonNull(home, "home");
        requireNonNull(account, "account");
        requireNonNull(data, "data");
    }

    /** Makes an empty database cluster whose one user has the password of the data folder's password file. */
    void initialise(Path cluster, String username) {
        // The built-in locale orders and folds case alike on every platform, whatever its C library knows.
        run(
                INIT_LIMIT,
                "initdb",
                "--pgdata=" + cluster,
                "--username=" + username,
                "--pwfile=" + data.passwordFile(),
                "--auth=scram-sha-256",
                // Repeating the hash makes guessing slow, and nobody guesses 24 random bytes; each connection pays for
                // it.
                "--set=scram_iterations=1",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
    }

    /**
     * Starts the server and returns when it takes connections, which after a crash is when it has recovered.
     *
     * <p>Through pg_ctl, which detaches the server from our process group: a Ctrl-C that ends Parley must not end the
     * database before Parley has stored how its turns ended.
     */
    void startServer() {
        run(
                Duration.ofSeconds(START_SECONDS + 5),
                "pg_ctl",
                "start",
                "--silent",
                "--wait",
                "--timeout=" + START_SECONDS,
                "--pgdata=" + data.cluster());
    }

    /** Ends the server's sessions and then the server; the slower way to start again is taken when that takes too long. */
    void stopServer() {
        try {
            stop("fast", FAST_STOP_SECONDS);
        } catch (EmbeddedPostgresException _) {
            stop("immediate", IMMEDIATE_STOP_SECONDS);
        }
    }

    private void stop(String mode, int seconds) {
        run(
                Duration.ofSeconds(seconds + 2),
                "pg_ctl",
                "stop",
                "--silent",
                "--wait",
                "--mode=" + mode,
                "--timeout=" + seconds,
                "--pgdata=" + data.cluster());
    }

    private void run(Duration limit, String program, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin").resolve(program).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(account.running(command))
                .directory(data.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(data.log().toFile()));
        builder.environment().keySet().retainAll(ENVIRONMENT);
        builder.environment().put("LC_ALL", "C");
        try {
            long logged = Files.size(data.log());
            Process process = builder.start();
            boolean ended;
            try {
                ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                throw new EmbeddedPostgresException("The embedded PostgreSQL failed in %s%s%s%nIts log is %s."
                        .formatted(program, ended ? ":" : " (it took too long):", lastLines(logged), data.log()));
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "The embedded PostgreSQL's program %s could not be run: %s".formatted(program, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while the embedded PostgreSQL ran " + program, e);
        }
    }

    private String lastLines(long from) throws IOException {
        try (SeekableByteChannel log = Files.newByteChannel(data.log())) {
            long start = Math.max(from, log.size() - 2000);
            ByteBuffer tail = ByteBuffer.allocate((int) (log.size() - start));
            log.position(start);
            while (tail.hasRemaining() && log.read(tail) >= 0) {}
            String text = new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8);
            return text.isBlank() ? " no output." : "\n" + text.strip();
        }
    }
}
