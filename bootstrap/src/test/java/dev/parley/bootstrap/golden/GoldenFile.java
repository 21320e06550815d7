package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text that is kept beside the sources. {@code -Dgolden=rewrite} writes it anew, for a reader of the difference. */
final class GoldenFile {

    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "golden");
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("golden"));

    private GoldenFile() {}

    /** @param name with the folder that it is in */
    static void compare(String name, String text) {
        Path file = FOLDER.resolve(name + ".txt");
        try {
            if (REWRITE) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
            assertThat(file).as("run with -Dgolden=rewrite to write it").exists();
            assertThat(text).as(file.toString()).isEqualTo(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
