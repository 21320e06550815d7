package dev.parley.application.tool;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.Tools;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.GroupReference;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.WantedGroups;
import dev.parley.domain.turn.Origin;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tools of the groups that there are (agents-api 5.5), and those that clients of the Responses API name by their types,
 * for as many kinds as there are providers; of the other kinds this server has none.
 */
public final class ServerTools implements Tools {

    private final KnownGroups groups;
    private final Map<HostedKind, HostedToolProvider> hosted = new EnumMap<>(HostedKind.class);

    /** @throws IllegalArgumentException when two providers run tools of one kind */
    public ServerTools(KnownGroups groups, List<HostedToolProvider> hosted) {
        this.groups = groups;
        for (HostedToolProvider provider : hosted) {
            for (HostedKind kind : provider.kinds()) {
                if (this.hosted.put(kind, provider) != null) {
                    throw new IllegalArgumentException("two providers run tools of the kind " + kind);
                }
            }
        }
    }

    @Override
    public List<OfferedTool> offered(Caller caller, WantedGroups wanted, Cancellation cancellation) {
        if (wanted.names().isEmpty()) {
            return List.of();
        }
        Map<String, JsonText> args =
                wanted.args(name -> reference(caller.owner(), name).group());
        Map<String, List<ListedTool>> listed = new LinkedHashMap<>();
        Map<String, OfferedTool> offered = new LinkedHashMap<>();
        for (String name : wanted.names()) {
            GroupReference reference = reference(caller.owner(), name);
            RegisteredToolGroup group =
                    groups.find(caller.owner(), reference.group()).orElseThrow(() -> noSuchGroup(caller.owner(), name));
            List<ListedTool> tools =
                    listed.computeIfAbsent(group.id(), _ -> toolsOrRefuse(caller, group, cancellation));
            for (ListedTool tool : meant(reference, tools)) {
                OfferedTool shown = group.offered(tool, Optional.ofNullable(args.get(group.id())));
                OfferedTool other = offered.putIfAbsent(shown.name(), shown);
                if (other != null && !other.equals(shown)) {
                    throw twice(shown, other);
                }
            }
        }
        return List.copyOf(offered.values());
    }

    private GroupReference reference(Owner owner, String name) {
        return GroupReference.of(name, id -> groups.find(owner, id).isPresent());
    }

    private List<ListedTool> toolsOrRefuse(Caller caller, RegisteredToolGroup group, Cancellation cancellation) {
        try {
            return groups.tools(caller, group, cancellation);
        } catch (ToolFailed failed) {
            throw Refusal.invalid(
                    "toolgroups",
                    "The tool group '%s' can't say which tools it has: %s. Leave it out, or try again later"
                            .formatted(group.id(), failed.explanation()));
        }
    }

    private static List<ListedTool> meant(GroupReference reference, List<ListedTool> tools) {
        if (reference.tool().isEmpty()) {
            return tools;
        }
        List<ListedTool> one = tools.stream()
                .filter(tool -> tool.name().equals(reference.tool().get()))
                .toList();
        if (one.isEmpty()) {
            throw Refusal.invalid(
                    "toolgroups",
                    "There is no tool '%s/%s'; the tools of that group are %s"
                            .formatted(
                                    reference.group(),
                                    reference.tool().get(),
                                    tools.stream().map(ListedTool::name).toList()));
        }
        return one;
    }

    private Refusal noSuchGroup(Owner owner, String name) {
        return Refusal.invalid(
                "toolgroups", "There is no tool group '%s'; the tool groups are %s".formatted(name, groups.ids(owner)));
    }

    private static Refusal twice(OfferedTool tool, OfferedTool other) {
        List<String> both = new ArrayList<>();
        for (OfferedTool each : List.of(other, tool)) {
            if (each.form() instanceof CallForm.Grouped grouped) {
                both.add(grouped.group());
            }
        }
        return Refusal.invalid(
                "toolgroups",
                "The tool groups %s both have a tool '%s'; use one of them, or name single tools as group/tool"
                        .formatted(both, tool.name()));
    }

    @Override
    public Output run(Caller caller, Origin origin, GroupCall call, Cancellation cancellation) throws ToolFailed {
        RegisteredToolGroup group = groups.find(caller.owner(), call.form().group())
                .orElseThrow(() -> new ToolFailed("the tool group '%s' was unregistered"
                        .formatted(call.form().group())));
        ToolCall own = new ToolCall(call.call().callId(), call.form().name(), Arguments.of(call, group.args(), origin));
        return groups.provider(group).run(caller.owner(), KnownGroups.access(caller, group), own, cancellation);
    }

    @Override
    public List<OfferedTool> hosted(Owner owner, List<HostedTool> wanted) {
        List<OfferedTool> offered = new ArrayList<>();
        for (HostedTool tool : wanted) {
            HostedToolProvider provider = hosted.get(tool.kind());
            offered.addAll(provider == null ? NONE.hosted(owner, List.of(tool)) : provider.offered(owner, tool));
        }
        return offered;
    }

    @Override
    public List<ListedTool> list(Owner owner, Access server, Cancellation cancellation) throws ToolFailed {
        HostedToolProvider provider = hosted.get(server.tool().kind());
        return provider == null ? NONE.list(owner, server, cancellation) : provider.list(owner, server, cancellation);
    }

    @Override
    public Output runHosted(Owner owner, HostedCall call, Progress progress, Cancellation cancellation)
            throws ToolFailed {
        HostedToolProvider provider = hosted.get(call.form().hosted());
        return provider == null
                ? NONE.runHosted(owner, call, progress, cancellation)
                : provider.run(owner, call, progress, cancellation);
    }
}
