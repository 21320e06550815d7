package dev.parley.bootstrap.endtoend;

import dev.parley.bootstrap.RunningServer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official TypeScript client of the Responses API, and the agents that are built on it, have a server in this process
 * run its tools. The tests themselves are written in JavaScript: see {@code src/test/clients/responses/hosted}.
 */
@Tag("clients")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class OpenAiHostedToolsIT {

    private static final NodeProject PROJECT = NodeProject.ofClients("responses");
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

    @ParameterizedTest(name = "openai {0}")
    @ValueSource(strings = {"5.23.2", "6.49.0", "7.57.0"})
    void drives(String version) {
        PROJECT.pass(
                "hosted",
                Map.of("CLIENT_VERSION", version, "PARLEY_URL", SERVER.uri().toString()),
                () -> "");
    }
}
