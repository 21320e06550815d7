package dev.parley.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A copy of a Node project's sources in a folder of its own, in which its packages can be installed and its scripts run. */
final class NodeProject {

    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*");

    private static final String LOCK_FILE = "package-lock.json";

    /** The lock file that the packages beside it were installed from; npm removes it with them. */
    private static final String INSTALLED = "node_modules/.installed-from.json";

    private final Path folder;

    private NodeProject(Path folder) {
        this.folder = folder;
    }

    /** What a command has said, on both of its outputs, and how it ended. */
    private record Ended(int code, String output) {}

    /** Why no script can be run on this machine; empty when the Node on the path is new enough. */
    private static Optional<String> missingNode(int major, int minor) {
        Optional<Ended> node = run(Path.of("."), Duration.ofSeconds(30), Map.of(), List.of("node", "--version"));
        String found = node.map(ended -> ended.output().strip()).orElse("");
        Matcher version = VERSION.matcher(found);
        if (!version.matches()) {
            return Optional.of("no Node is on the path");
        }
        int foundMajor = Integer.parseInt(version.group(1));
        boolean enough = foundMajor > major || (foundMajor == major && Integer.parseInt(version.group(2)) >= minor);
        return enough
                ? Optional.empty()
                : Optional.of("the Node on the path is %s, and %d.%d is needed".formatted(found, major, minor));
    }

    /** The suite of this name in {@code src/test/clients}. */
    static NodeProject ofClients(String folder) {
        return copyOf(Path.of("src", "test", "clients"), Path.of("target", "clients"), folder);
    }

    /**
     * Copies the sources over what is there, which spares packages that were installed before.
     *
     * @param project the folder among the sources that is the project; its scripts may use what lies beside it
     */
    private static NodeProject copyOf(Path sources, Path folder, String project) {
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(sources.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NodeProject(folder.resolve(project));
    }

    /** Installs the packages as the lock file has them, without running any script of theirs. */
    private Ended install() {
        return run(
                        folder,
                        Duration.ofMinutes(3),
                        Map.of(),
                        List.of(
                                "npm",
                                "ci",
                                "--ignore-scripts",
                                "--prefer-offline",
                                "--no-audit",
                                "--no-fund",
                                "--fetch-retries=1",
                                "--loglevel=error"))
                .orElse(new Ended(-1, "no npm is on the path"));
    }

    /** Installs the packages; without Node, or a registry to install from, the tests are skipped with the reason. */
    void installOrSkip() {
        Optional<String> missing = missingNode(20, 14);
        if (missing.isPresent()) {
            abort("The official clients can't be run: " + missing.get());
        }
        if (isInstalled()) {
            return;
        }
        Ended installed = install();
        if (installed.code() != 0) {
            String reason = "The official clients could not be installed: " + installed.output();
            // Where changes are judged, nobody reads what was skipped.
            if (System.getenv("CI") != null) {
                fail(reason);
            }
            abort(reason);
        }
        try {
            Files.copy(folder.resolve(LOCK_FILE), folder.resolve(INSTALLED), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the packages are there as the lock file has them: another suite of the project, or an earlier run, was first. */
    private boolean isInstalled() {
        Path installed = folder.resolve(INSTALLED);
        try {
            return Files.exists(installed) && Files.mismatch(folder.resolve(LOCK_FILE), installed) == -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs tests.
     *
     * @param script of the project, which runs them
     * @param more what is said beside their output if one fails
     * @throws AssertionError if one fails, or there is none
     */
    void pass(String script, Map<String, String> environment, Supplier<String> more) {
        Ended suite = run(folder, Duration.ofMinutes(5), environment, List.of("npm", "run", script, "--silent"))
                .orElseThrow(() -> new AssertionError("npm has gone"));
        System.out.println(suite.output());
        assertThat(suite.code())
                .withFailMessage(() -> "%s\n\n%s".formatted(suite.output(), more.get()))
                .isZero();
        // A runner that finds no tests is content with that.
        assertThat(suite.output()).containsPattern("pass [1-9]");
    }

    /** Empty when there is no such program. */
    private static Optional<Ended> run(
            Path folder, Duration limit, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().remove("NODE_OPTIONS");
            builder.environment().putAll(environment);
            Process process = builder.start();
            Output output = Output.of(command.getFirst(), process.inputReader(UTF_8));
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            output.awaitEnd(Duration.ofSeconds(10));
            String said = String.join("\n", output.lines());
            return Optional.of(
                    ended
                            ? new Ended(process.exitValue(), said)
                            : new Ended(
                                    -1,
                                    "%s\n'%s' was ended after %s".formatted(said, String.join(" ", command), limit)));
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, e);
        }
    }
}
