package dev.parley.rest.responses;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How sockets behave.
 *
 * @param timeLimit how long a client may keep one socket; a response that runs by then still comes to its end
 */
@ConfigurationProperties("parley.http.socket")
record SocketSettings(@Bindable(defaultValue = "60m") Duration timeLimit) {

    SocketSettings {
        requireNonNull(timeLimit, "timeLimit");
        if (timeLimit.toMillis() < 1) {
            throw new IllegalArgumentException("parley.http.socket.time-limit must be at least 1ms");
        }
    }
}
