package dev.parley.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroupProvider.GroupAccess;
import dev.parley.application.port.Tools;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolServer;
import dev.parley.tools.mcp.wire.Threads;
import dev.parley.tools.outgoing.LoopbackWay;
import dev.parley.tools.outgoing.Outgoing;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Both ways to servers of tools over one pool, and a check that nothing of it is left over. */
final class McpScene implements AutoCloseable {

    static final McpSettings SETTINGS = new McpSettings(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(1), 8, 1 << 20);

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Threads threads = new Threads();
    private final Outgoing guarded;
    private final Outgoing trusted = Outgoing.trusted(Duration.ofSeconds(5));
    private final ServerPool pool;
    private final McpGroups groups;
    private final McpHosted hosted;

    McpScene(McpSettings settings, Outgoing guarded, McpServerSettings... configured) {
        this.guarded = guarded;
        this.pool = new ServerPool(new Opener(settings, threads, () -> guarded, () -> trusted));
        Map<String, McpServerSettings> byName = new HashMap<>();
        for (McpServerSettings server : configured) {
            byName.put(server.name(), server);
        }
        Servers servers = new Servers(pool, byName);
        this.groups = new McpGroups(servers);
        this.hosted = new McpHosted(servers, () -> guarded);
    }

    /** Let onto this machine, on that port. */
    static McpScene at(int port, McpServerSettings... configured) {
        return new McpScene(SETTINGS, LoopbackWay.allowed(port), configured);
    }

    McpGroups groups() {
        return groups;
    }

    McpHosted hosted() {
        return hosted;
    }

    ServerPool pool() {
        return pool;
    }

    static GroupAccess group(String endpoint) {
        return new GroupAccess(
                new RegisteredToolGroup(
                        "mcp::scripted", "model-context-protocol", Optional.of(endpoint), Optional.empty()),
                Optional.empty());
    }

    static ToolCall call(String tool) {
        return new ToolCall("call_1", tool, new ToolArguments.Json("{\"text\":\"Hi\"}"));
    }

    static Tools.Access declared(String member, String value, Optional<JsonText> keys) {
        return new Tools.Access(
                new HostedTool(
                        HostedKind.MCP,
                        "mcp",
                        "tools[0]",
                        new JsonText("{\"type\":\"mcp\",\"server_label\":\"scripted\",\"%s\":%s}"
                                .formatted(member, JsonText.ofString(value).text())),
                        Optional.of(
                                new ToolServer("scripted", Optional.empty(), new Approval.Never(), Optional.empty()))),
                keys);
    }

    static Tools.HostedCall hostedCall(Tools.Access access, String tool) {
        return new Tools.HostedCall(
                access, new CallForm.Hosted(HostedKind.MCP, Optional.of("scripted"), tool), call("scripted__" + tool));
    }

    List<String> list(String endpoint) throws ToolFailed {
        return groups.list(Owner.SOLE, group(endpoint), new Cancellation()).stream()
                .map(ListedTool::name)
                .toList();
    }

    Tools.Output run(String endpoint, String tool) throws ToolFailed {
        return groups.run(Owner.SOLE, group(endpoint), call(tool), new Cancellation());
    }

    ToolFailed listFails(String endpoint) {
        return catchThrowableOfType(ToolFailed.class, () -> list(endpoint));
    }

    ToolFailed runFails(String endpoint, String tool) {
        return catchThrowableOfType(ToolFailed.class, () -> run(endpoint, tool));
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Fails when a thread goes on. */
    @Override
    public void close() {
        pool.close();
        await("all threads have ended", () -> threads.count() == 0);
        guarded.close();
        trusted.close();
    }
}
