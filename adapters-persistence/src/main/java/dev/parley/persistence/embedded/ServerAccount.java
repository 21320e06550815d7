package dev.parley.persistence.embedded;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose rights PostgreSQL runs with. It refuses to run as root, so a root process hands it to an unprivileged user. */
sealed interface ServerAccount {
    /** The command line that runs {@code command} as this account. */
    List<String> running(List<String> command);

    /** Makes this account the owner of a file or folder that this process has created. */
    void give(Path path) throws IOException;

    /** Throws {@link EmbeddedPostgresException} when this account can't get into {@code folder}. */
    void mustReach(Path folder) throws IOException;

    /** The owner of {@code cluster} where there is one, else the account for a new cluster. */
    static ServerAccount of(Path cluster) throws IOException {
        if (!isRoot()) {
            return new Own();
        }
        Path setpriv = findSetpriv()
                .orElseThrow(() -> new EmbeddedPostgresException(
                        "PostgreSQL does not run as root, and the program setpriv (of util-linux) that would start it"
                                + " as an unprivileged user is not on the PATH. Install util-linux, run Parley as an"
                                + " ordinary user, or set PARLEY_DATABASE_URL to a database of your own."));
        if (!Files.exists(cluster)) {
            return new Unprivileged(setpriv, Unprivileged.NOBODY, Unprivileged.NOBODY);
        }
        Map<String, Object> owner = Files.readAttributes(cluster, "unix:uid,gid");
        return new Unprivileged(setpriv, number(owner, "uid"), number(owner, "gid"));
    }

    private static boolean isRoot() throws IOException {
        Path self = Path.of("/proc/self");
        // The name can be missing in a container that has no passwd entry; the number can't.
        return Files.exists(self)
                ? Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"))
                : "root".equals(System.getProperty("user.name"));
    }

    private static Optional<Path> findSetpriv() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return List.of(path.split(File.pathSeparator)).stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "setpriv"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (Integer) requireNonNull(attributes.get(name), name);
    }

    /** The user of this process. */
    record Own() implements ServerAccount {
        @Override
        public List<String> running(List<String> command) {
            return List.copyOf(command);
        }

        @Override
        public void give(Path path) {}

        @Override
        public void mustReach(Path folder) {}
    }

    /** Another user, taken on through setpriv by a root process. */
    record Unprivileged(Path setpriv, int uid, int gid) implements ServerAccount {
        static final int NOBODY = 65534;

        public Unprivileged {
            requireNonNull(setpriv, "setpriv");
        }

        @Override
        public List<String> running(List<String> command) {
            List<String> line = new ArrayList<>(
                    List.of(setpriv.toString(), "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"));
            line.addAll(command);
            return List.copyOf(line);
        }

        @Override
        public void give(Path path) throws IOException {
            Files.setAttribute(path, "unix:gid", gid);
            Files.setAttribute(path, "unix:uid", uid);
        }

        @Override
        public void mustReach(Path folder) throws IOException {
            for (Path step = folder; step != null; step = step.getParent()) {
                if (!mayEnter(step)) {
                    throw new EmbeddedPostgresException(
                            "PostgreSQL does not run as root, and the user %d that it runs as may not enter %s. Set PARLEY_DATA_DIR to a folder that every user can reach (such as /var/lib/parley), or set PARLEY_DATABASE_URL to a database of your own."
                                    .formatted(uid, step));
                }
            }
        }

        private boolean mayEnter(Path folder) throws IOException {
            Map<String, Object> attributes = Files.readAttributes(folder, "unix:mode,uid,gid");
            int executeBit = number(attributes, "uid") == uid ? 0100 : number(attributes, "gid") == gid ? 0010 : 0001;
            return (number(attributes, "mode") & executeBit) != 0;
        }
    }
}
