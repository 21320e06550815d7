package dev.parley.rest.sse;

import dev.parley.rest.trace.TraceId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.HttpServerConfiguration;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of this process, which are all closed before it ends. */
@Singleton
public final class OpenSockets {

    private static final Logger LOG = LoggerFactory.getLogger(OpenSockets.class);

    private final StreamSettings settings;
    private final int longestMessage;
    private final Set<TextSocket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    OpenSockets(StreamSettings settings, HttpServerConfiguration server) {
        this.settings = settings;
        this.longestMessage = (int)
                Math.min(Integer.MAX_VALUE, Math.min(server.getMaxRequestSize(), server.getMaxRequestBufferSize()));
    }

    TextSocket open(HttpRequest<?> request) {
        Channel channel = ReaderWatch.channelOf(request);
        TextSocket socket = new TextSocket(channel, TraceId.of(request), settings, longestMessage);
        open.add(socket);
        channel.closeFuture().addListener(_ -> open.remove(socket));
        if (closing) {
            var _ = socket.goAway();
        }
        return socket;
    }

    /**
     * Closes each as soon as nothing more is told on it, those too that are still to come. Blocks until the clients have answered that, or have not done so in
     * time. Before the server itself ends, which cuts sockets off.
     */
    public void close(Duration patience) {
        closing = true;
        CompletableFuture<?> gone =
                CompletableFuture.allOf(open.stream().map(TextSocket::goAway).toArray(CompletableFuture[]::new));
        try {
            var _ = gone.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            LOG.info("Stopping: some sockets are still open and are being cut off");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
