package dev.parley.application.testing;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.tool.WantedGroups;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Server tools that do what they were told to do. A group is what turns of the Agents API name; it is also what stands behind
 * a declared tool of the type that has its name, and behind a server of tools that has it for its label.
 */
public final class ScriptedTools implements Tools {

    /** Where programs run. */
    public static final String CONTAINER = "cntr_1";

    private static final Pattern CONTAINER_ID = Pattern.compile("\"container_id\":\"([^\"]+)\"");

    /** What a tool does with a call. */
    @FunctionalInterface
    public interface Doing {
        Output run(ToolCall call, Cancellation cancellation) throws ToolFailed;
    }

    /** What a tool does that tells of it while it does it. */
    @FunctionalInterface
    public interface Showing {
        Output run(ToolCall call, Progress progress, Cancellation cancellation) throws ToolFailed;
    }

    private final Map<String, List<String>> groups = new LinkedHashMap<>();
    private final Map<String, Showing> doings = new LinkedHashMap<>();
    private final Map<String, String> broken = new LinkedHashMap<>();
    private final List<ToolCall> calls = new CopyOnWriteArrayList<>();
    private final List<HostedCall> hostedCalls = new CopyOnWriteArrayList<>();
    private final List<GroupCall> groupCalls = new CopyOnWriteArrayList<>();
    private final List<Caller> callers = new CopyOnWriteArrayList<>();
    private final List<Access> listings = new CopyOnWriteArrayList<>();

    /** Has a group offer a tool; all is said before the tools are used. */
    public ScriptedTools tool(String group, String name, Doing doing) {
        return showing(group, name, (call, _, cancellation) -> doing.run(call, cancellation));
    }

    /** Has a group offer a tool that tells of what it does; of plain calls nobody is told. */
    public ScriptedTools showing(String group, String name, Showing doing) {
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(name);
        doings.put(name, doing);
        return this;
    }

    /** Has a group offer a tool that makes an image and shows some of what comes before it. */
    public ScriptedTools drawing(
            String group, String name, String result, JsonText metadata, Delta.PartialImage... parts) {
        return showing(group, name, (_, progress, _) -> {
            List.of(parts).forEach(progress::partialImage);
            return new Output(Content.of(result), Optional.of(metadata));
        });
    }

    /** Has a group offer a tool that always gives the same text. */
    public ScriptedTools tool(String group, String name, String result) {
        return tool(group, name, (_, _) -> new Output(Content.of(result), Optional.empty()));
    }

    /** Has a group offer a tool that always brings the same. */
    public ScriptedTools tool(String group, String name, String result, JsonText metadata, Source... sources) {
        return tool(group, name, (_, _) -> new Output(Content.of(result), Optional.of(metadata), List.of(sources)));
    }

    /** Has a shell that is declared with a container for its environment run commands. */
    public ScriptedTools shell(Doing doing) {
        return tool(Shell.NAME, Shell.NAME, doing);
    }

    /** Has a server of tools not say what it has. */
    public ScriptedTools brokenServer(String label, String why) {
        broken.put(label, why);
        return this;
    }

    /** The calls that were run so far, in the order in which they began. */
    public List<ToolCall> calls() {
        return List.copyOf(calls);
    }

    /** Those of them that were of tools that a client has declared. */
    public List<HostedCall> hostedCalls() {
        return List.copyOf(hostedCalls);
    }

    /** Those of them that were of tools of groups. */
    public List<GroupCall> groupCalls() {
        return List.copyOf(groupCalls);
    }

    /** Who has asked what groups offer, or had their tools run. */
    public List<Caller> callers() {
        return List.copyOf(callers);
    }

    /** The servers of tools that were asked what they have. */
    public List<Access> listings() {
        return List.copyOf(listings);
    }

    @Override
    public List<OfferedTool> offered(Caller caller, WantedGroups wanted, Cancellation cancellation) {
        callers.add(caller);
        Map<String, JsonText> args = wanted.args(name -> name.split("/", 2)[0]);
        List<OfferedTool> offered = new ArrayList<>();
        for (String asked : wanted.names()) {
            String[] path = asked.split("/", 2);
            List<String> names = groups.getOrDefault(path[0], List.of()).stream()
                    .filter(name -> path.length == 1 || name.equals(path[1]))
                    .toList();
            if (names.isEmpty()) {
                throw Refusal.invalid(
                        "toolgroups",
                        "There is no tool group '%s'; the groups are %s".formatted(asked, groups.keySet()));
            }
            names.forEach(name -> offered.add(new OfferedTool(
                    AgentFixture.tool(name),
                    ToolSide.SERVER,
                    new CallForm.Grouped(path[0], name, Optional.ofNullable(args.get(path[0]))))));
        }
        return offered;
    }

    /** The tools of the group that has the name of the type. */
    @Override
    public List<OfferedTool> hosted(Owner owner, List<HostedTool> wanted) {
        return wanted.stream()
                .filter(tool -> tool.server().isEmpty())
                .flatMap(tool -> groups.getOrDefault(tool.type(), List.of()).stream()
                        .map(name -> new OfferedTool(
                                tool.kind() == HostedKind.SHELL
                                        ? Shell.function("Runs commands in a container of the server.")
                                        : AgentFixture.tool(name),
                                ToolSide.SERVER,
                                new CallForm.Hosted(tool.kind(), Optional.empty(), name, container(tool)))))
                .toList();
    }

    /** Where the client says that there is a container, it is that one. */
    private static Optional<String> container(HostedTool tool) {
        return switch (tool.kind()) {
            case CODE_INTERPRETER -> Optional.of(CONTAINER);
            case SHELL -> {
                Matcher named = CONTAINER_ID.matcher(tool.declaration().text());
                yield Optional.of(named.find() ? named.group(1) : CONTAINER);
            }
            case FILE_SEARCH, WEB_SEARCH, MCP, IMAGE_GENERATION -> Optional.empty();
        };
    }

    /** The tools of the group that has the name of the label; those that begin with {@code read} change nothing. */
    @Override
    public List<ListedTool> list(Owner owner, Access server, Cancellation cancellation) throws ToolFailed {
        listings.add(server);
        String label = server.tool().label().orElseThrow();
        if (broken.containsKey(label)) {
            throw new ToolFailed(broken.get(label));
        }
        return groups.getOrDefault(label, List.of()).stream()
                .map(ScriptedTools::listed)
                .toList();
    }

    private static ListedTool listed(String name) {
        boolean readOnly = name.startsWith("read");
        return new ListedTool(
                name,
                Optional.of("What " + name + " does"),
                new JsonText("{\"type\":\"object\",\"properties\":{}}"),
                readOnly ? Optional.of(new JsonText("{\"readOnlyHint\":true}")) : Optional.empty(),
                readOnly);
    }

    @Override
    public Output run(Caller caller, Origin origin, GroupCall call, Cancellation cancellation) throws ToolFailed {
        callers.add(caller);
        groupCalls.add(call);
        return run(call.call(), call.form().name(), _ -> {}, cancellation);
    }

    @Override
    public Output runHosted(Owner owner, HostedCall call, Progress progress, Cancellation cancellation)
            throws ToolFailed {
        hostedCalls.add(call);
        return run(call.call(), call.form().name(), progress, cancellation);
    }

    private Output run(ToolCall call, String name, Progress progress, Cancellation cancellation) throws ToolFailed {
        calls.add(call);
        Showing doing = doings.get(name);
        if (doing == null) {
            throw new ToolFailed("there is no tool '%s'".formatted(name));
        }
        return doing.run(call, progress, cancellation);
    }
}
