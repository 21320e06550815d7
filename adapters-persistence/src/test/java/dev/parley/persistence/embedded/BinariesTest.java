package dev.parley.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BinariesTest {
    @Test
    void areUnpackedOnceWhateverAnInterruptedTryLeft(@TempDir Path cache) throws IOException, InterruptedException {
        Path partial = cache.resolve(Binaries.home(cache).getFileName() + ".partial");
        Files.createDirectories(partial.resolve("bin"));
        Files.writeString(partial.resolve("bin/initdb"), "the first half");

        Path home = Binaries.unpackedBelow(cache);
        assertThat(home).isEqualTo(Binaries.home(cache));
        assertThat(partial).doesNotExist();
        assertThat(home.resolve("bin/initdb")).isExecutable();
        assertThat(output(home.resolve("bin/postgres"), "--version"))
                .isEqualTo("postgres (PostgreSQL) " + Binaries.VERSION);

        var unpackedAt = Files.getLastModifiedTime(home);
        assertThat(Binaries.unpackedBelow(cache)).isEqualTo(home);
        assertThat(Files.getLastModifiedTime(home)).isEqualTo(unpackedAt);
        try (Stream<Path> entries = Files.list(cache)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder(home.getFileName().toString(), "unpacking.lock");
        }
    }

    private static String output(Path program, String argument) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(program.toString(), argument)).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text.strip();
    }
}
