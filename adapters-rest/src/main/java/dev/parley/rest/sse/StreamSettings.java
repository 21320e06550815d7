package dev.parley.rest.sse;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How streams behave.
 *
 * @param heartbeat how long a stream is silent before the reader is sent a sign of life; clients give up after 60 s
 * @param maxPending how many bytes of one stream wait for its reader before the turn does, so that many slow readers together do
 *     not use up the memory
 * @param stallTimeout how long a turn waits for a reader that takes nothing before the reader counts as gone
 */
@ConfigurationProperties("parley.http.stream")
public record StreamSettings(
        @Bindable(defaultValue = "10s") Duration heartbeat,
        @Bindable(defaultValue = "32768") int maxPending,
        @Bindable(defaultValue = "2m") Duration stallTimeout) {

    public StreamSettings {
        requireNonNull(heartbeat, "heartbeat");
        if (heartbeat.toMillis() < 1) {
            throw new IllegalArgumentException("parley.http.stream.heartbeat must be at least 1ms");
        }
        if (maxPending < 1) {
            throw new IllegalArgumentException("parley.http.stream.max-pending must be at least 1 byte");
        }
        requireNonNull(stallTimeout, "stallTimeout");
        if (stallTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("parley.http.stream.stall-timeout must be at least 1ms");
        }
    }
}
