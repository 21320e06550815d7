package dev.parley.bootstrap;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.Shields;
import dev.parley.application.port.ToolGroupProvider;
import dev.parley.application.port.Tools;
import dev.parley.application.testing.ScriptedHostedTools;
import dev.parley.application.testing.ScriptedShields;
import dev.parley.application.testing.ScriptedToolGroupProvider;
import dev.parley.application.testing.ScriptedTools;
import dev.parley.application.tool.KnownGroups;
import dev.parley.application.tool.LimitedTools;
import dev.parley.application.tool.ServerTools;
import dev.parley.application.tool.ToolLimits;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ShellOutput;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Violation;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Providers of tools, and shields, in the place of those of the product. */
@Factory
@Requires(property = StandIns.WANTED)
public final class StandIns {

    /** The setting that a server has them by. */
    public static final String WANTED = "golden.stand-ins";

    /** The setting that a server keeps its own shields by nevertheless. */
    public static final String OWN_SHIELDS = "golden.own-shields";

    /** The settings that declare the groups of tools. */
    static final Map<String, String> GROUPS = Map.of(
            "parley.tools.groups.lab.provider", "scripted",
            "parley.tools.groups.ruins.provider", "scripted",
            "parley.tools.groups.queue.provider", "scripted",
            "parley.tools.groups.shop.provider", "scripted");

    private static final Source[] PAGES = {
        new Source.Page("https://example.org/1", "One", "The pulse is 60."),
        new Source.Page("https://example.org/2", "Two", "The pulse is 70.")
    };
    private static final Source[] FILES = {
        new Source.File("file_1", "apples.txt", "An apple has 140 g."),
        new Source.File("file_2", "pears.txt", "A pear has 150 g.")
    };

    /** The product's own tools, but that nobody but these runs those that clients declare by their types. */
    @Singleton
    @Replaces(Tools.class)
    Tools tools(KnownGroups groups, ToolLimits limits) {
        HostedToolProvider hosted =
                new ScriptedHostedTools(EnumSet.allOf(HostedKind.class), hosted(new ScriptedTools()));
        return new LimitedTools(new ServerTools(groups, List.of(hosted)), limits);
    }

    /** The groups that the {@link #GROUPS} declare. */
    @Singleton
    ToolGroupProvider groups() {
        return new ScriptedToolGroupProvider("scripted")
                .builtIn("builtin::websearch")
                .tool(
                        "builtin::websearch",
                        ScriptedToolGroupProvider.listed("web_search", """
                            {"type":"object","properties":{"query":{"type":"string","description":"What to look for"}},\
                            "required":["query"]}\
                            """),
                        (call, _) -> new Tools.Output(
                                Content.of("Found: " + call.arguments().text()), Optional.empty()))
                .tool(
                        "lab",
                        ScriptedToolGroupProvider.listed("weigh", """
                            {"type":"object","properties":{"what":{"type":"string","description":"What is weighed"},\
                            "times":{"type":"number","default":1.0},"tags":{"type":"array","items":{"type":"integer"}}},\
                            "required":["what"]}\
                            """),
                        (call, _) -> new Tools.Output(
                                Content.of("Weighed %s: 140 g"
                                        .formatted(call.arguments().text())),
                                Optional.of(new JsonText("{\"scale\": 2, \"exact\":1.10}"))))
                .tool("lab", "count", "Counted: 3")
                .tool(
                        "cellar/left",
                        "fetch",
                        (call, _) -> new Tools.Output(
                                Content.of("Fetched " + call.arguments().text()), Optional.empty()))
                .tool("shop", "weigh", "3 kg")
                .tool("ruins", "throws", (_, _) -> {
                    throw new IllegalStateException("a secret of the server");
                })
                .tool("ruins", "gives_up", (_, _) -> {
                    throw new Tools.ToolFailed("the drawer is stuck");
                })
                .tool("ruins", "says_nothing", "")
                .tool("queue", "wait", (_, cancellation) -> {
                    cancellation.await(Duration.ofSeconds(30));
                    throw new Tools.ToolFailed("nobody waits for it any more");
                });
    }

    /** What clients of the Responses API declare by its type, and servers of tools by their labels. */
    private static ScriptedTools hosted(ScriptedTools tools) {
        return tools.tool("web_search", "search", "", new JsonText("""
            {"sources":[{"type":"url","url":"https://example.org/1"},{"type":"url","url":"https://example.org/2"}]}\
            """), PAGES)
                .tool("file_search", "search_files", "", new JsonText("""
                    {"results":[{"file_id":"file_1","filename":"apples.txt","score":0.5,"text":"An apple has 140 g.",\
                    "attributes":{"shelf":2}},{"file_id":"file_2","filename":"pears.txt","score":0.25,"text":"A pear has 150 g."}]}\
                    """), FILES)
                .tool(
                        "code_interpreter",
                        "run",
                        "4",
                        new JsonText("""
                            {"outputs":[{"type":"logs","logs":"4\\n"}]}\
                            """),
                        new Source.ContainerFile(ScriptedTools.CONTAINER, "cfile_1", "sum.csv", ""))
                .shell(StandIns::run)
                .tool("ruins", "throws", (_, _) -> {
                    throw new IllegalStateException("a secret of the server");
                })
                .tool("ruins", "gives_up", (_, _) -> {
                    throw new Tools.ToolFailed("the drawer is stuck");
                })
                .tool("ruins", "says_nothing", "")
                .tool("shelf", "find", "On the left")
                .tool("shelf", "read_label", "Apples")
                .tool("shelf", "erase", "Erased")
                .tool("moon", "look", (_, _) -> {
                    throw new Tools.ToolFailed("the moon is out", new JsonText("""
                        {"error":{"type":"http_error","code":503,"message":"The moon is out"}}\
                        """));
                })
                .brokenServer("down", "it is down");
    }

    /** Knows what {@code ls} comes to, that {@code cat} finds nothing, and that {@code sleep} takes too long. */
    private static Tools.Output run(ToolCall call, Cancellation cancellation) throws Tools.ToolFailed {
        String commands = call.arguments().text();
        if (commands.contains("reboot")) {
            throw new Tools.ToolFailed("the container is gone");
        }
        List<ShellOutput.Ran> ran = new ArrayList<>();
        if (commands.contains("ls")) {
            ran.add(new ShellOutput.Ran("a.txt\n", "", new ShellOutput.Outcome.Exited(0)));
        }
        if (commands.contains("cat")) {
            ran.add(new ShellOutput.Ran("", "No such file\n", new ShellOutput.Outcome.Exited(1)));
        }
        if (commands.contains("sleep")) {
            ran.add(new ShellOutput.Ran("1\n2\n", "", new ShellOutput.Outcome.TimedOut()));
        }
        return new Tools.Output(new ShellOutput(ran, Optional.of(4096L)).content(), Optional.empty());
    }

    @Singleton
    @Replaces(Shields.class)
    @Requires(missingProperty = OWN_SHIELDS)
    Shields shields() {
        return new ScriptedShields()
                .objectsTo("guard", "forbidden", Violation.Level.ERROR)
                .objectsTo("prude", "daring", Violation.Level.WARN)
                .shield(
                        "mute",
                        text -> Optional.of(
                                        new Violation(Violation.Level.ERROR, Optional.empty(), JsonText.EMPTY_OBJECT))
                                .filter(_ -> text.contains("forbidden")))
                .fails("torn");
    }
}
