package dev.parley.application.tool;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroups;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import java.util.List;
import java.util.Optional;

/** Makes a group of tools known to the turns of its owner (agents-api 9.1). */
public final class RegisterToolGroup {

    private static final String ID = "toolgroup_id";

    private final KnownGroups groups;
    private final ReadToolGroups read;
    private final ToolGroups registered;

    public RegisterToolGroup(KnownGroups groups, ReadToolGroups read, ToolGroups registered) {
        this.groups = groups;
        this.read = read;
        this.registered = registered;
    }

    /**
     * Registers a group, or registers it anew. Blocks while its tools are asked for, and those of others that are
     * not known.
     *
     * @throws Refusal when its provider is not known, it can't say which tools it has, one of them is called as another
     *     group's that is not the same, or it is everybody's
     */
    public void register(Caller caller, RegisteredToolGroup group, Cancellation cancellation) {
        if (groups.isDeclared(group.id())) {
            if (groups.find(caller.owner(), group.id()).equals(Optional.of(group))) {
                return;
            }
            throw Refusal.invalid(
                    ID,
                    "The tool group '%s' is declared by this server's configuration; register yours under another id"
                            .formatted(group.id()));
        }
        if (!groups.providerIds().contains(group.providerId())) {
            throw Refusal.invalid(
                    "provider_id",
                    "This server has no provider '%s' of tools; its providers are %s"
                            .formatted(group.providerId(), groups.providerIds()));
        }
        List<ListedTool> tools = list(caller, group, cancellation);
        requireNamesOfTheirOwn(caller.owner(), group, tools, cancellation);
        registered.register(caller.owner(), new ToolGroups.Registration(group, tools));
    }

    private List<ListedTool> list(Caller caller, RegisteredToolGroup group, Cancellation cancellation) {
        try {
            return groups.tools(caller, group, cancellation);
        } catch (ToolFailed failed) {
            throw Refusal.invalid(
                    group.endpoint().isPresent() ? "mcp_endpoint" : ID,
                    "The tool group '%s' can't be registered, because it can't say which tools it has: %s"
                            .formatted(group.id(), failed.explanation()));
        }
    }

    /** Calls outside of turns name a tool alone. */
    private void requireNamesOfTheirOwn(
            Owner owner, RegisteredToolGroup group, List<ListedTool> tools, Cancellation cancellation) {
        for (GroupTool other : read.others(owner, group.id(), cancellation)) {
            boolean taken = tools.stream()
                    .anyMatch(tool -> tool.name().equals(other.tool().name()) && !tool.equals(other.tool()));
            if (taken) {
                throw Refusal.invalid(
                        ID,
                        "The tool group '%s' has a tool '%s', and so has '%s', which is another; unregister that group first"
                                .formatted(
                                        group.id(),
                                        other.tool().name(),
                                        other.group().id()));
            }
        }
    }
}
