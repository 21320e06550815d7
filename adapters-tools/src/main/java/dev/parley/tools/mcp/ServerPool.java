package dev.parley.tools.mcp;

import dev.parley.application.port.Cancellation;
import dev.parley.tools.mcp.wire.Threads;
import dev.parley.tools.mcp.wire.WireFailed;
import dev.parley.tools.mcp.wire.WireFailed.Kind;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The connections to servers of tools: one for each server and each who is let in, used by many turns at a time, closed when
 * nobody has used it for a while, made anew when it has died.
 */
final class ServerPool implements AutoCloseable {

    private interface Use<T> {
        T with(PooledServer server) throws ServerFailed;
    }

    private record Lease(PooledServer server, boolean wasThere) {}

    private final Opener opener;
    private final McpSettings settings;
    private final Threads threads;
    private final Map<ServerKey, PooledServer> servers = new HashMap<>();
    private boolean sweepIsDue;
    private boolean closed;

    ServerPool(Opener opener) {
        this.opener = opener;
        this.settings = opener.settings();
        this.threads = opener.threads();
    }

    /** The tools of a server; blocks unless they are known. */
    List<Tool> tools(ServerKey key, Cancellation cancellation) throws ServerFailed {
        return use(key, ServerFailed::endsConnection, server -> server.tools(cancellation));
    }

    /** Runs one call and blocks until it is done. */
    CallToolResult call(ServerKey key, String tool, Map<String, Object> arguments, Cancellation cancellation)
            throws ServerFailed {
        return use(
                key,
                ServerFailed::mayBeRepeated,
                server -> server.connection(cancellation).call(tool, arguments, cancellation));
    }

    /** A connection that was there before may have died unseen: then a new one is tried, once. */
    private <T> T use(ServerKey key, Predicate<ServerFailed> mayBeRepeated, Use<T> use) throws ServerFailed {
        Lease first = acquire(key);
        try {
            return attempt(key, first.server(), use);
        } catch (ServerFailed failed) {
            if (!first.wasThere() || !mayBeRepeated.test(failed)) {
                throw failed;
            }
        }
        return attempt(key, acquire(key).server(), use);
    }

    private <T> T attempt(ServerKey key, PooledServer server, Use<T> use) throws ServerFailed {
        boolean keep = false;
        try {
            T result = use.with(server);
            keep = true;
            return result;
        } catch (ServerFailed failed) {
            keep = !failed.endsConnection() && server.isUsable();
            throw failed;
        } finally {
            release(key, server, keep);
        }
    }

    private synchronized Lease acquire(ServerKey key) throws ServerFailed {
        if (closed) {
            throw ServerFailed.of(WireFailed.of(Kind.UNREACHABLE, "this server is about to stop"));
        }
        PooledServer known = servers.get(key);
        if (known != null && !known.isUsable()) {
            servers.remove(key);
            known.close();
            known = null;
        }
        boolean wasThere = known != null;
        if (known == null) {
            makeRoom();
            known = new PooledServer(key, opener, threads, settings.listTtl());
            servers.put(key, known);
        }
        known.users++;
        return new Lease(known, wasThere);
    }

    private synchronized void release(ServerKey key, PooledServer server, boolean keep) {
        server.users--;
        server.lastUsed = System.nanoTime();
        if ((!keep && servers.remove(key, server)) || closed) {
            server.close();
        }
        sweepLater();
    }

    private void makeRoom() throws ServerFailed {
        if (servers.size() < settings.maxConnections()) {
            return;
        }
        ServerKey oldest = servers.entrySet().stream()
                .filter(entry -> entry.getValue().users == 0)
                .min(Comparator.comparingLong(entry -> entry.getValue().lastUsed - System.nanoTime()))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> ServerFailed.of(WireFailed.of(
                        Kind.UNREACHABLE, "too many servers of tools are in use just now; try again later")));
        PooledServer gone = servers.remove(oldest);
        if (gone != null) {
            gone.close();
        }
    }

    private void sweepLater() {
        if (!sweepIsDue && !servers.isEmpty()) {
            sweepIsDue = true;
            CompletableFuture.delayedExecutor(settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::sweep);
        }
    }

    private synchronized void sweep() {
        sweepIsDue = false;
        long now = System.nanoTime();
        Iterator<PooledServer> all = servers.values().iterator();
        while (all.hasNext()) {
            PooledServer server = all.next();
            if (server.users == 0
                    && now - server.lastUsed >= settings.idleTimeout().toNanos()) {
                all.remove();
                server.close();
            }
        }
        sweepLater();
    }

    /** How many connections there are. */
    synchronized int size() {
        return servers.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        new ArrayList<>(servers.values()).forEach(PooledServer::close);
        servers.clear();
    }
}
