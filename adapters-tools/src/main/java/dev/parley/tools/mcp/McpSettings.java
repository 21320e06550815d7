package dev.parley.tools.mcp;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;

/**
 * How servers of tools are spoken to ({@code parley.mcp.*}).
 *
 * @param connectTimeout to reach a server, agree with it on the protocol, and for each page of its list of tools
 * @param callTimeout for one call
 * @param listTtl how long a list of tools is kept of a server that does not tell when it changes
 * @param idleTimeout after which a connection that nobody uses is closed
 * @param maxConnections how many there are at most
 * @param maxMessageSize the largest message that is taken from a server, in bytes
 */
@Context // read at the start, so that mistakes are known then
@ConfigurationProperties("parley.mcp")
record McpSettings(
        @Bindable(defaultValue = "10s") Duration connectTimeout,
        @Bindable(defaultValue = "2m") Duration callTimeout,
        @Bindable(defaultValue = "1m") Duration listTtl,
        @Bindable(defaultValue = "5m") Duration idleTimeout,
        @Bindable(defaultValue = "64") int maxConnections,
        @Bindable(defaultValue = "16MB") @ReadableBytes long maxMessageSize) {

    McpSettings {
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("call-timeout", callTimeout);
        requireNonNull(listTtl, "listTtl");
        if (listTtl.isNegative()) {
            throw new ConfigurationException("parley.mcp.list-ttl must be 0s or more");
        }
        requirePositive("idle-timeout", idleTimeout);
        if (maxConnections < 1) {
            throw new ConfigurationException("parley.mcp.max-connections must be at least 1");
        }
        if (maxMessageSize < 1024 || maxMessageSize > Integer.MAX_VALUE / 4) {
            throw new ConfigurationException("parley.mcp.max-message-size must be between 1KB and 511MB");
        }
    }

    private static void requirePositive(String key, Duration time) {
        requireNonNull(time, key);
        if (time.toMillis() < 1) {
            throw new ConfigurationException("parley.mcp.%s must be at least 1ms".formatted(key));
        }
    }
}
