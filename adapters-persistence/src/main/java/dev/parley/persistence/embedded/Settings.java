package dev.parley.persistence.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The server settings that Parley decides, in a file of their own that PostgreSQL's configuration includes. */
final class Settings {
    private static final String FILE = "parley.conf";

    private Settings() {}

    /** Makes a new cluster's configuration read our file. */
    static void includeIn(Path cluster) throws IOException {
        Files.writeString(cluster.resolve("postgresql.conf"), """

            # Parley rewrites this file at each start. A setting after this line wins over it.
            include = '%s'
            """.formatted(FILE), StandardOpenOption.APPEND);
    }

    static void write(Path cluster, ServerAccount account, int port) throws IOException {
        Path file = cluster.resolve(FILE);
        Files.writeString(file, """
            # Loopback TCP alone: a socket file in a shared folder would be a second door.
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            port = %d

            # What was committed survives a power cut.
            fsync = on
            synchronous_commit = on
            full_page_writes = on

            # One Parley with a small pool, on a machine that it shares.
            max_connections = 50
            shared_buffers = '128MB'
            max_wal_size = '512MB'
            max_parallel_workers_per_gather = 0
            max_logical_replication_workers = 0
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_checkpoints = off
            """.formatted(port));
        account.give(file);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, loopback())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
