package dev.parley.tools.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The real server of tools that the protocol's authors try their clients with, as a process of Node. It is installed below the
 * {@code target} of the module whose tests run.
 */
public final class EverythingServer implements AutoCloseable {

    private static final Path FOLDER = Path.of("target", "everything");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "loopback.mjs", "calls.mjs");
    private static final String SCRIPT = "node_modules/@modelcontextprotocol/server-everything/dist/index.js";
    private static final Pattern NODE = Pattern.compile("v(\\d+)\\.(\\d+)\\..*", Pattern.DOTALL);

    private final Process process;
    private final int port;
    private final Calls calls;

    private EverythingServer(Process process, int port, Calls calls) {
        this.process = process;
        this.port = port;
        this.calls = calls;
    }

    /**
     * The calls of tools that a server has read.
     *
     * @param file the server writes them into it, by the names of the tools
     */
    public record Calls(Path file) {

        private static final Duration PATIENCE = Duration.ofSeconds(30);

        /** In a file of its own. */
        public static Calls none() {
            try {
                return new Calls(Files.createTempFile(Files.createDirectories(FOLDER), "calls", ".log")
                        .toAbsolutePath());
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        /** What a server's process is given in its environment. */
        public Map<String, String> environment() {
            return Map.of("CALLS", file.toString());
        }

        /** How often a tool was called. */
        public long count(String tool) throws IOException {
            return Files.readAllLines(file).stream().filter(tool::equals).count();
        }

        /**
         * Blocks until a tool has been called so often.
         *
         * @throws AssertionError when it was not in time
         */
        public void await(String tool, long times) throws IOException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (count(tool) < times) {
                if (System.nanoTime() - end > 0) {
                    fail("the tool '%s' was not called".formatted(tool));
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Installs it as the lock file has it; without Node, or a registry, tests are skipped with the reason. */
    public static void installOrSkip() {
        Optional<String> node = said(Path.of("."), Duration.ofSeconds(30), List.of("node", "--version"));
        Matcher version = NODE.matcher(node.orElse(""));
        if (!version.matches()
                || Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2)) < 20_014) {
            abort("A real MCP server can't be run: Node 20.14 or later is not on the path");
        }
        try {
            byte[] lock = source("package-lock.json");
            Path copy = FOLDER.resolve("package-lock.json");
            boolean installed = Files.exists(FOLDER.resolve(SCRIPT)) && Arrays.equals(Files.readAllBytes(copy), lock);
            Files.createDirectories(FOLDER);
            for (String file : FILES) {
                Files.write(FOLDER.resolve(file), source(file));
            }
            if (!installed) {
                install();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static byte[] source(String file) throws IOException {
        try (InputStream in = requireNonNull(EverythingServer.class.getResourceAsStream("everything/" + file), file)) {
            return in.readAllBytes();
        }
    }

    private static void install() {
        Optional<String> problem = said(
                FOLDER,
                Duration.ofMinutes(4),
                List.of(
                        "npm",
                        "ci",
                        "--ignore-scripts",
                        "--prefer-offline",
                        "--no-audit",
                        "--no-fund",
                        "--fetch-retries=1",
                        "--loglevel=error"));
        if (!Files.exists(FOLDER.resolve(SCRIPT))) {
            String reason = "A real MCP server could not be installed: " + problem.orElse("no npm is on the path");
            // Where changes are judged, nobody reads what was skipped.
            if (System.getenv("CI") != null) {
                fail(reason);
            }
            abort(reason);
        }
    }

    /** The arguments with which Node starts it as a process that is spoken to over its standard input and output. */
    public static List<String> arguments() {
        return List.of("--import", FOLDER.resolve("calls.mjs").toUri().toString(), script(), "stdio");
    }

    private static String script() {
        return FOLDER.resolve(SCRIPT).toAbsolutePath().toString();
    }

    /** Kills the processes that this one has started with {@link #arguments}. */
    public static void killProcesses() {
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).equals(arguments()))
                        .isPresent())
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Starts it as a server of HTTP. */
    public static EverythingServer start(String transport) throws IOException {
        Calls calls = Calls.none();
        ProcessBuilder builder = new ProcessBuilder(
                        "node", "--import", "./loopback.mjs", "--import", "./calls.mjs", SCRIPT, transport)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true);
        builder.environment().remove("NODE_OPTIONS");
        builder.environment().putAll(calls.environment());
        Process process = builder.start();
        BufferedReader output = process.inputReader(UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("port ")) {
                Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
                return new EverythingServer(process, Integer.parseInt(line.substring("port ".length())), calls);
            }
        }
        throw new IllegalStateException("the server has ended before it was ready");
    }

    /** The calls that it has read so far. */
    public Calls calls() {
        return calls;
    }

    public int port() {
        return port;
    }

    public String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(port, path);
    }

    /** Kills it, whatever it does. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static Optional<String> said(Path folder, Duration limit, List<String> command) {
        try {
            Path log = Files.createTempFile("said", ".log");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String said = Files.readString(log);
            Files.delete(log);
            return Optional.of(said);
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, interrupted);
        }
    }
}
