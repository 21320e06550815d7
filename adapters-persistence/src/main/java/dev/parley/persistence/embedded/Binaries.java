package dev.parley.persistence.embedded;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL programs that travel on the class path as an archive for each platform, unpacked once. */
final class Binaries {
    /** The version inside the archive; a test holds it against what the programs say. */
    static final String VERSION = "18.6";

    static final String MAJOR = VERSION.substring(0, VERSION.indexOf('.'));

    private static final Object UNPACKING = new Object();

    private Binaries() {}

    /**
     * The folder with {@code bin}, {@code lib} and {@code share}, unpacked below {@code cache} when it is not there yet.
     * Blocks while another thread or process is unpacking into the same cache.
     */
    static Path unpackedBelow(Path cache) throws IOException {
        Path home = home(cache);
        if (Files.isDirectory(home)) {
            return home;
        }
        Files.createDirectories(cache);
        // A file lock only keeps other processes out, so threads of this one need the monitor as well.
        synchronized (UNPACKING) {
            try (FileChannel guard = FileChannel.open(
                            cache.resolve("unpacking.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = guard.lock()) {
                if (!Files.isDirectory(home)) {
                    Path partial = cache.resolve(home.getFileName() + ".partial");
                    FileTree.delete(partial);
                    unpack(partial);
                    Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
        return home;
    }

    /** Where {@link #unpackedBelow} unpacks to. */
    static Path home(Path cache) {
        return cache.resolve("postgresql-" + VERSION + "-" + platform());
    }

    private static String platform() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String os = name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : name;
        String cpu = System.getProperty("os.arch");
        String architecture = switch (cpu) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> cpu;
        };
        String libc = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
        return os + "-" + architecture + libc;
    }

    private static void unpack(Path target) throws IOException {
        String archive = "/postgres-" + platform() + ".txz";
        try (InputStream packed = Binaries.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new EmbeddedPostgresException(
                        "This Parley carries no PostgreSQL for the platform %s. Set PARLEY_DATABASE_URL to a database of your own, or run Parley on a platform that it carries one for (Linux with glibc on x86_64 or arm64)."
                                .formatted(platform()));
            }
            TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed, 1 << 16)));
            FileTree.makeReadableFolder(target);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException(
                            "The archive " + archive + " names a path outside itself: " + entry.getName());
                }
                write(entry, tar, path);
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        // Not every folder has an entry of its own.
        FileTree.makeReadableFolder(entry.isDirectory() ? path : requireNonNull(path.getParent()));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(content, path);
            FileTree.permit(path, (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--");
        }
    }
}
