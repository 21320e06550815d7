package dev.parley.application.tool;

import static dev.parley.application.testing.ScriptedApplication.LIMITS;

import dev.parley.application.port.Tools;
import dev.parley.application.port.ToolsContract;
import dev.parley.application.testing.InMemoryToolGroups;
import dev.parley.application.testing.ScriptedHostedTools;
import dev.parley.application.testing.ScriptedToolGroupProvider;
import dev.parley.application.testing.ScriptedTools;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolServer;
import dev.parley.domain.turn.Delta;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The real tools within their limits, over providers that do as they were told. */
class LimitedServerToolsTest extends ToolsContract {

    @Override
    protected Tools tools() {
        ScriptedToolGroupProvider provider = new ScriptedToolGroupProvider("scripted")
                .builtIn("weather")
                .tool("weather", "forecast", "Rain")
                .tool("weather", "alarm", (_, _) -> {
                    throw new Tools.ToolFailed("the alarm is off");
                });
        ScriptedTools hosted = new ScriptedTools()
                .tool("weather", "forecast", "Rain")
                .tool("weather", "alarm", (_, _) -> {
                    throw new Tools.ToolFailed("the alarm is off");
                })
                .drawing(
                        "image_generation",
                        "draw",
                        "A heart was drawn.",
                        new JsonText("{\"result\":\"YWJj\"}"),
                        new Delta.PartialImage("YQ==", JsonText.EMPTY_OBJECT))
                .brokenServer("down", "it is down");
        KnownGroups groups = new KnownGroups(new InMemoryToolGroups(), List.of(), List.of(provider), LIMITS);
        return new LimitedTools(
                new ServerTools(
                        groups,
                        List.of(new ScriptedHostedTools(Set.of(HostedKind.MCP, HostedKind.IMAGE_GENERATION), hosted))),
                LIMITS);
    }

    @Override
    protected String group() {
        return "weather";
    }

    @Override
    protected ToolCall working() {
        return new ToolCall("call_1", "forecast", new ToolArguments.Json("{}"));
    }

    @Override
    protected ToolCall failing() {
        return new ToolCall("call_2", "alarm", new ToolArguments.Json("{}"));
    }

    @Override
    protected Tools.Access server() {
        return access("weather");
    }

    @Override
    protected Tools.Access brokenServer() {
        return access("down");
    }

    @Override
    protected Tools.HostedCall workingHosted() {
        return hosted("forecast");
    }

    @Override
    protected Tools.HostedCall failingHosted() {
        return hosted("alarm");
    }

    @Override
    protected Optional<Tools.HostedCall> drawing() {
        HostedTool declared =
                new HostedTool(HostedKind.IMAGE_GENERATION, "image_generation", "tools[0]", JsonText.EMPTY_OBJECT);
        return Optional.of(new Tools.HostedCall(
                new Tools.Access(declared, Optional.empty()),
                new CallForm.Hosted(HostedKind.IMAGE_GENERATION, Optional.empty(), "draw"),
                new ToolCall("call_4", "draw", new ToolArguments.Json("{}"))));
    }

    private static Tools.HostedCall hosted(String name) {
        return new Tools.HostedCall(
                access("weather"),
                new CallForm.Hosted(HostedKind.MCP, Optional.of("weather"), name),
                new ToolCall("call_3", "weather__" + name, new ToolArguments.Json("{}")));
    }

    private static Tools.Access access(String label) {
        return new Tools.Access(
                new HostedTool(
                        HostedKind.MCP,
                        "mcp",
                        "tools[0]",
                        JsonText.EMPTY_OBJECT,
                        Optional.of(new ToolServer(label, Optional.empty(), new Approval.Never(), Optional.empty()))),
                Optional.empty());
    }
}
