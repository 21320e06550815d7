package dev.parley.application.tool;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroupProvider;
import dev.parley.application.port.ToolGroupProvider.GroupAccess;
import dev.parley.application.port.ToolGroups;
import dev.parley.application.port.ToolGroups.Registration;
import dev.parley.application.port.Tools;
import dev.parley.domain.Owner;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups of tools that an owner can use: those that the operator has declared and those that come with the providers,
 * which are everybody's, and those that the owner has registered. A declared group hides a registered one of its id.
 */
public final class KnownGroups {

    private static final Logger LOG = LoggerFactory.getLogger(KnownGroups.class);

    /** Enough to connect to a server and to have its list; clients give up after a minute. */
    private static final Duration LONGEST_AMONG_OTHERS = Duration.ofSeconds(20);

    private final ToolGroups registered;
    private final Map<String, RegisteredToolGroup> declared = new LinkedHashMap<>();
    private final Map<String, ToolGroupProvider> providers = new TreeMap<>();
    private final TimeLimit time;
    private final TimeLimit timeAmongOthers;

    /**
     * @param declared by the operator; one that has the id of a group that comes with a provider takes its place
     * @throws IllegalArgumentException when two providers, or two declared groups, have one id, or a declared group names a
     *     provider that is not there
     */
    public KnownGroups(
            ToolGroups registered,
            List<RegisteredToolGroup> declared,
            List<ToolGroupProvider> providers,
            ToolLimits limits) {
        this.registered = registered;
        this.time = new TimeLimit(limits.callTimeout());
        this.timeAmongOthers = new TimeLimit(Collections.min(List.of(limits.callTimeout(), LONGEST_AMONG_OTHERS)));
        for (ToolGroupProvider provider : providers) {
            if (this.providers.put(provider.id(), provider) != null) {
                throw new IllegalArgumentException("two providers of tool groups are called " + provider.id());
            }
        }
        for (RegisteredToolGroup group : declared) {
            if (!this.providers.containsKey(group.providerId())) {
                throw new IllegalArgumentException(
                        "the tool group %s names the provider '%s'; this server has the providers %s"
                                .formatted(group.id(), group.providerId(), this.providers.keySet()));
            }
            if (this.declared.put(group.id(), group) != null) {
                throw new IllegalArgumentException("two tool groups have the id " + group.id());
            }
        }
        for (ToolGroupProvider provider : this.providers.values()) {
            provider.builtIn().ifPresent(group -> this.declared.putIfAbsent(group.id(), group));
        }
    }

    /** The names that groups know providers by. */
    List<String> providerIds() {
        return List.copyOf(providers.keySet());
    }

    /** Whether the group is everybody's, and so nobody's to register or to remove. */
    boolean isDeclared(String id) {
        return declared.containsKey(id);
    }

    /** The group; empty when this owner can use none of this id. Blocks on the store. */
    Optional<RegisteredToolGroup> find(Owner owner, String id) {
        return Optional.ofNullable(declared.get(id))
                .or(() -> registered.find(owner, id).map(Registration::group));
    }

    /** All that this owner can use, those that are everybody's first, each with the tools that it was registered with. */
    List<Registration> all(Owner owner) {
        List<Registration> all = new ArrayList<>();
        declared.values().forEach(group -> all.add(new Registration(group, List.of())));
        registered.list(owner).stream()
                .filter(registration -> !isDeclared(registration.group().id()))
                .forEach(all::add);
        return all;
    }

    List<String> ids(Owner owner) {
        return all(owner).stream()
                .map(registration -> registration.group().id())
                .toList();
    }

    /**
     * The tools that a group has now, each name once. Blocks while its provider asks for them, but not for ever.
     *
     * @throws Tools.ToolFailed when it can't say
     */
    List<ListedTool> tools(Caller caller, RegisteredToolGroup group, Cancellation cancellation)
            throws Tools.ToolFailed {
        return tools(time, caller, group, cancellation);
    }

    /** The same for one of several groups, whose servers can't have all the time that one alone could. */
    List<ListedTool> toolsAmongOthers(Caller caller, RegisteredToolGroup group, Cancellation cancellation)
            throws Tools.ToolFailed {
        return tools(timeAmongOthers, caller, group, cancellation);
    }

    private List<ListedTool> tools(TimeLimit limit, Caller caller, RegisteredToolGroup group, Cancellation cancellation)
            throws Tools.ToolFailed {
        Map<String, ListedTool> byName = new LinkedHashMap<>();
        ToolGroupProvider provider = provider(group);
        List<ListedTool> listed;
        try {
            listed = limit.within(cancellation, own -> provider.list(caller.owner(), access(caller, group), own));
        } catch (RuntimeException mistake) {
            LOG.error("tool group {}: asking for its tools threw", group.id(), mistake);
            throw new Tools.ToolFailed("asking it failed inside the server");
        }
        for (ListedTool tool : listed) {
            if (byName.putIfAbsent(tool.name(), tool) != null) {
                LOG.warn("tool group {}: lists the tool '{}' twice; the first counts", group.id(), tool.name());
            }
        }
        return List.copyOf(byName.values());
    }

    /** @throws Tools.ToolFailed when this server does not have the provider that the group was registered with */
    ToolGroupProvider provider(RegisteredToolGroup group) throws Tools.ToolFailed {
        ToolGroupProvider provider = providers.get(group.providerId());
        if (provider == null) {
            throw new Tools.ToolFailed(
                    "this server has no provider '%s' of tools any more".formatted(group.providerId()));
        }
        return provider;
    }

    static GroupAccess access(Caller caller, RegisteredToolGroup group) {
        return new GroupAccess(group, caller.keys());
    }
}
