package dev.parley.rest.server;

import static dev.parley.rest.server.ScriptedProxy.tell;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.testing.Patient;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Failure;
import dev.parley.rest.testing.Wire;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What goes to a provider as it is, and back. */
@Timeout(60)
final class PassThroughControllerTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY =
            "{ \"model\":\"a-model\", \"n\":1.10,\"messages\":[{\"content\":\"a secret\"}] }";

    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        server = ApplicationContext.run(
                EmbeddedServer.class, Map.of("micronaut.server.port", -1, "test.scripted-proxy", "true"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ScriptedProxy proxy() {
        return server.getApplicationContext().getBean(ScriptedProxy.class);
    }

    private static Wire ask(String path) throws IOException {
        return new Wire(server.getPort()).post(path, BODY, "Authorization: Bearer a key");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, CHAT_COMPLETIONS",
        "/v1/openai/v1/chat/completions, CHAT_COMPLETIONS",
        "/v1/embeddings, EMBEDDINGS",
        "/v1/openai/v1/embeddings, EMBEDDINGS"
    })
    void anAnswerIsHandedBackAsItIs(String path, String endpoint) throws IOException {
        String answer = "{ \"object\" : \"x\", \"n\": 1.10, \"unknown\":\"\\u00e4\" }";
        proxy().then((receiver, _) -> {
            receiver.head(200, "application/json; x=y");
            tell(receiver, answer.substring(0, 7));
            tell(receiver, answer.substring(7));
        });

        try (Wire wire = ask(path)) {
            assertThat(wire.readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsIgnoringCase("content-type: application/json; x=y\r\n")
                    .containsIgnoringCase("x-request-id: ")
                    .containsIgnoringCase("transfer-encoding: chunked\r\n");
            assertThat(chunked(wire)).isEqualTo(answer);
            assertStillServes(wire);
        }
        assertThat(proxy().requests()).contains(endpoint + " " + BODY);
    }

    @Test
    void aStreamIsHandedBackAsItComes() throws IOException {
        CountDownLatch seen = new CountDownLatch(1);
        proxy().then((receiver, _) -> {
            receiver.head(200, "text/event-stream");
            tell(receiver, "data: {\"a\":1}\n\n");
            Patient.await(seen);
            tell(receiver, "data: [DONE]\n\n");
        });

        try (Wire wire = ask(CHAT)) {
            assertThat(wire.readUntil("{\"a\":1}\n\n"))
                    .containsIgnoringCase("content-type: text/event-stream\r\n")
                    .containsIgnoringCase("cache-control: no-cache\r\n")
                    .containsIgnoringCase("x-accel-buffering: no\r\n")
                    .doesNotContain("[DONE]");
            seen.countDown();
            assertThat(wire.readUntil("\r\n0\r\n\r\n")).contains("data: [DONE]\n\n");
            assertStillServes(wire);
        }
    }

    @Test
    void anotherStatusAndAnAnswerOfNothingAreHandedBackToo() throws IOException {
        proxy().then((receiver, _) -> receiver.head(202, "text/plain"));

        try (Wire wire = ask(CHAT)) {
            assertThat(wire.readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.1 202 ")
                    .containsIgnoringCase("content-type: text/plain\r\n");
            assertThat(chunked(wire)).isEmpty();
            assertStillServes(wire);
        }
    }

    @Test
    void whatNamesNoModelIsRefused() throws IOException {
        proxy().then((_, _) -> {
            throw Refusal.invalid("model", "Name the model");
        });

        try (Wire wire = ask(CHAT)) {
            assertThat(wire.readAnswer())
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("{\"error\":{\"message\":\"Name the model\",\"type\":\"invalid_request_error\","
                            + "\"param\":\"model\",\"code\":null}}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MODEL_NOT_FOUND | 404 |"
                        + " \"type\":\"invalid_request_error\",\"param\":\"model\",\"code\":\"model_not_found\"",
                "CONTEXT_TOO_LONG | 400 |"
                    + " \"type\":\"invalid_request_error\",\"param\":\"input\",\"code\":\"context_length_exceeded\"",
                "PROVIDER_REJECTED | 400 | \"type\":\"invalid_request_error\",\"param\":null,\"code\":null",
                "QUOTA_EXHAUSTED | 429 |"
                        + " \"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"",
                "RATE_LIMITED | 429 | \"type\":\"rate_limit_error\",\"param\":null,\"code\":\"rate_limit_exceeded\"",
                "PROVIDER_UNAVAILABLE | 502 | \"type\":\"server_error\",\"param\":null,\"code\":\"server_error\"",
                "PROVIDER_TIMEOUT | 504 | \"type\":\"server_error\",\"param\":null,\"code\":\"server_error\"",
            })
    void whatAProviderRefusesIsToldInOneForm(Failure.Code code, int status, String members) throws IOException {
        proxy().then((_, _) -> {
            throw new BrokenOff(code, "What happened");
        });

        try (Wire wire = ask(CHAT)) {
            assertThat(wire.readAnswer())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .containsIgnoringCase("content-type: application/json\r\n")
                    .endsWith("{\"error\":{\"message\":\"What happened\"," + members + "}}");
            assertStillServes(wire);
        }
    }

    @Test
    void aMistakeOfThisServerSaysNothingOfItself() throws IOException {
        proxy().then((_, _) -> {
            throw new IllegalStateException("internals");
        });

        try (Wire wire = ask(CHAT)) {
            assertThat(wire.readAnswer())
                    .startsWith("HTTP/1.1 500 ")
                    .contains("\"type\":\"server_error\"")
                    .doesNotContain("internals");
        }
    }

    @Test
    void anAnswerThatBreaksEndsWithItsConnection() throws IOException {
        CountDownLatch read = new CountDownLatch(1);
        proxy().then((receiver, _) -> {
            receiver.head(200, "text/event-stream");
            tell(receiver, "data: {\"a\":1}\n\n");
            Patient.await(read);
            throw new BrokenOff(Failure.Code.PROVIDER_UNAVAILABLE, "What happened");
        });

        try (Wire wire = ask(CHAT)) {
            assertThat(wire.readUntil("{\"a\":1}")).startsWith("HTTP/1.1 200 ");
            read.countDown();
            assertThat(wire.readUntil("no such text")).doesNotContain("\r\n0\r\n", "What happened", "[DONE]");
        }
    }

    /** More than the connection holds, for a reader that has not begun to read when the answer breaks. */
    @Test
    void whatCameBeforeAnAnswerBrokeIsHandedBackWhole() throws IOException {
        String large = "x".repeat(8 << 20);
        CountDownLatch broken = new CountDownLatch(1);
        proxy().then((receiver, _) -> {
            receiver.head(200, "text/event-stream");
            tell(receiver, large);
            broken.countDown();
            throw new BrokenOff(Failure.Code.PROVIDER_UNAVAILABLE, "What happened");
        });

        try (Wire wire = ask(CHAT)) {
            Patient.await(broken);
            String read = wire.readUntil("no such text");
            assertThat(read.length() - read.replace("x", "").length()).isGreaterThanOrEqualTo(large.length());
            assertThat(read).doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void aClientThatLeavesCallsItsRequestOff() throws IOException {
        for (boolean told : new boolean[] {false, true}) {
            CountDownLatch calledOff = new CountDownLatch(1);
            CountDownLatch begun = new CountDownLatch(1);
            proxy().then((receiver, cancellation) -> {
                if (told) {
                    receiver.head(200, "text/event-stream");
                    tell(receiver, "data: {\"a\":1}\n\n");
                }
                awaitCalledOff(cancellation, begun);
                calledOff.countDown();
                throw new BrokenOff(Failure.Code.INTERRUPTED, "It was called off");
            });
            try (Wire wire = ask(CHAT)) {
                Patient.await(begun);
                wire.reset();
            }
            Patient.await(calledOff);
        }
    }

    private static void awaitCalledOff(Cancellation cancellation, CountDownLatch begun) {
        CountDownLatch wished = new CountDownLatch(1);
        try (Cancellation.Registration _ = cancellation.onRequest(wished::countDown)) {
            begun.countDown();
            Patient.await(wished);
        }
        assertThat(cancellation.requested()).hasValue(Cancellation.Reason.CLIENT_LEFT);
    }

    @Test
    void whatIsPassedOnIsNeverLogged() throws IOException {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        List<Logger> loggers = Stream.of("dev.parley", "io.micronaut")
                .map(name -> (Logger) LoggerFactory.getLogger(name))
                .toList();
        lines.start();
        loggers.forEach(logger -> {
            logger.setLevel(Level.TRACE);
            logger.addAppender(lines);
        });
        try {
            proxy().then((receiver, _) -> {
                        receiver.head(200, "application/json");
                        tell(receiver, "{\"answer\":\"a confidence\"}");
                    })
                    .then((_, _) -> {
                        throw new BrokenOff(Failure.Code.PROVIDER_UNAVAILABLE, "What happened");
                    })
                    .then((_, _) -> {
                        throw new IllegalStateException("A mistake");
                    });
            for (int status : new int[] {200, 502, 500}) {
                try (Wire wire = ask(CHAT)) {
                    assertThat(wire.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 " + status);
                }
            }
        } finally {
            loggers.forEach(logger -> {
                logger.detachAppender(lines);
                logger.setLevel(null);
            });
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("passing it on was broken by a mistake"))
                .noneMatch(
                        line -> line.contains("a secret") || line.contains("a confidence") || line.contains("a key"));
    }

    private static void assertStillServes(Wire wire) throws IOException {
        proxy().then((_, _) -> {
            throw Refusal.invalid("model", "Name the model");
        });
        wire.post(CHAT, BODY);
        assertThat(wire.readAnswer()).startsWith("HTTP/1.1 400 ");
    }

    /** What stands in the chunks up to the last. */
    private static String chunked(Wire wire) throws IOException {
        StringBuilder all = new StringBuilder();
        while (true) {
            String size = wire.readUntil("\r\n").strip();
            String chunk = wire.readUntil("\r\n");
            if (size.equals("0")) {
                return all.toString();
            }
            all.append(chunk, 0, chunk.length() - 2);
        }
    }
}
