package dev.parley.rest.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a server hands to its sockets: one entry for each flush, which is one system call, with all that it sent. */
@Singleton
@Requires(property = "test.record-writes", value = "true")
public final class RecordedWrites implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private final List<String> flushes = new CopyOnWriteArrayList<>();
    private final List<Boolean> noDelay = new CopyOnWriteArrayList<>();

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Customizer());
        return event.getBean();
    }

    /** What each flush sent, in order. */
    public List<String> flushes() {
        return flushes;
    }

    /** For each connection, whether it sends small pieces at once. */
    public List<Boolean> noDelay() {
        return noDelay;
    }

    private final class Customizer implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            if (role == ChannelRole.CONNECTION) {
                noDelay.add(((SocketChannel) channel).config().isTcpNoDelay());
                channel.pipeline().addFirst(new Recorder());
            }
            return this;
        }
    }

    private final class Recorder extends ChannelOutboundHandlerAdapter {
        private final StringBuilder written = new StringBuilder();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            written.append(((ByteBuf) message).toString(UTF_8));
            var _ = context.write(message, promise);
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            if (!written.isEmpty()) {
                flushes.add(written.toString());
                written.setLength(0);
            }
            context.flush();
        }
    }
}
