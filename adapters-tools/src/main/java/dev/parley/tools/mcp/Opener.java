package dev.parley.tools.mcp;

import dev.parley.tools.mcp.McpServerSettings.Transport;
import dev.parley.tools.mcp.wire.HttpEnd;
import dev.parley.tools.mcp.wire.ProcessEnd;
import dev.parley.tools.mcp.wire.SseWire;
import dev.parley.tools.mcp.wire.StdioWire;
import dev.parley.tools.mcp.wire.StreamableWire;
import dev.parley.tools.mcp.wire.Threads;
import dev.parley.tools.mcp.wire.Wire;
import dev.parley.tools.outgoing.Outgoing;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Opens connections to servers of tools.
 *
 * @param guarded for addresses that users name
 * @param trusted for those of the configuration; each is made when it is needed first
 */
record Opener(McpSettings settings, Threads threads, Supplier<Outgoing> guarded, Supplier<Outgoing> trusted) {

    /** With these a server says to a first message that it does not know streamable HTTP. */
    private static final Set<Integer> NOT_STREAMABLE = Set.of(400, 404, 405, 406, 415, 501);

    /**
     * Blocks until the server has agreed.
     *
     * @throws ServerFailed when it has not, in time
     */
    ServerConnection open(ServerKey key, Runnable changed) throws ServerFailed {
        return switch (key.place()) {
            case ServerKey.Configured(McpServerSettings server) -> configured(server, key.headers(), changed);
            case ServerKey.Named(var _, var target) ->
                http(
                        new HttpEnd(guarded.get(), target, key.headers(), settings.connectTimeout(), longest()),
                        Transport.AUTO,
                        changed);
        };
    }

    private ServerConnection configured(McpServerSettings server, Map<String, String> more, Runnable changed)
            throws ServerFailed {
        if (server.command().isPresent()) {
            List<String> command = new ArrayList<>(List.of(server.command().get()));
            command.addAll(server.args().orElse(List.of()));
            return agree(new StdioWire(new ProcessEnd(command, server.env(), longest()), threads), changed);
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(server.headers());
        headers.putAll(more);
        HttpEnd end = new HttpEnd(
                trusted.get(), server.target().orElseThrow(), headers, settings.connectTimeout(), longest());
        return http(end, server.transport(), changed);
    }

    private ServerConnection http(HttpEnd end, Transport transport, Runnable changed) throws ServerFailed {
        return switch (transport) {
            case STREAMABLE_HTTP -> agree(new StreamableWire(end, threads), changed);
            case SSE -> agree(new SseWire(end, threads), changed);
            case AUTO -> {
                try {
                    yield agree(new StreamableWire(end, threads), changed);
                } catch (ServerFailed failed) {
                    if (!NOT_STREAMABLE.contains(failed.status())) {
                        throw failed;
                    }
                    yield olderOr(failed, end, changed);
                }
            }
        };
    }

    private ServerConnection olderOr(ServerFailed first, HttpEnd end, Runnable changed) throws ServerFailed {
        try {
            return agree(new SseWire(end, threads), changed);
        } catch (ServerFailed second) {
            first.addSuppressed(second);
            throw first; // what it says to the protocol of today counts
        }
    }

    private ServerConnection agree(Wire wire, Runnable changed) throws ServerFailed {
        return ServerConnection.open(wire, threads, settings, McpJsonDefaults.getMapper(), changed);
    }

    private long longest() {
        return settings.maxMessageSize();
    }
}
