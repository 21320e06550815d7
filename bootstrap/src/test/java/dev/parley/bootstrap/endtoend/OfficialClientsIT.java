package dev.parley.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official TypeScript client, in several of its versions, drives the packaged jar. The tests themselves are written in
 * JavaScript: see {@code src/test/clients}.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class OfficialClientsIT {

    private static final NodeProject PROJECT =
            NodeProject.copyOf(Path.of("src", "test", "clients"), Path.of("target", "clients"));
    private static final ScriptedModel MODEL = new ScriptedModel();
    private static final Installation INSTALLATION = new Installation(
            Map.of("OPENAI_BASE_URL", MODEL.baseUri().toString(), "PARLEY_HTTP_STREAM_HEARTBEAT", "200ms"));
    private static final ControlPanel PANEL = new ControlPanel(INSTALLATION, MODEL);

    @BeforeAll
    static void install() {
        Optional<String> missing = NodeProject.missingNode(20, 14);
        if (missing.isPresent()) {
            abort("The official clients can't be run: " + missing.get());
        }
        NodeProject.Ended installed = PROJECT.install();
        if (installed.code() != 0) {
            String reason = "The official clients could not be installed: " + installed.output();
            // Where changes are judged, nobody reads what was skipped.
            if (System.getenv("CI") != null) {
                fail(reason);
            }
            abort(reason);
        }
    }

    @AfterAll
    static void close() {
        PANEL.close();
        INSTALLATION.close();
        MODEL.close();
    }

    @ParameterizedTest(name = "llama-stack-client {0}")
    @ValueSource(strings = {"0.2.7", "0.2.17", "0.2.23", "0.3.0"})
    void drives(String version) {
        PANEL.start();

        NodeProject.Ended suite = PROJECT.test(
                Map.of("CLIENT_VERSION", version, "PARLEY_CONTROL", PANEL.uri().toString()));

        System.out.println(suite.output());
        assertThat(suite.code())
                .withFailMessage(() -> "%s\n\nThe server has said:\n%s".formatted(suite.output(), PANEL.log()))
                .isZero();
        // A runner that finds no tests is content with that.
        assertThat(suite.output()).containsPattern("pass [1-9]");
    }
}
