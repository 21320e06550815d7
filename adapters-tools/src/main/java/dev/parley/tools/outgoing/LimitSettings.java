package dev.parley.tools.outgoing;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.ReadableBytes;
import java.time.Duration;

/**
 * How much a user's address may cost ({@code parley.outgoing.limits.*}).
 *
 * @param maxSize of what is fetched, in bytes, unpacked
 * @param maxRedirects how many are followed
 * @param connectTimeout to find a host and to be connected to it
 * @param timeout for the whole, redirects included
 */
@Context // read at the start, so that mistakes are known then
@ConfigurationProperties("parley.outgoing.limits")
public record LimitSettings(
        @Bindable(defaultValue = "32MB") @ReadableBytes long maxSize,
        @Bindable(defaultValue = "5") int maxRedirects,
        @Bindable(defaultValue = "5s") Duration connectTimeout,
        @Bindable(defaultValue = "30s") Duration timeout) {

    public LimitSettings {
        if (maxSize < 1 || maxSize > Integer.MAX_VALUE - 16) {
            throw new ConfigurationException("parley.outgoing.limits.max-size must be between 1 byte and 2047MB");
        }
        if (maxRedirects < 0) {
            throw new ConfigurationException("parley.outgoing.limits.max-redirects must be 0 or more");
        }
        requireNonNull(connectTimeout, "connectTimeout");
        if (connectTimeout.toMillis() < 1) {
            throw new ConfigurationException("parley.outgoing.limits.connect-timeout must be at least 1ms");
        }
        requireNonNull(timeout, "timeout");
        if (timeout.toMillis() < 1) {
            throw new ConfigurationException("parley.outgoing.limits.timeout must be at least 1ms");
        }
    }
}
