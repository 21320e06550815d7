package dev.parley.bootstrap.endtoend;

import dev.parley.bootstrap.RunningServer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official TypeScript client of the Agents API has a server in this process run its tools, in turns and outside of them.
 * The tests themselves are written in JavaScript: see {@code src/test/clients/agents/hosted}.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class OfficialClientsHostedToolsIT {

    private static final NodeProject PROJECT = NodeProject.ofClients("agents");
    private static final ScriptedModel MODEL = new ScriptedModel();
    private static final RunningServer SERVER = OpenAiJavaClient.serverWithTools(MODEL);

    @BeforeAll
    static void install() {
        PROJECT.installOrSkip();
    }

    @AfterAll
    static void close() {
        SERVER.close();
        MODEL.close();
    }

    @ParameterizedTest(name = "llama-stack-client {0}")
    @ValueSource(strings = {"0.2.7", "0.2.17", "0.2.23", "0.3.0"})
    void drives(String version) {
        PROJECT.pass(
                "hosted",
                Map.of("CLIENT_VERSION", version, "PARLEY_URL", SERVER.uri().toString()),
                () -> "");
    }
}
