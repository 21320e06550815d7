package dev.parley.persistence;

import static java.util.Objects.requireNonNull;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.Optional;

/**
 * Which database to use ({@code parley.database.*}).
 *
 * @param url its address, as {@link DatabaseAddress#parse} reads it
 * @param user wins over one in the address
 * @param password wins over one in the address
 * @param poolSize the most connections of this process; a few are enough, since each is held for one statement at a time. Only
 *     writing a document to a store and passing through a large one take longer, and those leave a quarter of them
 * @param connectionTimeout how long a request waits for a connection before it is refused: long enough for a database to
 *     restart, short enough for a client to wait
 */
@ConfigurationProperties("parley.database")
record DatabaseConfiguration(
        Optional<String> url,
        Optional<String> user,
        Optional<String> password,
        @Bindable(defaultValue = "16") int poolSize,
        @Bindable(defaultValue = "5s") Duration connectionTimeout) {

    DatabaseConfiguration {
        requireNonNull(url, "url");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        if (poolSize < 1) {
            throw new ConfigurationException("parley.database.pool-size must be at least 1, and is " + poolSize);
        }
        if (connectionTimeout.toMillis() < 250) {
            throw new ConfigurationException(
                    "parley.database.connection-timeout must be at least 250ms, and is " + connectionTimeout);
        }
    }

    /** @throws ConfigurationException when the URL can't be used */
    DatabaseAddress address() {
        return DatabaseAddress.parse(url.orElse(""))
                .withLogin(user.filter(text -> !text.isBlank()), password.filter(text -> !text.isEmpty()));
    }

    @Override
    public String toString() {
        return "parley.database";
    }
}
