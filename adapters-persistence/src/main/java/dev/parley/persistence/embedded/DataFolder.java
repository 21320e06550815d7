package dev.parley.persistence.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The folder that holds the database, its password and its log, locked for this process from {@link #open} to {@link #close}.
 *
 * <p>The operating system drops the lock with the process, however it ends, so a lock is never left behind.
 */
final class DataFolder implements AutoCloseable {
    private static final long LONG_LOG = 10L * 1024 * 1024;

    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Opens and locks the folder, made when it is not there.
     *
     * @throws EmbeddedPostgresException when another process has it, or when its data belongs to another PostgreSQL;
     *     the folder is then as it was
     */
    static DataFolder open(Path folder) throws IOException {
        refuseForeignData(folder.resolve("postgresql"));
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            // Others may pass through, since the server may run as another user, but not look around.
            FileTree.permit(folder, "rwx--x--x");
        }
        Path root = folder.toRealPath();
        FileChannel channel =
                FileChannel.open(root.resolve("parley.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!lock(channel)) {
            channel.close();
            throw new EmbeddedPostgresException(
                    "Another Parley is running on the data folder %s. Stop it, or give this one a folder of its own with PARLEY_DATA_DIR. To run several on one database, set PARLEY_DATABASE_URL."
                            .formatted(root));
        }
        return new DataFolder(root, channel);
    }

    private static void refuseForeignData(Path cluster) throws IOException {
        if (!Files.exists(cluster)) {
            return;
        }
        String version;
        try {
            version = Files.readString(cluster.resolve("PG_VERSION")).strip();
        } catch (NoSuchFileException e) {
            throw new EmbeddedPostgresException(
                    "%s is not a PostgreSQL database. Set PARLEY_DATA_DIR to a folder that Parley may use for itself."
                            .formatted(cluster),
                    e);
        }
        if (!version.equals(Binaries.MAJOR)) {
            throw new EmbeddedPostgresException(
                    "The data in %s was made by PostgreSQL %s, and this Parley carries PostgreSQL %s, which can't read it. Nothing was changed. Run the Parley that made it, or set PARLEY_DATA_DIR to another folder, or move the data to a PostgreSQL server and set PARLEY_DATABASE_URL."
                            .formatted(cluster, version, Binaries.MAJOR));
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    Path root() {
        return root;
    }

    /** Where PostgreSQL keeps its files. Absent until {@link #keep} has moved a finished one into place. */
    Path cluster() {
        return root.resolve("postgresql");
    }

    Path log() {
        return root.resolve("postgresql.log");
    }

    /** Makes the log ready to be appended to, and begins a new one when it has become long. */
    void prepareLog() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LONG_LOG) {
            Files.move(log(), root.resolve("postgresql.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(log())) {
            Files.createFile(log());
            // Its errors can quote what users wrote.
            FileTree.permit(log(), "rw-------");
        }
    }

    Path passwordFile() {
        return root.resolve("postgresql.password");
    }

    /** An empty folder, owned by {@code account}, in which a new database can be made. */
    Path freshCluster(ServerAccount account) throws IOException {
        Path fresh = root.resolve("postgresql.new");
        FileTree.delete(fresh);
        Files.createDirectory(fresh);
        FileTree.permit(fresh, "rwx------");
        account.give(fresh);
        String owner = Files.getOwner(fresh).getName();
        if (owner.matches("\\d+")) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL can't make a database for the user %s, since the system has no name for that number. Run Parley as a user that /etc/passwd names, or set PARLEY_DATABASE_URL to a database of your own."
                            .formatted(owner));
        }
        return fresh;
    }

    /** Moves a finished database into place, so that a crash while it is being made never leaves half of one. */
    void keep(Path fresh) throws IOException {
        Files.move(fresh, cluster());
    }

    /** Keeps a new password in a file that only {@code account} can read. */
    void createPassword(ServerAccount account) throws IOException {
        Files.deleteIfExists(passwordFile());
        Files.createFile(passwordFile());
        FileTree.permit(passwordFile(), "rw-------");
        Files.writeString(passwordFile(), DatabasePassword.random().reveal());
        account.give(passwordFile());
    }

    DatabasePassword password() throws IOException {
        if (!Files.exists(passwordFile())) {
            throw new EmbeddedPostgresException(
                    "The data folder %s has a database, but its password file %s is gone. Put the file back, from a backup of the folder if need be."
                            .formatted(root, requireNonNull(passwordFile().getFileName())));
        }
        return new DatabasePassword(Files.readString(passwordFile()).strip());
    }

    /**
     * A secret of this process, of 32 random bytes in Base64, made at the first asking and kept in a file that no other
     * account can read.
     */
    String secret(String name) throws IOException {
        Path file = root.resolve(name);
        if (!Files.exists(file)) {
            Path fresh = root.resolve(name + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh);
            FileTree.permit(fresh, "rw-------");
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            Files.writeString(fresh, Base64.getEncoder().encodeToString(bytes));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The lock of the data folder " + root + " could not be released", e);
        }
    }
}
