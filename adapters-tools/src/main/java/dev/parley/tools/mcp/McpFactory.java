package dev.parley.tools.mcp;

import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.ToolGroupProvider;
import dev.parley.tools.mcp.wire.Threads;
import dev.parley.tools.outgoing.LazyWay;
import dev.parley.tools.outgoing.Outgoing;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Servers of tools. Nothing is connected to, and no client made, before somebody needs it. */
@Factory
final class McpFactory {

    private static final String WAY = "mcp";

    @Singleton
    @Named(WAY)
    @Bean(preDestroy = "close")
    LazyWay way(McpSettings settings) {
        return new LazyWay(settings.connectTimeout());
    }

    @Singleton
    @Bean(preDestroy = "close")
    ServerPool pool(McpSettings settings, BeanProvider<Outgoing> guarded, @Named(WAY) LazyWay trusted) {
        return new ServerPool(new Opener(settings, new Threads(), guarded::get, trusted));
    }

    @Singleton
    Servers servers(ServerPool pool, List<McpServerSettings> configured) {
        return new Servers(
                pool, configured.stream().collect(Collectors.toMap(McpServerSettings::name, Function.identity())));
    }

    @Singleton
    ToolGroupProvider groups(Servers servers) {
        return new McpGroups(servers);
    }

    @Singleton
    HostedToolProvider hosted(Servers servers, BeanProvider<Outgoing> guarded) {
        return new McpHosted(servers, guarded::get);
    }
}
