package dev.parley.tools.mcp;

import dev.parley.application.port.Cancellation;
import dev.parley.tools.mcp.wire.Threads;
import dev.parley.tools.mcp.wire.WireFailed;
import dev.parley.tools.mcp.wire.WireFailed.Kind;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One connection that many use, and what is known of the server's tools. It is opened, and its tools are listed, by threads
 * of its own, once for all who wait for it: that one of them leaves is nothing to the others.
 */
final class PooledServer {

    /** Something that can fail as servers do. */
    @FunctionalInterface
    interface Work<T> {
        T get() throws ServerFailed;
    }

    private final Threads threads;
    private final KnownTools known;
    private final CompletableFuture<ServerConnection> connection = new CompletableFuture<>();

    @Nullable
    private CompletableFuture<List<Tool>> listing;

    /** Both are the pool's, which has them under its lock. */
    int users;

    long lastUsed;

    PooledServer(ServerKey key, Opener opener, Threads threads, Duration listTtl) {
        this.threads = threads;
        this.known = new KnownTools(listTtl);
        begin("mcp-connecting", connection, () -> opener.open(key, known::changed));
    }

    /** Whether it may still be of use, as far as is known without trying. */
    boolean isUsable() {
        return !connection.isDone()
                || (!connection.isCompletedExceptionally() && connection.join().isOpen());
    }

    /** Blocks until it is connected. */
    ServerConnection connection(Cancellation cancellation) throws ServerFailed {
        return await(connection, cancellation);
    }

    /** The tools as they are known, or else blocks until the server has listed them. */
    List<Tool> tools(Cancellation cancellation) throws ServerFailed {
        ServerConnection connected = connection(cancellation);
        Optional<List<Tool>> current = known.current(connected);
        return current.isPresent() ? current.get() : await(list(connected), cancellation);
    }

    private synchronized CompletableFuture<List<Tool>> list(ServerConnection connected) {
        if (listing == null || listing.isDone()) {
            CompletableFuture<List<Tool>> begun = new CompletableFuture<>();
            listing = begun;
            begin("mcp-listing-tools", begun, () -> {
                long change = known.change();
                List<Tool> tools = connected.tools();
                known.keep(tools, change);
                return tools;
            });
        }
        return listing;
    }

    /** Closes it once it is open. Does not block. */
    void close() {
        var _ = connection.whenComplete((open, _) -> {
            if (open != null) {
                threads.start("mcp-closing", open::close);
            }
        });
    }

    private <T> void begin(String name, CompletableFuture<T> result, Work<T> work) {
        threads.start(name, () -> {
            try {
                result.complete(work.get());
            } catch (ServerFailed | RuntimeException failed) {
                result.completeExceptionally(failed);
            }
        });
    }

    private static <T> T await(CompletableFuture<T> shared, Cancellation cancellation) throws ServerFailed {
        CompletableFuture<T> mine = shared.copy();
        ServerFailed calledOff = ServerFailed.of(WireFailed.of(Kind.CALLED_OFF, "the call was called off"));
        try (Cancellation.Registration _ = cancellation.onRequest(() -> mine.completeExceptionally(calledOff))) {
            return mine.get();
        } catch (ExecutionException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof ServerFailed known) {
                    throw known;
                }
            }
            throw new IllegalStateException("a connection to an MCP server could not be made", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw calledOff;
        }
    }
}
