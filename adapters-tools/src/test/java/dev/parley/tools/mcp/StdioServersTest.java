package dev.parley.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroupProvider.GroupAccess;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import dev.parley.tools.mcp.McpServerSettings.Transport;
import dev.parley.tools.outgoing.LoopbackWay;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are processes, which only the configuration names. */
class StdioServersTest {

    private static final McpSettings SETTINGS = new McpSettings(
            Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(1), 8, 1 << 20);

    @TempDir
    private Path folder;

    private McpScene scene;

    @BeforeEach
    void start() throws URISyntaxException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh here");
        Path script = Path.of(
                Objects.requireNonNull(getClass().getResource("server.sh")).toURI());
        scene = new McpScene(
                SETTINGS,
                LoopbackWay.refused(),
                settings(
                        "sh",
                        "/bin/sh",
                        script.toString(),
                        "first",
                        folder.resolve("cancelled").toString()),
                settings("missing", "/no/such/command"),
                settings("silent", "/bin/sh", "-c", "sleep 1000"),
                settings("dead", "/bin/sh", "-c", "exit 1"));
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void aProcessIsStartedOnceWithItsOwnEnvironmentAlone() throws ToolFailed {
        assertThat(scene.list("sh")).containsExactly("env", "die");
        String first = scene.run("sh", "env").content().text();
        String second = scene.run("sh", "env").content().text();

        assertThat(first).startsWith("first/Hello//").isEqualTo(second);
    }

    /** It is given none of them, and nobody starts processes by sending keys. */
    @Test
    void aProcessIsStartedOnceWhateverKeysAreSent() throws ToolFailed {
        Set<String> processes = new HashSet<>();
        for (String key : List.of("one", "two")) {
            GroupAccess access = new GroupAccess(
                    McpScene.group("sh").group(),
                    Optional.of(new JsonText("{\"mcp_headers\":{\"sh\":{\"X-Key\":\"%s\"}}}".formatted(key))));
            processes.add(scene.groups()
                    .run(Owner.SOLE, access, McpScene.call("env"), new Cancellation())
                    .content()
                    .text());
        }

        assertThat(processes).hasSize(1);
    }

    @Test
    void aProcessThatEndsInMidCallIsSaidToHaveAndStartedAnew() throws ToolFailed {
        String first = scene.run("sh", "env").content().text();

        assertThat(scene.runFails("sh", "die").explanation()).contains("its process has ended");

        assertThat(scene.run("sh", "env").content().text()).isNotEqualTo(first);
    }

    @Test
    void aLineThatIsTooLongEndsIt() {
        assertThat(scene.runFails("sh", "flood").explanation()).contains("more than the 1048576 bytes");
    }

    @Test
    void whatCantBeStartedOrSaysNothingIsSaidTo() {
        assertThat(scene.listFails("missing").explanation()).contains("command could not be started");
        assertThat(scene.listFails("dead").explanation()).contains("its process has ended");
        McpScene impatient = new McpScene(
                new McpSettings(
                        Duration.ofMillis(500),
                        Duration.ofMillis(500),
                        Duration.ZERO,
                        Duration.ofMinutes(1),
                        8,
                        1 << 20),
                LoopbackWay.refused(),
                settings("silent", "/bin/sh", "-c", "sleep 1000"));
        try (impatient) {
            assertThat(impatient.listFails("silent").explanation()).contains("did not answer within 500 ms");
        }
    }

    @Test
    void whatIsCalledOffIsToldToTheProcess() throws Exception {
        scene.list("sh");
        Cancellation cancellation = new Cancellation();
        CompletableFuture<ToolFailed> told = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                scene.groups().run(Owner.SOLE, McpScene.group("sh"), McpScene.call("never"), cancellation);
            } catch (ToolFailed failed) {
                told.complete(failed);
            }
        });
        McpScene.await("the call is there", () -> Files.exists(folder.resolve("cancelled.seen")));
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(told.get(20, TimeUnit.SECONDS).explanation()).contains("called off");
        McpScene.await("the process was told", () -> Files.exists(folder.resolve("cancelled")));
        assertThat(scene.run("sh", "env").content().text()).startsWith("first/");
    }

    @Test
    void nobodyElseNamesAProcess() {
        assertThat(scene.listFails("/bin/sh").explanation()).contains("no address of an MCP server");
        assertThat(scene.listFails("file:///bin/sh").explanation()).contains("no address of an MCP server");
    }

    private static McpServerSettings settings(String name, String command, String... args) {
        return new McpServerSettings(
                name,
                Optional.empty(),
                Optional.of(command),
                Optional.of(List.of(args)),
                Map.of("GREETING", "Hello"),
                Transport.AUTO,
                Map.of());
    }
}
