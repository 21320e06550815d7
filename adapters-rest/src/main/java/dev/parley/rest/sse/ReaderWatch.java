package dev.parley.rest.sse;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;

/**
 * Notices that the reader of an answer leaves, from the moment that the request is there. The server always has a read
 * pending on a connection, so its end is seen at once, whatever the answer's state.
 */
final class ReaderWatch implements AutoCloseable {

    private final Channel channel;
    private final ChannelFutureListener listener;

    /** @param onLeaving run on the connection's event loop, so it must not block */
    ReaderWatch(Channel channel, Runnable onLeaving) {
        this.channel = channel;
        this.listener = _ -> onLeaving.run();
        channel.closeFuture().addListener(listener);
    }

    static Channel channelOf(HttpRequest<?> request) {
        return serverRequest(request).getChannelHandlerContext().channel();
    }

    /** The request as the server made it, without what filters have put around it. */
    static NettyHttpRequest<?> serverRequest(HttpRequest<?> request) {
        HttpRequest<?> inner = request;
        while (inner instanceof HttpRequestWrapper<?> wrapper) {
            inner = wrapper.getDelegate();
        }
        return (NettyHttpRequest<?>) inner;
    }

    /** Stops watching: the connection may go on to serve other requests. */
    @Override
    public void close() {
        channel.closeFuture().removeListener(listener);
    }
}
