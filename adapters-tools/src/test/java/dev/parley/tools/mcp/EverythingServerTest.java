package dev.parley.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.tools.mcp.McpServerSettings.Transport;
import dev.parley.tools.outgoing.LoopbackWay;
import dev.parley.tools.testing.EverythingServer;
import dev.parley.tools.testing.EverythingServer.Calls;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real server of tools, over each of the ways to one. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EverythingServerTest {

    private static final String LONG = "trigger-long-running-operation";

    private static final McpSettings SETTINGS = new McpSettings(
            Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMinutes(1), Duration.ofMinutes(1), 8, 1 << 22);

    @BeforeAll
    static void install() {
        EverythingServer.installOrSkip();
    }

    @Test
    void asAProcess() throws Exception {
        Calls calls = Calls.none();
        Map<String, String> environment = new HashMap<>(calls.environment());
        environment.put("GREETING", "Hello");
        McpServerSettings process = new McpServerSettings(
                "everything",
                Optional.empty(),
                Optional.of("node"),
                Optional.of(EverythingServer.arguments()),
                environment,
                Transport.AUTO,
                Map.of());
        try (McpScene scene = new McpScene(SETTINGS, LoopbackWay.refused(), process)) {
            use(scene, "everything", calls);
            assertThat(text(scene, "everything", "get-env", "{}"))
                    .contains("GREETING", "PATH")
                    .doesNotContain("JAVA_HOME");
        }
    }

    @Test
    void overStreamableHttp() throws Exception {
        try (EverythingServer server = EverythingServer.start("streamableHttp");
                McpScene scene = new McpScene(SETTINGS, LoopbackWay.allowed(server.port()))) {
            use(scene, server.url("/mcp"), server.calls());
        }
    }

    @Test
    void overTheStreamOfEventsOfBefore() throws Exception {
        try (EverythingServer server = EverythingServer.start("sse");
                McpScene scene = new McpScene(SETTINGS, LoopbackWay.allowed(server.port()))) {
            use(scene, server.url("/sse"), server.calls());
        }
    }

    private static void use(McpScene scene, String endpoint, Calls calls) throws Exception {
        assertThat(scene.list(endpoint)).contains("echo", "get-sum", "get-tiny-image", LONG);
        assertThat(text(scene, endpoint, "echo", "{\"message\":\"Grüße\"}")).isEqualTo("Echo: Grüße");
        assertThat(text(scene, endpoint, "get-sum", "{\"a\":2,\"b\":40}")).contains("42");

        Tools.Output image = run(scene, endpoint, "get-tiny-image", "{}");
        assertThat(image.content().parts()).hasAtLeastOneElementOfType(Part.Image.class);
        assertThat(image.content().text()).isNotBlank();

        Tools.Output weather = run(scene, endpoint, "get-structured-content", "{\"location\":\"Chicago\"}");
        assertThat(weather.metadata().map(JsonText::text))
                .hasValueSatisfying(text -> assertThat(text).startsWith("{\"structured_content\":{"));

        ToolFailed wrong =
                catchThrowableOfType(ToolFailed.class, () -> run(scene, endpoint, "get-sum", "{\"a\":\"x\"}"));
        assertThat(wrong.explanation()).isNotBlank();
        assertThat(wrong.metadata()).isPresent();

        isCalledOff(scene, endpoint, calls);
        assertThat(text(scene, endpoint, "echo", "{\"message\":\"again\"}")).isEqualTo("Echo: again");
        assertThat(scene.pool().size()).as("all over one connection").isOne();
    }

    private static void isCalledOff(McpScene scene, String endpoint, Calls calls) throws Exception {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<String> told = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                scene.groups()
                        .run(
                                Owner.SOLE,
                                McpScene.group(endpoint),
                                call(LONG, "{\"duration\":50,\"steps\":500}"),
                                cancellation);
                told.complete("it came back");
            } catch (ToolFailed failed) {
                told.complete(failed.explanation());
            }
        });
        calls.await(LONG, 1);
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(told.get(30, TimeUnit.SECONDS)).contains("called off");
    }

    private static String text(McpScene scene, String endpoint, String tool, String arguments) throws ToolFailed {
        return run(scene, endpoint, tool, arguments).content().text();
    }

    private static Tools.Output run(McpScene scene, String endpoint, String tool, String arguments) throws ToolFailed {
        return scene.groups().run(Owner.SOLE, McpScene.group(endpoint), call(tool, arguments), new Cancellation());
    }

    private static ToolCall call(String tool, String arguments) {
        return new ToolCall("call_1", tool, new ToolArguments.Json(arguments));
    }
}
