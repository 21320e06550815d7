package dev.parley.bootstrap.endtoend;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official TypeScript client of the Agents API, in several of its versions, drives the packaged jar. The tests
 * themselves are written in JavaScript: see {@code src/test/clients/agents}.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class OfficialClientsIT {

    private static final ClientSuite SUITE = new ClientSuite("agents");

    @BeforeAll
    static void install() {
        SUITE.install();
    }

    @AfterAll
    static void close() {
        SUITE.close();
    }

    /** What every build runs; the rest takes minutes. */
    @Test
    void servesTheNewest() {
        SUITE.runSmoke("0.3.0");
    }

    @Tag("clients")
    @ParameterizedTest(name = "llama-stack-client {0}")
    @ValueSource(strings = {"0.2.7", "0.2.17", "0.2.23", "0.3.0"})
    void drives(String version) {
        SUITE.run(version);
    }
}
