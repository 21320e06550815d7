package dev.parley.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.persistence.testing.TestFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process of root does, which is what a plain container image runs. Other users have nothing to do here. */
final class RootProcessTest {
    @BeforeAll
    static void onlyRootOnLinux() throws IOException {
        Path self = Path.of("/proc/self");
        assumeTrue(Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid")));
    }

    @Test
    void aFolderThatTheServersUserCanNotReachIsNamed(@TempDir Path closed) {
        Path folder = closed.resolve("data");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.start(folder, TestFolders.binaries()))
                .withMessageContaining("may not enter " + closed + ".")
                .withMessageContaining("PARLEY_DATA_DIR")
                .withMessageContaining("PARLEY_DATABASE_URL");
    }

    @Test
    void withoutSetprivItSaysWhatToInstall() throws IOException {
        Path folder = TestFolders.create();
        try (EmbeddedPostgresProcess other = EmbeddedPostgresProcess.start(folder, Map.of("PATH", "/nowhere"))) {
            assertThat(other.said()).contains("setpriv", "Install util-linux", "PARLEY_DATABASE_URL");
        }
        TestFolders.delete(folder);
    }

    @Test
    void theServerHasNeitherTheRightsNorTheSecretsOfThisProcess() throws IOException {
        Path folder = TestFolders.create();
        String secret = "sk-for-the-model-provider";
        try (EmbeddedPostgresProcess other = EmbeddedPostgresProcess.start(folder, Map.of("OPENAI_API_KEY", secret))) {
            assertThat(other.said()).startsWith("jdbc:");
            Path server = Path.of(
                    "/proc",
                    Long.toString(Postmaster.runningOn(folder.resolve("postgresql"))
                            .orElseThrow()
                            .process()
                            .pid()));
            assertThat(Files.readString(server.resolve("status"))).containsPattern("Uid:\\s+65534\\s+65534\\s+65534");
            assertThat(Files.readString(server.resolve("environ"), StandardCharsets.ISO_8859_1))
                    .contains("LC_ALL=C")
                    .doesNotContain(secret);
        }
        EmbeddedPostgres.start(folder, TestFolders.binaries()).stop();
        TestFolders.delete(folder);
    }
}
