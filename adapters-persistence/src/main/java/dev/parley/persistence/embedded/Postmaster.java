package dev.parley.persistence.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The server process that {@code postmaster.pid} names.
 *
 * @param port 0 while the server has not got so far as to write it
 */
record Postmaster(ProcessHandle process, int port) {
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** The server that runs on {@code cluster}; empty when the file is missing or names a process that is no PostgreSQL. */
    static Optional<Postmaster> runningOn(Path cluster) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file(cluster));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        int port = number(lines, PORT_LINE).orElse(0L).intValue();
        return number(lines, PID_LINE)
                .flatMap(ProcessHandle::of)
                .filter(Postmaster::isPostgres)
                .map(process -> new Postmaster(process, port));
    }

    private static Optional<Long> number(List<String> lines, int index) {
        return lines.stream()
                .skip(index)
                .findFirst()
                .map(String::strip)
                .filter(line -> line.matches("\\d{1,10}"))
                .map(Long::valueOf);
    }

    /**
     * After a restart of a machine or container the number may belong to something else, even to a thread of this
     * process, which PostgreSQL itself would take for a running server.
     */
    private static boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && program(process)
                        .map(Path::of)
                        .map(Path::getFileName)
                        .filter(name -> name.toString().startsWith("postgres"))
                        .isPresent();
    }

    /** Empty for a process that has died and that no parent has collected: it still counts as alive. */
    private static Optional<String> program(ProcessHandle process) {
        Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        if (!Files.exists(commandLine)) {
            return process.info().command();
        }
        try {
            // Java's own view of a command is empty for other users' processes in a container; this file is not.
            String line = Files.readString(commandLine, StandardCharsets.ISO_8859_1);
            return Optional.of(line.split("\0", 2)[0]);
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
