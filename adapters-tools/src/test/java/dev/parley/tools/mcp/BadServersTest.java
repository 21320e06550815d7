package dev.parley.tools.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.message.JsonText;
import dev.parley.tools.outgoing.LoopbackWay;
import dev.parley.tools.testing.Answer;
import dev.parley.tools.testing.ScriptedMcp;
import dev.parley.tools.testing.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of tools that do what they should not: whoever asks is told so in words, in time, and nothing of it is left over. */
class BadServersTest {

    static final McpSettings IMPATIENT = new McpSettings(
            Duration.ofMillis(700), Duration.ofMillis(700), Duration.ZERO, Duration.ofMinutes(1), 8, 1 << 16);

    private static final Map<String, ScriptedMcp.Trick> GARBAGE = Map.ofEntries(
            Map.entry("a page", (_, _, answer) -> answer.send(200, "text/html", "<p>Hello")),
            Map.entry("no type", (_, _, answer) -> answer.send(200, Map.of(), "{}".getBytes(UTF_8))),
            Map.entry("no JSON", (_, _, answer) -> answer.send(200, "application/json", "{\"jsonrpc\":")),
            Map.entry("nothing", (_, _, answer) -> answer.send(200, "application/json", "")),
            Map.entry("no message", (_, _, answer) -> answer.send(200, "application/json", "{\"a\":1}")),
            Map.entry("a list", (_, _, answer) -> answer.send(200, "application/json", "[]")),
            Map.entry(
                    "another answer",
                    (_, _, answer) -> answer.send(200, "application/json", ScriptedMcp.answered("\"x\"", "{}"))),
            Map.entry(
                    "an answer of another shape",
                    (id, _, answer) -> answer.send(
                            200, "application/json", ScriptedMcp.answered(id, "{\"tools\":7,\"content\":7}"))),
            Map.entry("no JSON in an event", (_, _, answer) -> {
                OutputStream out = answer.events(Map.of());
                ScriptedMcp.event(out, "hello");
                out.close();
            }),
            Map.entry(
                    "a deep one",
                    (id, _, answer) -> answer.send(
                            200,
                            "application/json",
                            ScriptedMcp.answered(id, "[".repeat(20_000) + "]".repeat(20_000)))));

    private final ScriptedMcp server = new ScriptedMcp();
    private final McpScene scene = new McpScene(IMPATIENT, LoopbackWay.allowed(server.port()));

    @AfterEach
    void stop() {
        scene.close();
        server.close();
    }

    static Stream<String> garbage() {
        return GARBAGE.keySet().stream().sorted();
    }

    @Test
    void aServerThatIsNotThereIsSaidNotToBe() {
        server.close();

        assertThat(scene.listFails(server.url()).explanation())
                .contains("'mcp::scripted'", "could not be connected to");
        assertThat(scene.runFails(server.url(), "echo").metadata().map(JsonText::text))
                .hasValueSatisfying(text -> assertThat(text).startsWith("{\"error\":{\"type\":\"mcp_protocol_error\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"initialize", "tools/list", "tools/call"})
    void aServerThatHangsIsNotWaitedFor(String method) throws ToolFailed {
        server.trick(method, (_, _, answer) -> answer.awaitClosed());

        assertThat(failing(method).explanation()).contains("did not answer within 700 ms");

        server.honest(method);
        assertThat(scene.list(server.url())).hasSize(2);
        assertThat(scene.run(server.url(), "echo").content().text()).isEqualTo("echoed");
    }

    @Test
    void aServerThatDripsIsNotWaitedFor() {
        server.trick("tools/call", (_, _, answer) -> {
            OutputStream out = answer.events(Map.of());
            while (true) {
                out.write(": still here\n\n".getBytes(UTF_8));
                out.flush();
                Thread.onSpinWait();
            }
        });

        assertThat(scene.runFails(server.url(), "echo").explanation()).contains("did not answer within 700 ms");
    }

    /** What wants no answer is not waited for either, however lively the server seems; nor is the farewell. */
    @Test
    void aServerThatDripsTheHeadOfAReplyIsNotWaitedFor() {
        ScriptedMcp.Trick drip = (_, _, answer) -> {
            answer.write("HTTP/1.1 202 Accepted\r\nX-Slow: ");
            for (int i = 0; i < 300; i++) {
                answer.write("x");
                LockSupport.parkNanos(100_000_000);
            }
        };
        server.trick("notifications/initialized", drip).trick("DELETE", drip);
        long start = System.nanoTime();

        assertThat(scene.listFails(server.url()).explanation()).contains("within 700 ms");

        scene.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("the farewell, too, has an end")
                .isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void garbageIsSaidToBeGarbage(String kind) throws ToolFailed {
        for (String method : new String[] {"tools/list", "tools/call", "initialize"}) {
            server.trick(method, requireNonNull(GARBAGE.get(kind)));
            ToolFailed failed = failing(method);
            assertThat(failed.explanation())
                    .as(method)
                    .contains("'mcp::scripted'")
                    .containsAnyOf(
                            "no message of the protocol",
                            "no answer to the request",
                            "JSON was expected",
                            "could not be read",
                            "Unsupported protocol",
                            "lists no tools: it")
                    .doesNotContain("Exception", "jackson", "io.modelcontextprotocol");
            server.honest(method);
        }
        assertThat(scene.list(server.url())).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "length", "event", "events"})
    void aHundredMegabytesAreNotTaken(String kind) {
        AtomicLong sent = new AtomicLong();
        server.trick("tools/call", (_, _, answer) -> flood(kind, answer, sent));
        server.trick("tools/list", (_, _, answer) -> flood(kind, answer, sent));

        assertThat(scene.runFails(server.url(), "echo").explanation()).containsAnyOf("larger than", "more than the");
        assertThat(scene.listFails(server.url()).explanation()).containsAnyOf("larger than", "more than the");
        assertThat(sent.get()).isLessThan(100L << 20);
    }

    private static void flood(String kind, Answer answer, AtomicLong sent) throws IOException {
        byte[] some = "x".repeat(1 << 16).getBytes(UTF_8);
        OutputStream out = switch (kind) {
            case "json" -> answer.begin(200, Map.of("Content-Type", "application/json"));
            case "length" ->
                answer.begin(200, Map.of("Content-Type", "application/json", "Content-Length", "104857600"));
            default -> answer.events(Map.of());
        };
        out.write((kind.startsWith("event") ? "data: " : "{\"jsonrpc\":\"").getBytes(UTF_8));
        while (sent.get() < 100L << 20) {
            out.write(some);
            if (kind.equals("events")) {
                out.write("\ndata: ".getBytes(UTF_8));
            }
            sent.addAndGet(some.length);
        }
    }

    @Test
    void twoToolsOfOneNameAreNotTakenForOne() throws IOException {
        server.changeTools(ScriptedMcp.tool("echo", "{}"), ScriptedMcp.tool("echo", "{}"));

        assertThat(scene.listFails(server.url()).explanation()).contains("two of them are called 'echo'");
    }

    @Test
    void aListWithoutEndIsNotReadOn() {
        server.trick(
                "tools/list",
                (id, _, answer) -> answer.send(
                        200, "application/json", ScriptedMcp.answered(id, "{\"tools\":[],\"nextCursor\":\"again\"}")));

        assertThat(scene.listFails(server.url()).explanation()).contains("more than 2000 tools or 100 pages");
    }

    @Test
    void errorsOfTheProtocolAreToldWithTheirCode() {
        server.trick(
                "tools/call",
                (id, _, answer) -> answer.send(
                        200,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32602,\"message\":\"Unknown tool: echo\"}}"
                                .formatted(id)));

        ToolFailed failed = scene.runFails(server.url(), "echo");

        assertThat(failed.explanation()).contains("Unknown tool: echo");
        assertThat(failed.metadata())
                .contains(
                        new JsonText("{\"error\":{\"type\":\"mcp_protocol_error\",\"code\":-32602,\"message\":\"Unknown"
                                + " tool: echo\"}}"));
    }

    @Test
    void whatAToolSaysOfItsFailureIsToldAsSuch() {
        ToolFailed failed = scene.runFails(server.url(), "fail");

        assertThat(failed.explanation()).isEqualTo("no such page");
        assertThat(failed.metadata())
                .contains(new JsonText(
                        "{\"error\":{\"type\":\"mcp_tool_execution_error\",\"content\":[{\"type\":\"text\",\"text\":\"no"
                            + " such page\"}]}}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503})
    void statusesThatSayNoAreTold(int status) {
        server.trick("tools/call", (_, _, answer) -> answer.send(status, "text/html", "<p>secret details"));
        server.trick("initialize", (_, _, answer) -> answer.send(status, "text/html", "<p>secret details"));

        ToolFailed failed = scene.runFails(server.url(), "echo");

        assertThat(failed.explanation()).contains("status " + status).doesNotContain("secret");
        assertThat(failed.metadata().orElseThrow().text())
                .contains("\"type\":\"http_error\",\"code\":%d,".formatted(status));
    }

    @Test
    void aServerOfAnotherProtocolVersionIsSaidToBe() {
        server.trick(
                "initialize",
                (id, _, answer) -> answer.send(
                        200,
                        "application/json",
                        ScriptedMcp.answered(
                                id,
                                "{\"protocolVersion\":\"1999-01-01\",\"capabilities\":{},\"serverInfo\":{\"name\":\"x\",\"version\":\"1\"}}")));

        assertThat(scene.listFails(server.url()).explanation()).contains("Unsupported protocol version");
    }

    @Test
    void keysAreSentToNoOtherServer() throws ToolFailed {
        try (ScriptedMcp elsewhere = new ScriptedMcp()) {
            server.trick("initialize", (_, _, answer) -> answer.redirect(307, elsewhere.url()));
            assertThat(scene.listFails(server.url()).explanation()).contains("redirects to");

            server.trick("initialize", (_, _, answer) -> answer.redirect(307, "/other"));
            assertThat(scene.listFails(server.url()).explanation()).contains("status 404");

            try (ScriptedServer older = new ScriptedServer((request, answer) -> {
                if (request.method().equals("GET")) {
                    OutputStream out = answer.events(Map.of());
                    out.write("event: endpoint\ndata: %s\n\n"
                            .formatted(elsewhere.url())
                            .getBytes(UTF_8));
                    answer.awaitClosed();
                } else {
                    answer.send(405, "text/plain", "");
                }
            })) {
                try (McpScene other = new McpScene(IMPATIENT, LoopbackWay.allowed(older.port(), elsewhere.port()))) {
                    assertThat(other.listFails(older.url("/sse")).explanation()).contains("status 405");
                }
            }
            assertThat(elsewhere.server().requests()).isEmpty();
        }
    }

    @Test
    void theGuardStandsBeforeServersThatRequestsName() throws ToolFailed {
        assertThat(scene.list(server.url())).hasSize(2);

        try (McpScene guarded = new McpScene(IMPATIENT, LoopbackWay.refused(server.port()))) {
            int before = server.server().requests().size();
            assertThat(guarded.listFails(server.url()).explanation()).contains("no address that this server may reach");
            assertThat(guarded.runFails(server.sseUrl(), "echo").explanation()).contains("may reach");
            assertThat(server.server().requests()).hasSize(before);
        }
    }

    private ToolFailed failing(String method) {
        return method.equals("tools/list") ? scene.listFails(server.url()) : scene.runFails(server.url(), "echo");
    }
}
