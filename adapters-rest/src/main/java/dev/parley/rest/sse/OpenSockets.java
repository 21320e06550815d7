package dev.parley.rest.sse;

import dev.parley.rest.trace.TraceId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets of this process, which are all closed before it ends. */
@Singleton
public final class OpenSockets implements GracefulShutdownCapable {

    private final StreamSettings settings;
    private final int longestMessage;
    private final Set<TextSocket> open = ConcurrentHashMap.newKeySet();

    OpenSockets(StreamSettings settings, HttpServerConfiguration server) {
        this.settings = settings;
        this.longestMessage = (int) Math.min(
                Integer.MAX_VALUE, Math.min(server.getMaxRequestSize(), server.getMaxRequestBufferSize()));
    }

    TextSocket open(HttpRequest<?> request) {
        Channel channel = ReaderWatch.channelOf(request);
        TextSocket socket = new TextSocket(channel, TraceId.of(request), settings, longestMessage);
        open.add(socket);
        channel.closeFuture().addListener(_ -> open.remove(socket));
        return socket;
    }

    /** Each is closed as soon as nothing more is told on it. */
    @Override
    public CompletionStage<?> shutdownGracefully() {
        return GracefulShutdownCapable.allOf(open.stream().map(TextSocket::goAway));
    }
}
