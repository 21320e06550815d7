package dev.parley.persistence.embedded;

import dev.parley.persistence.testing.TestFolders;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Another JVM with an embedded PostgreSQL, to be killed without a chance to stop it. */
final class EmbeddedPostgresProcess implements AutoCloseable {
    private final Process process;
    private final String firstLine;

    private EmbeddedPostgresProcess(Process process, String firstLine) {
        this.process = process;
        this.firstLine = firstLine;
    }

    /** Returns when the other JVM has started its PostgreSQL or has failed to. */
    static EmbeddedPostgresProcess start(Path folder, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedPostgresProcess.class.getName(),
                folder.toString());
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.startsWith("=")) {
            line = output.readLine();
        }
        return new EmbeddedPostgresProcess(process, line == null ? "ended without a word" : line.substring(1));
    }

    /** The database's address, or the sentence that the start failed with. */
    String said() {
        return firstLine;
    }

    /** Kills the JVM at once (SIGKILL), which leaves its PostgreSQL running. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** What the other JVM runs: it stays until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]), TestFolders.binaries());
            System.out.println("=" + postgres.jdbcUrl());
            Thread.sleep(Long.MAX_VALUE);
        } catch (EmbeddedPostgresException e) {
            System.out.println("=" + e.getMessage());
        }
    }
}
