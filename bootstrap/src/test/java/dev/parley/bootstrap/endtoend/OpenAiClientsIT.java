package dev.parley.bootstrap.endtoend;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official TypeScript client of the Responses API, in several of its versions, and the agents that are built on it
 * drive the packaged jar. The tests themselves are written in JavaScript: see {@code src/test/clients/responses}.
 */
@Tag("clients")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class OpenAiClientsIT {

    private static final ClientSuite SUITE = new ClientSuite("responses");

    @BeforeAll
    static void install() {
        SUITE.install();
    }

    @AfterAll
    static void close() {
        SUITE.close();
    }

    @ParameterizedTest(name = "openai {0}")
    @ValueSource(strings = {"5.23.2", "6.49.0", "7.57.0"})
    void drives(String version) {
        SUITE.run(version);
    }
}
