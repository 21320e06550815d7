package dev.parley.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroupProvider.GroupAccess;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import dev.parley.tools.outgoing.LoopbackWay;
import dev.parley.tools.testing.ScriptedMcp;
import dev.parley.tools.testing.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A turn connects to no server that is connected, and lists nothing that is known. */
class PooledConnectionsTest {

    private final ScriptedMcp server = new ScriptedMcp();
    private McpScene scene = McpScene.at(server.port());

    @AfterEach
    void stop() {
        scene.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyCallsUseOneConnectionAndOneList(boolean inEvents) throws ToolFailed {
        if (inEvents) {
            server.answeringInEvents();
        }
        for (int turn = 0; turn < 3; turn++) {
            assertThat(scene.list(server.url())).containsExactly("echo", "fail");
            assertThat(scene.run(server.url(), "echo").content().text()).isEqualTo("echoed");
        }

        assertThat(server.count("initialize")).isOne();
        assertThat(server.count("notifications/initialized")).isOne();
        assertThat(server.count("tools/list")).isOne();
        assertThat(server.count("tools/call")).isEqualTo(3);
        assertThat(server.params("tools/call").getFirst().path("arguments").toString())
                .isEqualTo("{\"text\":\"Hi\"}");
    }

    @Test
    void aServerOfBeforeIsSpokenToInItsWay() throws ToolFailed {
        server.older();
        scene.close();
        scene = McpScene.at(server.port());
        String url = server.sseUrl();

        assertThat(scene.list(url)).containsExactly("echo", "fail");
        assertThat(scene.run(url, "echo").content().text()).isEqualTo("echoed");
        assertThat(scene.runFails(url, "fail").explanation()).isEqualTo("no such page");
        assertThat(server.count("initialize")).isOne();
        assertThat(server.olderListeners()).isOne();
    }

    @Test
    void aListHoldsUntilTheServerTellsOfAChange() throws Exception {
        server.tellingOfChanges();
        impatient(new McpSettings(
                Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(1), 8, 1 << 20));
        scene.list(server.url());
        McpScene.await("it is listened to", () -> server.listeners() == 1);
        long before = settled();

        assertThat(scene.list(server.url())).containsExactly("echo", "fail");
        assertThat(server.count("tools/list")).isEqualTo(before);

        server.changeTools(ScriptedMcp.tool("other", "{}"));
        McpScene.await("the change is heard", () -> names().equals(List.of("other")));
        assertThat(server.count("tools/list")).isEqualTo(before + 1);
    }

    /** A list from before anybody listened does not count for ever: the next one does. */
    private long settled() throws ToolFailed {
        McpScene.await("a list is known for good", () -> {
            long one = server.count("tools/list");
            names();
            return server.count("tools/list") == one;
        });
        return server.count("tools/list");
    }

    private List<String> names() {
        try {
            return scene.list(server.url());
        } catch (ToolFailed failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void withoutNoticesAListHoldsForATime() throws ToolFailed {
        impatient(new McpSettings(
                Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(1), 8, 1 << 20));

        scene.list(server.url());
        scene.list(server.url());

        assertThat(server.count("tools/list")).isEqualTo(2);
        assertThat(server.count("initialize")).isOne();
    }

    @Test
    void afterMissedNoticesTheListIsAskedForAgain() throws Exception {
        server.tellingOfChanges();
        scene.list(server.url());
        McpScene.await("it is listened to", () -> server.listeners() == 1);
        long before = server.count("tools/list");

        server.hangUpOnListeners();
        McpScene.await(
                "it is listened to again",
                () -> server.server().requests().stream()
                                .filter(request -> request.method().equals("GET"))
                                .count()
                        == 2);

        McpScene.await("the list is asked for again", () -> names().size() == 2 && server.count("tools/list") > before);
    }

    @Test
    void anIdleConnectionIsClosed() throws ToolFailed {
        impatient(new McpSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofMillis(50),
                8,
                1 << 20));
        scene.list(server.url());

        McpScene.await("it is gone", () -> scene.pool().size() == 0);
        McpScene.await(
                "the server was told",
                () -> server.server().requests().stream()
                        .anyMatch(request -> request.method().equals("DELETE")));

        assertThat(scene.list(server.url())).hasSize(2);
        assertThat(server.count("initialize")).isEqualTo(2);
    }

    @Test
    void thereAreOnlySoManyConnections() throws ToolFailed {
        impatient(new McpSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                2,
                1 << 20));

        for (int query = 0; query < 4; query++) {
            scene.list(server.url() + "?" + query);
        }

        assertThat(scene.pool().size()).isEqualTo(2);
    }

    @Test
    void aServerThatHasForgottenUsIsConnectedToAnewAndOnce() throws ToolFailed {
        scene.run(server.url(), "echo");

        server.forgetSessions();
        assertThat(scene.run(server.url(), "echo").content().text()).isEqualTo("echoed");
        assertThat(server.count("initialize")).isEqualTo(2);
        server.server().dropConnections();
        assertThat(scene.list(server.url())).hasSize(2);
    }

    @Test
    void aConnectionOfBeforeThatHasDiedIsMadeAnew() throws Exception {
        server.older();
        scene.run(server.sseUrl(), "echo");

        server.hangUpOnListeners();
        server.server().dropConnections();
        McpScene.await("nobody is connected", () -> server.olderListeners() == 0);

        // a call that is under way when the end is noticed here is not repeated: it may have been done
        McpScene.await("a call is answered", this::echoes);
        assertThat(server.count("initialize")).isEqualTo(2);
    }

    private boolean echoes() {
        try {
            return scene.run(server.sseUrl(), "echo").content().text().equals("echoed");
        } catch (ToolFailed _) {
            return false;
        }
    }

    @Test
    void whoeverIsLetInAsSomebodyElseHasAnotherConnection() throws ToolFailed {
        JsonText one =
                new JsonText("{\"mcp_headers\":{\"%s/\":{\"Authorization\":\"Bearer one\"}}}".formatted(server.url()));
        JsonText two =
                new JsonText("{\"mcp_headers\":{\"%s\":[\"Authorization: Bearer two\"]}}".formatted(server.url()));
        for (JsonText keys : List.of(one, two, one)) {
            scene.groups()
                    .list(
                            Owner.SOLE,
                            new GroupAccess(McpScene.group(server.url()).group(), Optional.of(keys)),
                            new Cancellation());
        }
        scene.groups().list(new Owner("other"), McpScene.group(server.url()), new Cancellation());
        scene.list(server.url());

        assertThat(server.server().requests())
                .filteredOn(request -> request.body().contains("\"initialize\""))
                .extracting(request -> request.header("authorization"))
                .containsExactly("Bearer one", "Bearer two", "", "");
    }

    @Test
    void theProtocolsHeadersAreSent() throws ToolFailed {
        scene.list(server.url());

        ScriptedServer.Request last = server.server().requests().getLast();
        assertThat(last.header("mcp-session-id")).isEqualTo("session-1");
        assertThat(last.header("mcp-protocol-version")).isEqualTo("2025-11-25");
        assertThat(last.header("accept")).contains("application/json", "text/event-stream");
        assertThat(last.header("content-type")).startsWith("application/json");
    }

    private void impatient(McpSettings settings) {
        scene.close();
        scene = new McpScene(settings, LoopbackWay.allowed(server.port()));
    }
}
