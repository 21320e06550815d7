package dev.parley.application.testing;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.turn.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Server tools that do what they were told to do. */
public final class ScriptedTools implements Tools {

    /** What a tool does with a call. */
    @FunctionalInterface
    public interface Doing {
        Output run(ToolCall call, Cancellation cancellation) throws ToolFailed;
    }

    private final Map<String, List<String>> groups = new LinkedHashMap<>();
    private final Map<String, Doing> doings = new LinkedHashMap<>();
    private final List<ToolCall> calls = new CopyOnWriteArrayList<>();

    /** Has a group offer a tool; all is said before the tools are used. */
    public ScriptedTools tool(String group, String name, Doing doing) {
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(name);
        doings.put(name, doing);
        return this;
    }

    /** Has a group offer a tool that always gives the same text. */
    public ScriptedTools tool(String group, String name, String result) {
        return tool(group, name, (_, _) -> new Output(Content.of(result), Optional.empty()));
    }

    /** The calls that were run so far, in the order in which they began. */
    public List<ToolCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public List<OfferedTool> offered(Owner owner, List<ToolGroup> wanted) {
        List<OfferedTool> offered = new ArrayList<>();
        for (ToolGroup group : wanted) {
            String[] path = group.name().split("/", 2);
            List<String> names = groups.getOrDefault(path[0], List.of()).stream()
                    .filter(name -> path.length == 1 || name.equals(path[1]))
                    .toList();
            if (names.isEmpty()) {
                throw Refusal.invalid(
                        "toolgroups",
                        "There is no tool group '%s'; the groups are %s".formatted(group.name(), groups.keySet()));
            }
            names.forEach(name -> offered.add(new OfferedTool(AgentFixture.tool(name), ToolSide.SERVER)));
        }
        return offered;
    }

    /** The tools of the group that has the name of the type. */
    @Override
    public List<OfferedTool> hosted(Owner owner, List<HostedTool> wanted) {
        return wanted.stream()
                .flatMap(tool -> groups.getOrDefault(tool.type(), List.of()).stream()
                        .map(name -> new OfferedTool(
                                AgentFixture.tool(name),
                                ToolSide.SERVER,
                                new CallForm.Hosted(tool.kind(), Optional.empty(), name))))
                .toList();
    }

    @Override
    public Output run(Owner owner, Origin origin, ToolCall call, Cancellation cancellation) throws ToolFailed {
        calls.add(call);
        Doing doing = doings.get(call.toolName());
        if (doing == null) {
            throw new ToolFailed("there is no tool '%s'".formatted(call.toolName()));
        }
        return doing.run(call, cancellation);
    }
}
