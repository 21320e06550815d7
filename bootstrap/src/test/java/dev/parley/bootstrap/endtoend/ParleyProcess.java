package dev.parley.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code java -jar parley.jar}, with the Java that runs the test. Its output is kept, and can be waited for. */
final class ParleyProcess {

    private static final Pattern LISTENS = Pattern.compile("Parley listens on (http://\\S+)");

    /** A very first start makes a database, which takes its time on a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Output output;
    private final Output errors;

    private ParleyProcess(Process process) {
        this.process = process;
        this.output = Output.of("stdout", process.inputReader(UTF_8));
        this.errors = Output.of("stderr", process.errorReader(UTF_8));
    }

    /** Starts a process and returns at once, whatever becomes of it. */
    static ParleyProcess launch(Path folder, Map<String, String> environment, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar().toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(folder.toFile());
        // What is set where the tests run must not leak in, options for every JVM among it.
        builder.environment().keySet().removeIf(ParleyProcess::wouldBeHeeded);
        builder.environment().putAll(environment);
        try {
            return new ParleyProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Blocks until the server listens, and says where.
     *
     * @throws AssertionError when it ends instead, or is not healthy from its first moment on
     */
    URI awaitReady() {
        URI uri = URI.create(awaitLine(LISTENS).group(1));
        HttpResponse<String> health = Http.get(uri.resolve("/v1/health"));
        if (health.statusCode() != 200) {
            throw new AssertionError("It listens, but GET /v1/health says %d %s\n%s"
                    .formatted(health.statusCode(), health.body(), log()));
        }
        return uri;
    }

    /**
     * Blocks until the process has written a line to its output in which this is found.
     *
     * @throws AssertionError when its output ends without it
     */
    Matcher awaitLine(Pattern pattern) {
        return output.await(pattern, PATIENCE)
                .orElseThrow(() -> new AssertionError("The process did not write '" + pattern + "'\n" + log()));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks the process to end, as an operator or a container does (SIGTERM), and returns at once. */
    void askToEnd() {
        // By its handle, since a Process that is destroyed closes the pipes from which its last words are still to be
        // read.
        process.toHandle().destroy();
    }

    /** Ends the process without a chance to do anything (SIGKILL). Its database, if it is embedded, stays. */
    void kill() {
        process.toHandle().destroyForcibly();
        awaitExit();
    }

    /** Blocks until the process has ended, and says with which code. */
    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The process has not ended within " + PATIENCE + "\n" + log());
            }
            // Both ends of the output are reached now, or will be when what it still holds has been read.
            output.awaitEnd(PATIENCE);
            errors.awaitEnd(PATIENCE);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the process to end", e);
        }
    }

    /** The lines on the standard output so far. */
    List<String> outputLines() {
        return output.lines();
    }

    /** The lines on the error output so far. */
    List<String> errorLines() {
        return errors.lines();
    }

    /** All that the process has said so far, for whoever reads a failed test. */
    String log() {
        return "--- standard output\n%s\n--- error output\n%s"
                .formatted(String.join("\n", outputLines()), String.join("\n", errorLines()));
    }

    private static boolean wouldBeHeeded(String variable) {
        return variable.matches(
                "(?i)(PARLEY|OPENAI|MICRONAUT|DATASOURCES|FLYWAY|LOGGER)_.*|(JAVA_TOOL|JDK_JAVA|_JAVA)_OPTIONS");
    }

    private static Path jar() {
        return Path.of(Optional.ofNullable(System.getProperty("packaged.jar")).orElse("target/parley.jar"))
                .toAbsolutePath();
    }
}
