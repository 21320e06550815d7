package dev.parley.persistence.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Temporary folders that the unprivileged user of an embedded PostgreSQL can get into; JUnit's own are closed to it. */
public final class TestFolders {
    private TestFolders() {}

    /** Where all test runs of a user share the unpacked programs, which takes a second to do. */
    public static Path binaries() {
        return Path.of(System.getProperty("java.io.tmpdir"), "parley-test-" + System.getProperty("user.name"));
    }

    /** A new empty folder. The caller deletes it. */
    public static Path create() {
        try {
            Path folder = Files.createTempDirectory("parley-test-");
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList().reversed()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
