package dev.parley.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.HostedToolProviderContract;
import dev.parley.application.port.Tools;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.tools.mcp.McpServerSettings.Transport;
import dev.parley.tools.testing.ScriptedMcp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpHostedTest extends HostedToolProviderContract {

    private final ScriptedMcp server = new ScriptedMcp();
    private final McpScene scene = McpScene.at(
            server.port(),
            new McpServerSettings(
                    "documents",
                    Optional.of(server.url()),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Transport.STREAMABLE_HTTP,
                    Map.of("X-Key", "configured", "authorization", "Bearer configured")));

    @AfterEach
    void stop() {
        scene.close();
        server.close();
    }

    @Override
    protected HostedToolProvider provider() {
        return scene.hosted();
    }

    @Override
    protected Tools.Access declared() {
        return McpScene.declared("server_url", server.url(), Optional.empty());
    }

    @Override
    protected Optional<HostedTool> refused() {
        return Optional.of(McpScene.declared("server_url", "ftp://example.com/", Optional.empty())
                .tool());
    }

    @Override
    protected Tools.HostedCall working() {
        return McpScene.hostedCall(declared(), "echo");
    }

    @Override
    protected Tools.HostedCall failing() {
        return McpScene.hostedCall(declared(), "fail");
    }

    @ParameterizedTest
    @CsvSource({
        "server_url, ftp://example.com/, http://",
        "server_url, http://user:secret@example.com/, user and a password",
        "server_url, http://example.com:6379/, port 6379",
        "server_url, http://0x7f.1/, four numbers",
        "connector_id, connector_gmail, no connector 'connector_gmail'",
        "connector_id, /bin/sh, no connector",
        "tunnel_id, tunnel_1, no tunnels"
    })
    void formsThatCantBeHadAreRefusedByTheirField(String member, String value, String why) {
        HostedTool wanted = McpScene.declared(member, value, Optional.empty()).tool();

        Refusal refusal =
                catchThrowableOfType(Refusal.class, () -> scene.hosted().offered(Owner.SOLE, wanted));

        assertThat(refusal.field()).contains("tools[0]." + member);
        assertThat(refusal.reason()).contains(Refusal.Reason.UNSUPPORTED_VALUE);
        assertThat(refusal.explanation()).contains(why).doesNotContain("secret");
    }

    @Test
    void offeringAsksNobody() {
        scene.hosted().offered(Owner.SOLE, declared().tool());

        assertThat(server.server().requests()).isEmpty();
    }

    @Test
    void keysGoWithEveryRequestAndWithNothingElse() throws ToolFailed {
        Tools.Access access = McpScene.declared(
                "server_url",
                server.url(),
                Optional.of(new JsonText(
                        "{\"authorization\":\"token\",\"headers\":{\"X-Team\":\"blue\",\"X-Number\":7}}")));

        scene.hosted().run(Owner.SOLE, McpScene.hostedCall(access, "echo"), _ -> {}, new Cancellation());

        assertThat(server.server().requests()).hasSize(3).allSatisfy(request -> {
            assertThat(request.header("authorization")).isEqualTo("Bearer token");
            assertThat(request.header("x-team")).isEqualTo("blue");
            assertThat(request.header("x-number")).isEqualTo("7");
            assertThat(request.body()).doesNotContain("token", "blue");
        });
    }

    @Test
    void aConnectorIsAServerOfTheConfigurationWithItsKeys() throws ToolFailed {
        Tools.Access connector = McpScene.declared(
                "connector_id", "documents", Optional.of(new JsonText("{\"authorization\":\"Basic own\"}")));

        List<ListedTool> tools = scene.hosted().list(Owner.SOLE, connector, new Cancellation());

        assertThat(tools).hasSize(2);
        assertThat(server.server().requests().getFirst().header("authorization"))
                .isEqualTo("Basic own");
        assertThat(server.server().requests().getFirst().header("x-key")).isEqualTo("configured");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"headers\":{\"Host\":\"evil\"}}; Host",
                "{\"headers\":{\"Mcp-Session-Id\":\"1\"}}; Mcp-Session-Id",
                "{\"headers\":{\"X\":\"secret\\r\\nY: 1\"}}; X",
                "{\"headers\":{\"X Y\":\"secret\"}}; (not a name)",
                "{\"headers\":{\"X\":{\"secret\":1}}}; X",
                "{\"authorization\":\"secret\\u0001\"}; Authorization"
            })
    void headersThatCantBeSentAreNamedAndNotShown(String keys, String name) {
        Tools.Access access = McpScene.declared("server_url", server.url(), Optional.of(new JsonText(keys)));

        ToolFailed failed = catchThrowableOfType(
                ToolFailed.class, () -> scene.hosted().list(Owner.SOLE, access, new Cancellation()));

        assertThat(failed.explanation()).contains(name).doesNotContain("secret");
        assertThat(server.server().requests()).isEmpty();
    }

    @Test
    void whatAServerSaysOfItsToolsIsKept() throws Exception {
        server.changeTools(
                ScriptedMcp.tool("read", "{\"title\":\"Read\",\"readOnlyHint\":true}"),
                ScriptedMcp.tool("write", "{}"));

        List<ListedTool> tools = scene.hosted().list(Owner.SOLE, declared(), new Cancellation());

        assertThat(tools).extracting(ListedTool::readOnly).containsExactly(true, false);
        assertThat(tools.getFirst())
                .isEqualTo(new ListedTool(
                        "read",
                        Optional.of("What read does"),
                        new JsonText("{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}}}"),
                        Optional.of(new JsonText("{\"title\":\"Read\",\"readOnlyHint\":true}")),
                        true));
    }
}
