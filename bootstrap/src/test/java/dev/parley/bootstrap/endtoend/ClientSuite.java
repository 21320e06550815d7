package dev.parley.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Tests in JavaScript that drive the packaged jar through official clients, and the jar and the scripted model for them.
 * They are in a folder of {@code src/test/clients} each.
 */
final class ClientSuite implements AutoCloseable {

    private final NodeProject project;
    private final ScriptedModel model = new ScriptedModel();
    private final Installation installation = new Installation(Map.of(
            "PARLEY_INFERENCE_PROVIDERS_OPENAI_BASE_URL", model.baseUri().toString(),
            "PARLEY_INFERENCE_PROVIDERS_OPENAI_REASONING_FIELD", "reasoning_content",
            "PARLEY_TURNS_STOP_GRACE", "1s",
            "PARLEY_HTTP_STREAM_HEARTBEAT", "200ms"));
    private final ControlPanel panel = new ControlPanel(installation, model);

    /** @param folder the suite's folder in {@code src/test/clients} */
    ClientSuite(String folder) {
        project = NodeProject.copyOf(Path.of("src", "test", "clients"), Path.of("target", "clients"), folder);
    }

    /** Installs the clients; without Node, or a registry to install from, the tests are skipped with the reason. */
    void install() {
        Optional<String> missing = NodeProject.missingNode(20, 14);
        if (missing.isPresent()) {
            abort("The official clients can't be run: " + missing.get());
        }
        NodeProject.Ended installed = project.install();
        if (installed.code() != 0) {
            String reason = "The official clients could not be installed: " + installed.output();
            // Where changes are judged, nobody reads what was skipped.
            if (System.getenv("CI") != null) {
                fail(reason);
            }
            abort(reason);
        }
    }

    /**
     * Runs the tests with the client in this version.
     *
     * @throws AssertionError if one fails, or there is none
     */
    void run(String version) {
        panel.start();

        NodeProject.Ended suite = project.test(
                Map.of("CLIENT_VERSION", version, "PARLEY_CONTROL", panel.uri().toString()));

        System.out.println(suite.output());
        assertThat(suite.code())
                .withFailMessage(() -> "%s\n\nThe server has said:\n%s".formatted(suite.output(), panel.log()))
                .isZero();
        // A runner that finds no tests is content with that.
        assertThat(suite.output()).containsPattern("pass [1-9]");
    }

    @Override
    public void close() {
        panel.close();
        installation.close();
        model.close();
    }
}
