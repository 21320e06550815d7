package dev.parley.tools.mcp.wire;

import dev.parley.tools.outgoing.Call;
import dev.parley.tools.outgoing.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to what a server of streamable HTTP says by itself, for as long as it lets us and nobody stops it. */
final class Listening implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private static final int MOST_FAILURES = 5;
    private static final Duration BEFORE_NEXT = Duration.ofSeconds(1);

    private final StreamableWire wire;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Optional<String> lastId = Optional.empty();

    @Nullable
    private volatile Long since;

    @Nullable
    private Call underWay;

    Listening(StreamableWire wire) {
        this.wire = wire;
    }

    /** Since when; empty while nobody listens. */
    OptionalLong since() {
        Long known = since;
        return known == null ? OptionalLong.empty() : OptionalLong.of(known);
    }

    @Override
    public void run() {
        boolean again = false;
        for (int failures = 0; failures < MOST_FAILURES; failures++) {
            if (isStoppedWithin(again ? BEFORE_NEXT.multipliedBy(1L << failures) : Duration.ZERO)) {
                return;
            }
            try (Call call = begin()) {
                Reply reply = call.send(Duration.ZERO);
                if (reply.status() != 200 || !reply.mediaType().equals(Optional.of(HttpEnd.EVENTS))) {
                    LOG.debug("the MCP server has no stream to listen to: status {}", reply.status());
                    return;
                }
                since = System.nanoTime();
                failures = 0;
                if (again) {
                    wire.receiver().missedNotices();
                }
                listen(reply);
            } catch (IOException ended) {
                LOG.debug("listening to the MCP server ended", ended);
            } finally {
                since = null;
            }
            again = true;
        }
    }

    void stop() {
        stopped.countDown();
        synchronized (this) {
            if (underWay != null) {
                underWay.abort();
            }
        }
    }

    private Call begin() throws WireFailed {
        Call call = wire.listen(lastId);
        synchronized (this) {
            underWay = call;
            if (stopped.getCount() == 0) {
                call.abort();
            }
        }
        return call;
    }

    private void listen(Reply reply) throws IOException {
        Events events = new Events(reply.body(Long.MAX_VALUE), wire.longest());
        for (Events.Event event = events.next(); event != null; event = events.next()) {
            lastId = events.lastId();
            if (event.isMessage()) {
                wire.receiver().received(event.data());
            }
        }
    }

    private boolean isStoppedWithin(Duration time) {
        try {
            return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
