package dev.parley.inference.config;

import static java.util.Objects.requireNonNull;

/**
 * A value of the configuration.
 *
 * @param key as whoever wrote it will find it again: a dotted key or an environment variable
 */
record Given(String key, String value) {

    Given {
        requireNonNull(key, "key");
        requireNonNull(value, "value");
    }

    /** Only the key: the value may be a secret. */
    @Override
    public String toString() {
        return key;
    }
}
