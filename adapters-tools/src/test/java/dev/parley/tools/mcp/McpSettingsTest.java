package dev.parley.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.ToolGroupProvider;
import dev.parley.tools.mcp.McpServerSettings.Transport;
import dev.parley.tools.outgoing.Outgoing;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key below {@code parley.mcp}, and its default. */
class McpSettingsTest {

    @Test
    void defaults() {
        try (ApplicationContext context = ApplicationContext.run(Map.of())) {
            assertThat(context.getBean(McpSettings.class))
                    .isEqualTo(new McpSettings(
                            Duration.ofSeconds(10),
                            Duration.ofMinutes(2),
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(5),
                            64,
                            16 << 20));
            assertThat(context.getBeansOfType(McpServerSettings.class)).isEmpty();
            assertThat(context.getBeansOfType(ToolGroupProvider.class)).hasAtLeastOneElementOfType(McpGroups.class);
            assertThat(context.getBeansOfType(HostedToolProvider.class)).hasAtLeastOneElementOfType(McpHosted.class);
            assertThat(context.getActiveBeanRegistrations(Outgoing.class))
                    .as("nothing is opened at the start")
                    .isEmpty();
        }
    }

    @Test
    void everyKeyIsTaken() {
        Map<String, Object> keys = new HashMap<>(Map.of(
                "parley.mcp.connect-timeout", "1s",
                "parley.mcp.call-timeout", "2s",
                "parley.mcp.list-ttl", "0s",
                "parley.mcp.idle-timeout", "4s",
                "parley.mcp.max-connections", "5",
                "parley.mcp.max-message-size", "6KB"));
        keys.put("parley.mcp.servers.web.url", "https://mcp.example.com/mcp");
        keys.put("parley.mcp.servers.web.transport", "streamable-http");
        keys.put("parley.mcp.servers.web.headers.X-Api-Key", "secret");
        keys.put("parley.mcp.servers.my-files.command", "npx");
        keys.put("parley.mcp.servers.my-files.args", List.of("-y", "@scope/server, really"));
        keys.put("parley.mcp.servers.my-files.env.GITHUB_TOKEN", "secret");
        try (ApplicationContext context = ApplicationContext.builder()
                .propertySources(PropertySource.of("test", keys))
                .start()) {
            assertThat(context.getBean(McpSettings.class))
                    .isEqualTo(new McpSettings(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2),
                            Duration.ZERO,
                            Duration.ofSeconds(4),
                            5,
                            6 << 10));
            assertThat(context.getBeansOfType(McpServerSettings.class))
                    .containsExactlyInAnyOrder(
                            new McpServerSettings(
                                    "web",
                                    Optional.of("https://mcp.example.com/mcp"),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Map.of(),
                                    Transport.STREAMABLE_HTTP,
                                    Map.of("X-Api-Key", "secret")),
                            new McpServerSettings(
                                    "my-files",
                                    Optional.empty(),
                                    Optional.of("npx"),
                                    Optional.of(List.of("-y", "@scope/server, really")),
                                    Map.of("GITHUB_TOKEN", "secret"),
                                    Transport.AUTO,
                                    Map.of()))
                    .allSatisfy(server -> assertThat(server.toString()).doesNotContain("secret"));
            assertThat(context.getBean(Servers.class).configured("my-files")).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "parley.mcp.connect-timeout, 0s, connect-timeout",
        "parley.mcp.call-timeout, 0s, call-timeout",
        "parley.mcp.list-ttl, -1s, list-ttl",
        "parley.mcp.idle-timeout, 0s, idle-timeout",
        "parley.mcp.max-connections, 0, max-connections",
        "parley.mcp.max-message-size, 1, max-message-size",
        "parley.mcp.servers.x.url, ftp://secret/, parley.mcp.servers.x.url",
        "parley.mcp.servers.x.args, y, parley.mcp.servers.x",
        "parley.mcp.servers.x.transport, pigeons, transport"
    })
    void aMistakeStopsTheStartAndNamesItsKey(String key, String value, String named) {
        assertThatThrownBy(() -> ApplicationContext.run(Map.of(key, value)).close())
                .hasStackTraceContaining(named)
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatDoesNotFitTogetherStopsTheStart() {
        for (Map<String, Object> keys : List.<Map<String, Object>>of(
                Map.of("parley.mcp.servers.x.url", "http://a/", "parley.mcp.servers.x.command", "b"),
                Map.of("parley.mcp.servers.x.command", "b", "parley.mcp.servers.x.transport", "sse"),
                Map.of("parley.mcp.servers.x.command", "b", "parley.mcp.servers.x.headers.A", "secret"),
                Map.of("parley.mcp.servers.x.url", "http://a/", "parley.mcp.servers.x.env.A", "secret"),
                Map.of("parley.mcp.servers.x.url", "http://a/", "parley.mcp.servers.x.headers.Host", "secret"))) {
            assertThatThrownBy(() -> ApplicationContext.run(keys).close())
                    .hasStackTraceContaining("parley.mcp.servers.x")
                    .hasMessageNotContaining("secret");
        }
    }
}
