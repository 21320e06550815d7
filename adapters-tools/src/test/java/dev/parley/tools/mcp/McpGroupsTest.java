package dev.parley.tools.mcp;

import dev.parley.application.port.ToolGroupProvider;
import dev.parley.application.port.ToolGroupProviderContract;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.ToolCall;
import dev.parley.tools.testing.ScriptedMcp;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class McpGroupsTest extends ToolGroupProviderContract {

    private final ScriptedMcp server = new ScriptedMcp();
    private final McpScene scene = McpScene.at(server.port());

    @AfterEach
    void stop() {
        scene.close();
        server.close();
    }

    @Override
    protected ToolGroupProvider provider() {
        return scene.groups();
    }

    @Override
    protected RegisteredToolGroup group() {
        return McpScene.group(server.url()).group();
    }

    @Override
    protected Optional<RegisteredToolGroup> brokenGroup() {
        return Optional.of(
                new RegisteredToolGroup("mcp::broken", "model-context-protocol", Optional.empty(), Optional.empty()));
    }

    @Override
    protected ToolCall working() {
        return McpScene.call("echo");
    }

    @Override
    protected ToolCall failing() {
        return McpScene.call("fail");
    }
}
