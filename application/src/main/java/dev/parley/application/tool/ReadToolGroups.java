package dev.parley.application.tool;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroups.Registration;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the groups of tools, and the tools that are in them (agents-api 9.1). */
public final class ReadToolGroups {

    private static final Logger LOG = LoggerFactory.getLogger(ReadToolGroups.class);

    private final KnownGroups groups;

    public ReadToolGroups(KnownGroups groups) {
        this.groups = groups;
    }

    /** All that the owner can use, those first that are everybody's. */
    public List<RegisteredToolGroup> list(Owner owner) {
        return groups.all(owner).stream()
                .map(registration -> shown(registration.group()))
                .toList();
    }

    /** @throws Refusal when there is no such group */
    public RegisteredToolGroup get(Owner owner, String id) {
        return shown(groups.find(owner, id).orElseThrow(() -> Refusal.notFound("Tool group", id)));
    }

    /** Where the operator has a group from, and with what, is for nobody else to see: there may be secrets in it. */
    private RegisteredToolGroup shown(RegisteredToolGroup group) {
        return groups.isDeclared(group.id()) ? RegisteredToolGroup.builtIn(group.id(), group.providerId()) : group;
    }

    /**
     * The tools of all groups, but for those that can't say and could not when they were registered. Blocks until all have
     * answered, each in a time that a client waits.
     */
    public List<GroupTool> tools(Caller caller, Cancellation cancellation) {
        return tools(caller, _ -> true, cancellation);
    }

    /** The tools of a group; none when there is no such group. Blocks while it is asked. */
    public List<GroupTool> tools(Caller caller, String group, Cancellation cancellation) {
        return tools(caller, registration -> registration.group().id().equals(group), cancellation);
    }

    private List<GroupTool> tools(Caller caller, Predicate<Registration> meant, Cancellation cancellation) {
        return together(
                ask(caller, groups.all(caller.owner()).stream().filter(meant).toList(), cancellation));
    }

    /**
     * The tools of all groups but one, as far as they are known: those that registered groups had then, and of the others what
     * they say to somebody without keys, for what the owner has sent is meant for the one. Blocks while those are asked.
     */
    List<GroupTool> others(Owner owner, String but, Cancellation cancellation) {
        Map<String, List<GroupTool>> known = new LinkedHashMap<>();
        List<Registration> unknown = new ArrayList<>();
        for (Registration registration : groups.all(owner)) {
            if (!registration.group().id().equals(but)) {
                known.put(registration.group().id(), inGroup(registration, registration.tools()));
                if (registration.tools().isEmpty()) {
                    unknown.add(registration);
                }
            }
        }
        known.putAll(ask(Caller.of(owner), unknown, cancellation));
        return together(known);
    }

    private static List<GroupTool> together(Map<String, List<GroupTool>> byGroup) {
        return byGroup.values().stream().flatMap(List::stream).toList();
    }

    /** What each of the groups has, by its id. They are asked at the same time, so that the slowest alone is waited for. */
    private Map<String, List<GroupTool>> ask(Caller caller, List<Registration> asked, Cancellation cancellation) {
        Map<String, Future<List<GroupTool>>> answers = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Registration registration : asked) {
                answers.put(
                        registration.group().id(), threads.submit(() -> toolsOf(caller, registration, cancellation)));
            }
        }
        Map<String, List<GroupTool>> tools = new LinkedHashMap<>();
        answers.forEach((id, answer) -> tools.put(id, answer.resultNow()));
        return tools;
    }

    /**
     * The tool of this name. Groups that had one when they were registered are asked before those that perhaps have one by now,
     * so that a server that does not answer holds up nobody who wants another's tools. Blocks while they are asked.
     *
     * @throws Refusal when no group has one
     */
    public GroupTool tool(Caller caller, String name, Cancellation cancellation) {
        return find(caller, name, cancellation).orElseThrow(() -> Refusal.notFound("Tool", name));
    }

    /** The same; empty when no group has one. */
    Optional<GroupTool> find(Caller caller, String name, Cancellation cancellation) {
        Map<Boolean, List<Registration>> byWhetherTheyHadOne = groups.all(caller.owner()).stream()
                .collect(Collectors.partitioningBy(registration -> hadOne(registration, name)));
        return Stream.of(true, false)
                .map(byWhetherTheyHadOne::get)
                .flatMap(
                        some -> together(ask(caller, some, cancellation)).stream()
                                .filter(tool -> tool.isCalled(name))
                                .findFirst()
                                .stream())
                .findFirst();
    }

    private static boolean hadOne(Registration registration, String name) {
        return registration.tools().stream().anyMatch(tool -> new GroupTool(registration.group(), tool).isCalled(name));
    }

    /** What the group has now, or what it had when it was registered while it can't say. */
    private List<GroupTool> toolsOf(Caller caller, Registration registration, Cancellation cancellation) {
        List<ListedTool> tools;
        try {
            tools = groups.toolsAmongOthers(caller, registration.group(), cancellation);
        } catch (ToolFailed failed) {
            LOG.warn(
                    "tool group {}: can't say which tools it has: {}",
                    registration.group().id(),
                    failed.explanation());
            tools = registration.tools();
        }
        return inGroup(registration, tools);
    }

    private static List<GroupTool> inGroup(Registration registration, List<ListedTool> tools) {
        return tools.stream()
                .map(tool -> new GroupTool(registration.group(), tool))
                .toList();
    }
}
