package dev.parley.application.testing;

import dev.parley.application.port.Tools;
import dev.parley.application.port.ToolsContract;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ShellOutput;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolServer;
import dev.parley.domain.turn.Delta;
import java.util.List;
import java.util.Optional;

class ScriptedToolsTest extends ToolsContract {

    @Override
    protected Tools tools() {
        return new ScriptedTools()
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
                .shell((_, _) -> new Tools.Output(
                        new ShellOutput(
                                        List.of(new ShellOutput.Ran("a.txt\n", "", new ShellOutput.Outcome.Exited(0))),
                                        Optional.of(100L))
                                .content(),
                        Optional.empty()))
                .brokenServer("down", "it is down");
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

    @Override
    protected Optional<Tools.HostedCall> shell() {
        HostedTool declared = new HostedTool(
                HostedKind.SHELL,
                "shell",
                "tools[0]",
                new JsonText("{\"environment\":{\"type\":\"container_reference\",\"container_id\":\"cntr_7\"}}"));
        return Optional.of(new Tools.HostedCall(
                new Tools.Access(declared, Optional.empty()),
                new CallForm.Hosted(HostedKind.SHELL, Optional.empty(), Shell.NAME, Optional.of("cntr_7")),
                new ToolCall("call_5", Shell.NAME, new ToolArguments.Json("{\"commands\":[\"ls\"]}"))));
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
