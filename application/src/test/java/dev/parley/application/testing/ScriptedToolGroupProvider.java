package dev.parley.application.testing;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroupProvider;
import dev.parley.application.port.Tools.Output;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Groups whose tools do what they were told to do. A group that was told of no tools can't say which it has. */
public final class ScriptedToolGroupProvider implements ToolGroupProvider {

    /** What a tool does with a call. */
    @FunctionalInterface
    public interface Doing {
        Output run(ToolCall call, Cancellation cancellation) throws ToolFailed;
    }

    private final String id;
    private final Map<String, List<ListedTool>> tools = new LinkedHashMap<>();
    private final Map<String, Doing> doings = new LinkedHashMap<>();
    private final List<ToolCall> calls = new CopyOnWriteArrayList<>();
    private final List<GroupAccess> accesses = new CopyOnWriteArrayList<>();
    private volatile Consumer<String> beforeListing = _ -> {};
    private Optional<RegisteredToolGroup> builtIn = Optional.empty();

    public ScriptedToolGroupProvider(String id) {
        this.id = id;
    }

    /** Has a group offer a tool; all is said before the tools are used. */
    public ScriptedToolGroupProvider tool(String group, ListedTool tool, Doing doing) {
        tools.computeIfAbsent(group, _ -> new ArrayList<>()).add(tool);
        doings.put(group + "/" + tool.name(), doing);
        return this;
    }

    /** Has a group offer a tool that takes any arguments. */
    public ScriptedToolGroupProvider tool(String group, String name, Doing doing) {
        return tool(group, listed(name, "{\"type\":\"object\",\"properties\":{}}"), doing);
    }

    /** Has a group offer a tool that always gives the same text. */
    public ScriptedToolGroupProvider tool(String group, String name, String result) {
        return tool(group, name, (_, _) -> new Output(Content.of(result), Optional.empty()));
    }

    /** Has something done with the id of a group before it says which tools it has. */
    public ScriptedToolGroupProvider beforeListing(Consumer<String> doing) {
        beforeListing = doing;
        return this;
    }

    /** Has there be a group without that anybody registers it. */
    public ScriptedToolGroupProvider builtIn(String group) {
        builtIn = Optional.of(RegisteredToolGroup.builtIn(group, id));
        return this;
    }

    /** A tool with a schema of its arguments. */
    public static ListedTool listed(String name, String schema) {
        return new ListedTool(
                name, Optional.of("What " + name + " does"), new JsonText(schema), Optional.empty(), false);
    }

    /** The calls that were run so far, as the provider was given them. */
    public List<ToolCall> calls() {
        return List.copyOf(calls);
    }

    /** With what groups were listed and calls run. */
    public List<GroupAccess> accesses() {
        return List.copyOf(accesses);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Optional<RegisteredToolGroup> builtIn() {
        return builtIn;
    }

    @Override
    public List<ListedTool> list(Owner owner, GroupAccess group, Cancellation cancellation) throws ToolFailed {
        accesses.add(group);
        beforeListing.accept(group.group().id());
        List<ListedTool> known = tools.get(group.group().id());
        if (known == null) {
            throw new ToolFailed("it does not answer");
        }
        return List.copyOf(known);
    }

    @Override
    public Output run(Owner owner, GroupAccess group, ToolCall call, Cancellation cancellation) throws ToolFailed {
        accesses.add(group);
        calls.add(call);
        Doing doing = doings.get(group.group().id() + "/" + call.toolName());
        if (doing == null) {
            throw new ToolFailed("there is no tool '%s'".formatted(call.toolName()));
        }
        return doing.run(call, cancellation);
    }
}
