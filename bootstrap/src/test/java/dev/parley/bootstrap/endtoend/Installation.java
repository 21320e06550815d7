package dev.parley.bootstrap.endtoend;

import dev.parley.persistence.embedded.EmbeddedPostgres;
import dev.parley.persistence.testing.TestFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A data folder and settings, with which processes are started one after the other, as on somebody's machine. */
final class Installation implements AutoCloseable {

    private final Path data = TestFolders.create();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<ParleyProcess> processes = new ArrayList<>();

    /** @param settings environment variables for every process; a free port is taken unless they name one */
    Installation(Map<String, String> settings) {
        environment.put("PARLEY_PORT", "0");
        environment.put("PARLEY_DATA_DIR", data.toString());
        environment.putAll(settings);
    }

    Path data() {
        return data;
    }

    /** Starts a process and returns at once. */
    ParleyProcess launch(String... arguments) {
        return launchWith(Map.of(), arguments);
    }

    /** Starts a process that has more settings than the others, and returns at once. */
    ParleyProcess launchWith(Map<String, String> more, String... arguments) {
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(more);
        ParleyProcess process = ParleyProcess.launch(data, all, arguments);
        processes.add(process);
        return process;
    }

    /** Ends whatever still runs. */
    void killProcesses() {
        processes.stream().filter(ParleyProcess::isAlive).forEach(ParleyProcess::kill);
        processes.clear();
    }

    /** Ends whatever still runs and removes the folder. */
    @Override
    public void close() {
        killProcesses();
        if (Files.exists(data.resolve("postgresql").resolve("postmaster.pid"))) {
            // A killed process leaves its database running: take it over, as the next process would, and stop it.
            EmbeddedPostgres.start(data).stop();
        }
        TestFolders.delete(data);
    }
}
