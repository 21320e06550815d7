package dev.parley.tools.mcp;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What is known of a server's tools, and whether it still holds. */
final class KnownTools {

    private record Kept(List<Tool> tools, long at, long change) {}

    private final Duration ttl;
    private final AtomicLong changes = new AtomicLong();

    @Nullable
    private volatile Kept kept;

    /** @param ttl how long it holds where the server does not tell of changes */
    KnownTools(Duration ttl) {
        this.ttl = ttl;
    }

    /** Notes that the server has, or may have, other tools. */
    void changed() {
        changes.incrementAndGet();
    }

    /** How often that was; to be asked for before the server is asked for its tools. */
    long change() {
        return changes.get();
    }

    void keep(List<Tool> tools, long change) {
        kept = new Kept(List.copyOf(tools), System.nanoTime(), change);
    }

    /** The tools; empty when the server has to be asked. */
    Optional<List<Tool>> current(ServerConnection connection) {
        Kept known = kept;
        if (known == null || known.change() != changes.get()) {
            return Optional.empty();
        }
        boolean holds = connection.hasListenedSince(known.at()) || System.nanoTime() - known.at() < ttl.toNanos();
        return holds ? Optional.of(known.tools()) : Optional.empty();
    }
}
