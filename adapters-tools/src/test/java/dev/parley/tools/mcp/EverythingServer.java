package dev.parley.tools.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real server of tools that the protocol's authors try their clients with, as a process of Node. */
final class EverythingServer implements AutoCloseable {

    private static final Path SOURCES = Path.of("src", "test", "everything");
    private static final Path FOLDER = Path.of("target", "everything");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "loopback.mjs");
    private static final String SCRIPT = "node_modules/@modelcontextprotocol/server-everything/dist/index.js";
    private static final Pattern NODE = Pattern.compile("v(\\d+)\\.(\\d+)\\..*", Pattern.DOTALL);

    private final Process process;
    private final int port;

    private EverythingServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Installs it as the lock file has it; without Node, or a registry, tests are skipped with the reason. */
    static void installOrSkip() {
        Optional<String> node = said(Path.of("."), Duration.ofSeconds(30), List.of("node", "--version"));
        Matcher version = NODE.matcher(node.orElse(""));
        if (!version.matches()
                || Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2)) < 20_014) {
            abort("A real MCP server can't be run: Node 20.14 or later is not on the path");
        }
        try {
            Path lock = FOLDER.resolve("package-lock.json");
            boolean installed = Files.exists(FOLDER.resolve(SCRIPT))
                    && Files.mismatch(lock, SOURCES.resolve("package-lock.json")) < 0;
            Files.createDirectories(FOLDER);
            for (String file : FILES) {
                Files.copy(SOURCES.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            if (!installed) {
                install();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
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

    /** What starts it as a process that is spoken to over its standard input and output. */
    static List<String> arguments() {
        return List.of(FOLDER.resolve(SCRIPT).toAbsolutePath().toString(), "stdio");
    }

    /** Starts it as a server of HTTP. */
    static EverythingServer start(String transport) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("node", "--import", "./loopback.mjs", SCRIPT, transport)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true);
        builder.environment().remove("NODE_OPTIONS");
        Process process = builder.start();
        BufferedReader output = process.inputReader(UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("port ")) {
                Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
                return new EverythingServer(process, Integer.parseInt(line.substring("port ".length())));
            }
        }
        throw new IllegalStateException("the server has ended before it was ready");
    }

    int port() {
        return port;
    }

    String url(String path) {
        return "http://127.0.0.1:%d%s".formatted(port, path);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
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
