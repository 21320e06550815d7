package dev.parley.rest.agents;

import dev.parley.application.port.Tools;
import dev.parley.application.port.Tools.Output;
import dev.parley.application.testing.InMemoryToolGroups;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.testing.ScriptedToolGroupProvider;
import dev.parley.application.tool.InvokeTool;
import dev.parley.application.tool.KnownGroups;
import dev.parley.application.tool.ReadToolGroups;
import dev.parley.application.tool.RegisterToolGroup;
import dev.parley.application.tool.ServerTools;
import dev.parley.application.tool.UnregisterToolGroup;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.Source;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Gives the controllers of tools use-cases over a provider that does as it is told. */
@Factory
@Requires(property = "test.scripted-application", value = "true")
final class ScriptedTooling {

    private static final RegisteredToolGroup DECLARED = new RegisteredToolGroup(
            "declared",
            "model-context-protocol",
            Optional.of("http://user:secret@x"),
            Optional.of(new JsonText("{\"key\":\"secret\"}")));

    private final InMemoryToolGroups stored = new InMemoryToolGroups();
    private final ScriptedToolGroupProvider provider = new ScriptedToolGroupProvider("model-context-protocol")
            .builtIn("builtin::websearch")
            .tool("builtin::websearch", "web_search", "found")
            .tool("declared", "look", "seen")
            .tool(
                    "mcp::a/lab",
                    ScriptedToolGroupProvider.listed("weigh it", """
                        {"type":"object","required":["what"],"properties":{"what":{"type":"string","description":"A thing"},
                        "times":{"type":"integer","default":1},"exact":{"type":["null","number"]},"wet":{"type":"boolean"},
                        "tags":{"type":"array","items":{"type":"string"}},"rest":{"type":"array"},"more":{"type":"object"},"any":{}}}
                        """),
                    (call, _) -> new Output(
                            Content.of("140 g of " + call.arguments().text()),
                            Optional.of(new JsonText("{\"exact\": 1.10}"))))
            .tool(
                    "mcp::a/lab",
                    "cite",
                    (_, _) -> new Output(
                            Content.of("Look:"),
                            Optional.empty(),
                            List.of(new Source.Page("http://x", "X", "An apple."))))
            .tool("mcp::a/lab", "fail", (_, _) -> {
                throw new Tools.ToolFailed("the scale is broken");
            });
    private final KnownGroups groups =
            new KnownGroups(stored, List.of(DECLARED), List.of(provider), ScriptedApplication.LIMITS);

    @Singleton
    ScriptedToolGroupProvider provider() {
        return provider;
    }

    @Singleton
    ReadToolGroups readToolGroups() {
        return new ReadToolGroups(groups);
    }

    @Singleton
    RegisterToolGroup registerToolGroup() {
        return new RegisterToolGroup(groups, new ReadToolGroups(groups), stored);
    }

    @Singleton
    UnregisterToolGroup unregisterToolGroup() {
        return new UnregisterToolGroup(groups, stored);
    }

    @Singleton
    InvokeTool invokeTool() {
        return new InvokeTool(new ReadToolGroups(groups), new ServerTools(groups, List.of()));
    }
}
