package dev.parley.bootstrap.endtoend;

import java.util.Map;

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
        project = NodeProject.ofClients(folder);
    }

    /** Installs the clients; without Node, or a registry to install from, the tests are skipped with the reason. */
    void install() {
        project.installOrSkip();
    }

    /**
     * Runs the tests with the client in this version.
     *
     * @throws AssertionError if one fails, or there is none
     */
    void run(String version) {
        run("test", version);
    }

    /** The same for the few tests that tell whether the client is served at all. */
    void runSmoke(String version) {
        run("smoke", version);
    }

    private void run(String script, String version) {
        panel.start();

        project.pass(
                script,
                Map.of("CLIENT_VERSION", version, "PARLEY_CONTROL", panel.uri().toString()),
                () -> "The server has said:\n" + panel.log());
    }

    @Override
    public void close() {
        panel.close();
        installation.close();
        model.close();
    }
}
