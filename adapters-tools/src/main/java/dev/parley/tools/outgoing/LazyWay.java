package dev.parley.tools.outgoing;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A way to what only the configuration names, opened when it is needed first. */
public final class LazyWay implements Supplier<Outgoing>, AutoCloseable {

    private final Duration connectTimeout;

    @Nullable
    private Outgoing open;

    public LazyWay(Duration connectTimeout) {
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
