package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

/**
 * The id of a turn, as clients know it.
 *
 * @param value opaque text; one that does not exist is simply not found
 */
public record TurnId(String value) {

    public TurnId {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
