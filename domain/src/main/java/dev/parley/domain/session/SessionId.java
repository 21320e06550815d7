package dev.parley.domain.session;

import static java.util.Objects.requireNonNull;

/**
 * The id of a session, as clients know it.
 *
 * @param value opaque text; one that does not exist is simply not found
 */
public record SessionId(String value) {

    public SessionId {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
