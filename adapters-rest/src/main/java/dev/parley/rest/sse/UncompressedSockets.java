package dev.parley.rest.sse;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import jakarta.inject.Singleton;

/**
 * Has sockets go without compression, which the framework would agree to: a short message could become one that fills the
 * memory, past every limit, and small events are not to be held up.
 */
@Singleton
final class UncompressedSockets implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new ForConnection());
        return event.getBean();
    }

    private static final class ForConnection implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new Removal(channel.pipeline()) : this;
        }
    }

    private record Removal(ChannelPipeline pipeline) implements NettyServerCustomizer {
        @Override
        public void onStreamPipelineBuilt() {
            if (pipeline.get(WebSocketServerCompressionHandler.class) != null) {
                var _ = pipeline.remove(WebSocketServerCompressionHandler.class);
            }
        }
    }
}
