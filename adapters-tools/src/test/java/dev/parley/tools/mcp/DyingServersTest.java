package dev.parley.tools.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.tools.outgoing.LoopbackWay;
import dev.parley.tools.testing.ScriptedMcp;
import dev.parley.tools.testing.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers of tools that end in the middle of a call: it may have been done, so it is not done again. */
class DyingServersTest {

    private final ScriptedMcp server = new ScriptedMcp();
    private final McpScene scene = new McpScene(BadServersTest.IMPATIENT, LoopbackWay.allowed(server.port()));

    @AfterEach
    void stop() {
        scene.close();
        server.close();
    }

    @Test
    void aServerThatDiesInMidCallIsSaidToHave() throws ToolFailed {
        scene.list(server.url());
        AtomicInteger calls = new AtomicInteger();
        for (ScriptedMcp.Trick death : new ScriptedMcp.Trick[] {
            (_, _, _) -> {
                throw new IOException("dies without a word");
            },
            (_, _, answer) ->
                    answer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"),
            (_, _, answer) -> {
                OutputStream out = answer.events(Map.of());
                ScriptedMcp.event(out, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}");
                out.close();
            }
        }) {
            server.trick("tools/call", (id, params, answer) -> {
                calls.incrementAndGet();
                death.play(id, params, answer);
            });
            calls.set(0);
            assertThat(scene.runFails(server.url(), "echo").explanation())
                    .containsAnyOf("broke off", "ended its answer");
            assertThat(calls)
                    .as("it may have been done, so it is not done again")
                    .hasValue(1);
        }
        server.honest("tools/call");
        assertThat(scene.run(server.url(), "echo").content().text()).isEqualTo("echoed");
    }

    /** What it was asked may have been done: that it can't be reached any more is not what the model has to know. */
    @Test
    void aServerThatDiesForGoodInMidCallIsSaidToHave() throws ToolFailed {
        scene.list(server.url());
        server.trick("tools/call", (_, _, answer) -> {
            OutputStream out = answer.events(Map.of());
            out.write("id: 7\nretry: 1\ndata: \n\n".getBytes(UTF_8));
            out.flush();
            server.close();
        });

        assertThat(scene.runFails(server.url(), "echo").explanation())
                .endsWith("it ended its answer before it had given it");
    }

    @Test
    void aServerOfBeforeThatDiesInMidCallIsSaidToHave() throws ToolFailed {
        server.older();
        server.trick("tools/call", (_, _, answer) -> {
            answer.send(202, "text/plain", "Accepted");
            server.hangUpOnListeners();
        });

        assertThat(scene.runFails(server.sseUrl(), "echo").explanation())
                .containsAnyOf("ended the connection", "broke off");

        server.honest("tools/call");
        assertThat(scene.run(server.sseUrl(), "echo").content().text()).isEqualTo("echoed");
    }

    @Test
    void anAnswerThatIsCutOffIsGoneOnWithWhereTheServerCan() throws ToolFailed {
        server.trick("tools/call", (_, _, answer) -> {
            OutputStream out = answer.events(Map.of());
            out.write("id: 7\ndata: \n\n".getBytes(UTF_8));
            out.close();
        });
        try (ScriptedServer resuming = new ScriptedServer((request, answer) -> {
            boolean resumes = request.method().equals("GET")
                    && !request.header("last-event-id").isEmpty();
            if (request.method().equals("GET") && !resumes) {
                answer.send(405, "text/plain", "");
            } else if (resumes) {
                OutputStream out = answer.events(Map.of());
                ScriptedMcp.event(out, ScriptedMcp.answered(request.header("last-event-id"), "{\"content\":[]}"));
                out.close();
            } else {
                String id = request.body().replaceAll(".*\"id\":(\"[^\"]*\").*", "$1");
                if (request.body().contains("\"initialize\"")) {
                    answer.send(
                            200,
                            "application/json",
                            ScriptedMcp.answered(
                                    id,
                                    "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"x\",\"version\":\"1\"}}"));
                } else if (request.body().contains("\"tools/call\"")) {
                    OutputStream out = answer.events(Map.of());
                    out.write("id: %s\ndata: \n\n".formatted(id).getBytes(UTF_8));
                    out.close();
                } else {
                    answer.send(202, "text/plain", "");
                }
            }
        })) {
            try (McpScene other = McpScene.at(resuming.port())) {
                assertThat(other.run(resuming.url("/mcp"), "echo").content().text())
                        .isEmpty();
            }
        }
        assertThat(scene.runFails(server.url(), "echo").explanation()).contains("ended its answer");
    }
}
