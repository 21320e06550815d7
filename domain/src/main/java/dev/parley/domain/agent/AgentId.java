package dev.parley.domain.agent;

import static java.util.Objects.requireNonNull;

/**
 * The id of an agent, as clients know it.
 *
 * @param value opaque text; one that does not exist is simply not found
 */
public record AgentId(String value) {

    public AgentId {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
