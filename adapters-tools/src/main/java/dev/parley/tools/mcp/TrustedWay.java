package dev.parley.tools.mcp;

import dev.parley.tools.outgoing.Outgoing;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way to the servers of the configuration, opened when it is needed first. */
final class TrustedWay implements Supplier<Outgoing>, AutoCloseable {

    private final Duration connectTimeout;

    @Nullable
    private Outgoing open;

    TrustedWay(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    @Override
    public synchronized Outgoing get() {
        Outgoing known = open;
        if (known == null) {
            known = Outgoing.trusted(connectTimeout);
            open = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            open.close();
        }
    }
}
