package dev.parley.persistence.embedded;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Folders and permissions that do not depend on the umask: a root process makes them for the user that runs the server. */
final class FileTree {
    private FileTree() {}

    static void makeReadableFolder(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (!Files.isDirectory(folder)) {
            if (parent != null) {
                makeReadableFolder(parent);
            }
            Files.createDirectory(folder);
            permit(folder, "rwxr-xr-x");
        }
    }

    /** Does nothing where the file system has no such permissions (Windows). */
    static void permit(Path path, String permissions) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList().reversed()) {
                Files.delete(path);
            }
        }
    }
}
