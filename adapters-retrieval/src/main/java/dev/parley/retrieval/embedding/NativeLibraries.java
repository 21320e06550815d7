package dev.parley.retrieval.embedding;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where the native libraries of the models' runtime are put, because no system loads one out of a jar: a folder that stays,
 * instead of the temporary one, where others may write.
 */
public final class NativeLibraries {

    /** What the runtime itself asks for a folder in which its libraries are. */
    private static final String FOLDER_PROPERTY = "onnxruntime.native.path";

    private static final String RESOURCES = "/ai/onnxruntime/native/";

    private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

    private final Path folder;

    /** @param folder it, or a folder above it, must be writable when the first model is loaded */
    public NativeLibraries(Path folder) {
        this.folder = requireNonNull(folder, "folder");
    }

    /**
     * Puts them there unless they are, and tells the runtime. Does nothing when an operator has told it where they are.
     *
     * @throws IOException when there are none for this machine, or they can't be written; in words for the operator
     */
    void provide() throws IOException {
        if (System.getProperty(FOLDER_PROPERTY) != null) {
            return;
        }
        String platform = platform();
        Path home = folder.resolve("onnxruntime").resolve(platform);
        for (String name : NAMES) {
            provide(platform, fileOf(name), home);
        }
        System.setProperty(FOLDER_PROPERTY, home.toString());
    }

    private static void provide(String platform, String file, Path home) throws IOException {
        byte[] library;
        try (InputStream resource = NativeLibraries.class.getResourceAsStream(RESOURCES + platform + '/' + file)) {
            if (resource == null) {
                throw new IOException("there is no embedding runtime for " + platform);
            }
            library = resource.readAllBytes();
        }
        Path target = home.resolve(file);
        try {
            if (isThere(target, library)) {
                return;
            }
            Files.createDirectories(home);
            Path written = Files.createTempFile(home, file, ".new");
            try {
                Files.write(written, library);
                // in one move: another process that starts just now must never see a half of it
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException failed) {
            throw new IOException("the native libraries can't be written to %s".formatted(home), failed);
        }
    }

    /** Compared byte by byte: what is loaded runs with all the rights of this process. */
    private static boolean isThere(Path target, byte[] library) throws IOException {
        return Files.isRegularFile(target)
                && Files.size(target) == library.length
                && Arrays.equals(Files.readAllBytes(target), library);
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String kind = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
        return kind
                + switch (processor) {
                    case "amd64", "x86_64" -> "-x64";
                    case "aarch64", "arm64" -> "-aarch64";
                    default -> '-' + processor;
                };
    }

    private static String fileOf(String name) {
        return System.mapLibraryName(name);
    }
}
