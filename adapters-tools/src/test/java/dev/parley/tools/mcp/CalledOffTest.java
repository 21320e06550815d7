package dev.parley.tools.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.tools.testing.ScriptedMcp;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not want to know any more does not wait, and the server is told. */
class CalledOffTest {

    private final ScriptedMcp server = new ScriptedMcp();
    private final McpScene scene = McpScene.at(server.port());

    @AfterEach
    void stop() {
        scene.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallEndsAndTheServerIsTold(boolean older) throws Exception {
        if (older) {
            server.older();
        }
        String url = older ? server.sseUrl() : server.url();
        scene.list(url);
        server.trick("tools/call", (_, _, answer) -> {
            if (older) {
                answer.send(202, "text/plain", "");
            } else {
                answer.awaitClosed();
            }
        });
        Cancellation cancellation = new Cancellation();
        CompletableFuture<ToolFailed> told = running(url, cancellation);
        McpScene.await("the call is there", () -> server.count("tools/call") == 1);

        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(told.get(20, TimeUnit.SECONDS).explanation()).contains("called off");
        McpScene.await("the server was told", () -> server.count("notifications/cancelled") == 1);
        assertThat(server.params("notifications/cancelled")
                        .getFirst()
                        .path("requestId")
                        .asString(""))
                .isNotEmpty();
        server.honest("tools/call");
        assertThat(scene.run(url, "echo").content().text()).isEqualTo("echoed");
        assertThat(server.count("initialize"))
                .as("the connection is as good as before")
                .isOne();
    }

    @Test
    void nobodyWaitsToAskAgainForAnAnswerThatWasCutOff() throws Exception {
        scene.list(server.url());
        CompletableFuture<Void> cutOff = new CompletableFuture<>();
        server.trick("tools/call", (_, _, answer) -> {
            OutputStream out = answer.events(Map.of());
            out.write("id: 7\nretry: 600000\ndata: \n\n".getBytes(UTF_8));
            out.close();
            cutOff.complete(null);
        });
        Cancellation cancellation = new Cancellation();
        CompletableFuture<ToolFailed> told = running(server.url(), cancellation);
        cutOff.get(20, TimeUnit.SECONDS);

        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(told.get(20, TimeUnit.SECONDS).explanation()).contains("called off");
        assertThat(server.server().requests())
                .allSatisfy(
                        request -> assertThat(request.header("last-event-id")).isEmpty());
    }

    @Test
    void whoeverLeavesWhileOthersWaitToBeConnectedLeavesThemWaiting() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        server.trick("initialize", (id, _, answer) -> {
            go.join();
            answer.send(
                    200,
                    "application/json",
                    ScriptedMcp.answered(
                            id,
                            "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"serverInfo\":{\"name\":\"x\",\"version\":\"1\"}}"));
        });
        Cancellation cancellation = new Cancellation();
        CompletableFuture<ToolFailed> leaving = running(server.url(), cancellation);
        CompletableFuture<Integer> staying = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                staying.complete(scene.list(server.url()).size());
            } catch (ToolFailed failed) {
                staying.completeExceptionally(failed);
            }
        });
        McpScene.await("the server is asked", () -> server.count("initialize") == 1);

        cancellation.request(Cancellation.Reason.SHUTDOWN);
        assertThat(leaving.get(20, TimeUnit.SECONDS).explanation()).contains("called off");
        go.complete(null);

        assertThat(staying.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(server.count("initialize")).isOne();
    }

    private CompletableFuture<ToolFailed> running(String url, Cancellation cancellation) {
        CompletableFuture<ToolFailed> told = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                scene.groups().run(Owner.SOLE, McpScene.group(url), McpScene.call("echo"), cancellation);
                told.completeExceptionally(new AssertionError("it came back"));
            } catch (ToolFailed failed) {
                told.complete(failed);
            }
        });
        return told;
    }
}
