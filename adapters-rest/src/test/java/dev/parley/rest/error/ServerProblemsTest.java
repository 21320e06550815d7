package dev.parley.rest.error;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.testing.Wire;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the HTTP server refuses by itself is said in our words, in the one body, on a connection that stays usable. */
class ServerProblemsTest {

    private static final int MAX_BODY = 100_000;

    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        server = ApplicationContext.run(
                EmbeddedServer.class,
                Map.of(
                        "micronaut.server.port",
                        -1,
                        "micronaut.server.max-request-size",
                        MAX_BODY,
                        "micronaut.server.max-request-buffer-size",
                        MAX_BODY,
                        "test.bad-routes",
                        "true"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/html"})
    void anUnknownRouteIs404(String accept) throws IOException {
        try (Wire wire = connect().get("/v1/nothing", "Accept: " + accept)) {
            assertProblem(wire.readAnswer(), "404 Not Found", "Not Found: there is nothing at /v1/nothing");
            assertStillServes(wire);
        }
    }

    @Test
    void anotherMethodIs405() throws IOException {
        try (Wire wire = connect().send("DELETE", "/bad/number", new byte[0])) {
            assertProblem(wire.readAnswer(), "405 Method Not Allowed", "Method Not Allowed: /bad/number takes ");
            assertStillServes(wire);
        }
    }

    @Test
    void anotherTypeOfBodyIs415AndNoneIsTakenForJson() throws IOException {
        try (Wire wire = connect()) {
            wire.raw("POST /bad/body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"
                    .getBytes(US_ASCII));
            assertProblem(
                    wire.readAnswer(), "415 Unsupported Media Type", "send the header Content-Type: application/json");
            wire.raw("POST /bad/body HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}".getBytes(US_ASCII));
            assertThat(wire.readAnswer()).startsWith("HTTP/1.1 200 OK").endsWith("{\"length\":2}");
            wire.raw("POST /bad/body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(US_ASCII));
            assertThat(wire.readAnswer()).startsWith("HTTP/1.1 200 OK").endsWith("{\"length\":0}");
        }
    }

    @Test
    void aBodyOverTheLimitIs413() throws IOException {
        try (Wire wire = connect().post("/bad/body", "x".repeat(MAX_BODY))) {
            assertThat(wire.readAnswer()).startsWith("HTTP/1.1 200 OK").endsWith("{\"length\":" + MAX_BODY + "}");
            wire.post("/bad/body", "x".repeat(MAX_BODY + 1));
            assertProblem(wire.readAnswer(), "413 ", "a body may have 100000 bytes");
            assertStillServes(wire);
            wire.post("/bad/body", "x".repeat(20 * MAX_BODY));
            assertProblem(wire.readAnswer(), "413 ", "a body may have 100000 bytes");
            assertStillServes(wire);
        }
    }

    @Test
    void aBodyOfUnknownLengthOverTheLimitIs413() throws IOException {
        try (Wire wire = connect()) {
            wire.raw(
                    "POST /bad/body HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(US_ASCII));
            String piece = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
            for (int sent = 0; sent <= MAX_BODY; sent += 0x1000) {
                wire.raw(piece.getBytes(US_ASCII));
            }
            wire.raw("0\r\n\r\n".getBytes(US_ASCII));
            assertProblem(wire.readAnswer(), "413 ", "a body may have 100000 bytes");
            assertStillServes(wire);
        }
    }

    @Test
    void aQueryOfTheWrongTypeOrWithoutWhatItNeedsIs400() throws IOException {
        try (Wire wire = connect()) {
            wire.get("/bad/number?number=many");
            String wrong = wire.readAnswer();
            assertProblem(wrong, "400 Bad Request", "number has a value of the wrong type");
            assertThat(wrong)
                    .contains("{\"loc\":[\"query\",\"number\"],\"msg\":\"number has a value of the wrong type\"");
            wire.get("/bad/number");
            assertProblem(wire.readAnswer(), "400 Bad Request", "number is missing");
            assertStillServes(wire);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a b c HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /bad/number?number=%ff HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /bad/number?number=1 HTTP/1.1\r\nHost: x\r\nno colon here\r\n\r\n",
                "POST /bad/body HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n"
            })
    void aMalformedRequestIs4xx(String request) throws IOException {
        try (Wire wire = connect().raw(request.getBytes(UTF_8))) {
            assertProblem(wire.readAnswer(), "4", "");
        }
    }

    @Test
    void anEndlessHeaderOrAddressIs4xx() throws IOException {
        for (String request : new String[] {
            "GET /bad/number HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n",
            "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"
        }) {
            try (Wire wire = connect().raw(request.getBytes(US_ASCII))) {
                assertProblem(wire.readAnswer(), "4", "too large");
            }
        }
    }

    @Test
    void aMistakeTellsNothingOfTheInsideAndReadingMayBeRepeated() throws IOException {
        try (Wire wire = connect().get("/bad/mistake")) {
            String reading = wire.readAnswer();
            assertProblem(reading, "500 Internal Server Error", "The server made a mistake");
            assertThat(reading).doesNotContain("secret", "IllegalState").doesNotContainIgnoringCase("x-should-retry");
            wire.post("/bad/mistake", "{}");
            String writing = wire.readAnswer();
            assertProblem(writing, "500 Internal Server Error", "The server made a mistake");
            assertThat(writing).doesNotContain("secret", "StackOverflow").containsIgnoringCase("x-should-retry: false");
            assertStillServes(wire);
        }
    }

    @Test
    void aRequestOfATraceKeepsItsName() throws IOException {
        try (Wire wire = connect()) {
            wire.get("/v1/nothing", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            assertThat(wire.readAnswer()).containsIgnoringCase("x-trace-id: 0af7651916cd43dd8448eb211c80319c\r\n");
        }
    }

    @Test
    void clientsOfOpenAiAreToldInTheirWords() throws IOException {
        String bad = "/v1/openai/v1/bad";
        try (Wire wire = connect()) {
            wire.get("/v1/responses/resp_1/nothing");
            assertOpenAi(wire.readAnswer(), "404 Not Found", "invalid_request_error", "null", "null");
            wire.send("DELETE", bad + "/number", new byte[0]);
            assertOpenAi(wire.readAnswer(), "405 Method Not Allowed", "invalid_request_error", "null", "null");
            wire.raw(("POST " + bad
                            + "/body HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")
                    .getBytes(US_ASCII));
            assertOpenAi(wire.readAnswer(), "415 Unsupported Media Type", "invalid_request_error", "null", "null");
            wire.get(bad + "/number?number=many");
            assertOpenAi(wire.readAnswer(), "400 Bad Request", "invalid_request_error", "\"number\"", "null");
            wire.get(bad + "/refusal");
            String refused = wire.readAnswer();
            assertOpenAi(
                    refused, "400 Bad Request", "invalid_request_error", "\"conversation\"", "\"conversation_locked\"");
            assertThat(refused).containsIgnoringCase("retry-after: 1\r\n");
            wire.get(bad + "/mistake");
            String reading = wire.readAnswer();
            assertOpenAi(reading, "500 Internal Server Error", "server_error", "null", "\"server_error\"");
            assertThat(reading).doesNotContain("secret").doesNotContainIgnoringCase("x-should-retry");
            wire.post(bad + "/mistake", "{}");
            String writing = wire.readAnswer();
            assertOpenAi(writing, "500 Internal Server Error", "server_error", "null", "\"server_error\"");
            assertThat(writing).containsIgnoringCase("x-should-retry: false\r\n");
            wire.get(bad + "/number?number=7");
            assertThat(wire.readAnswer())
                    .startsWith("HTTP/1.1 200 OK")
                    .containsPattern("(?i)x-request-id: [0-9a-f]{32}\r\n");
            wire.post(bad + "/body", "x".repeat(MAX_BODY + 1));
            assertOpenAi(wire.readAnswer(), "413 ", "invalid_request_error", "null", "null");
        }
    }

    @Test
    void clientsOfTheAgentsApiAreToldNothingMore() throws IOException {
        try (Wire wire = connect().get("/bad/refusal")) {
            assertThat(wire.readAnswer())
                    .startsWith("HTTP/1.1 409 Conflict")
                    .doesNotContainIgnoringCase("x-request-id")
                    .contains("\r\n\r\n{\"detail\":");
        }
    }

    private static void assertOpenAi(String answer, String status, String type, String param, String code) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("content-type: application/json\r\n")
                .containsPattern("(?i)x-request-id: [0-9a-f]{32}\r\n")
                .containsPattern("\r\n\r\n\\{\"error\":\\{\"message\":\"[^\"]+\",\"type\":\"" + type + "\",\"param\":"
                        + param + ",\"code\":" + code + "}}$")
                .doesNotContain("micronaut", "Exception", "_embedded");
    }

    private static void assertProblem(String answer, String status, String sentence) {
        assertThat(answer)
                .containsPattern("^HTTP/1.[01] " + status)
                .containsIgnoringCase("content-type: application/json\r\n")
                .containsPattern("(?i)x-trace-id: [0-9a-f]{32}\r\n")
                .containsPattern("\r\n\r\n\\{\"detail\":\"[^\"]*" + sentence)
                .doesNotContainPattern("(?is)x-trace-id:.*x-trace-id:")
                .contains("\"error\":{\"message\":\"", "\"detail\":{\"errors\":[")
                .doesNotContain("micronaut", "Exception");
    }

    private static void assertStillServes(Wire wire) throws IOException {
        wire.get("/bad/number?number=7");
        assertThat(wire.readAnswer()).startsWith("HTTP/1.1 200 OK").endsWith("{\"number\":7}");
    }

    private static Wire connect() throws IOException {
        return new Wire(server.getPort());
    }
}
