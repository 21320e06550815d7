package dev.parley.domain.tool;

import dev.parley.domain.message.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The groups of tools that a turn asks for (agents-api 5.5).
 *
 * @param agents those of its agent
 * @param turns those of the turn's own, which take the place of the agent's when there are any
 */
public record WantedGroups(List<ToolGroup> agents, List<ToolGroup> turns) {

    public static final WantedGroups NONE = new WantedGroups(List.of(), List.of());

    public WantedGroups {
        agents = List.copyOf(agents);
        turns = List.copyOf(turns);
    }

    /** What is offered of them, {@code group} or {@code group/tool}: each name once, in the order in which they were given. */
    public List<String> names() {
        return (turns.isEmpty() ? agents : turns)
                .stream().map(ToolGroup::name).distinct().toList();
    }

    /**
     * The arguments that the calls of each group get. They are a group's, whichever of its tools they were given with, and
     * those that were given last count: the agent's own hold for groups that the turn has named without any.
     *
     * @param groupOf the group of a name
     */
    public Map<String, JsonText> args(UnaryOperator<String> groupOf) {
        Map<String, JsonText> args = new LinkedHashMap<>();
        Stream.concat(agents.stream(), turns.stream())
                .forEach(group -> group.args().ifPresent(given -> args.put(groupOf.apply(group.name()), given)));
        return args;
    }
}
