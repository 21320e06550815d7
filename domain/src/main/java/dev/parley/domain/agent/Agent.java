package dev.parley.domain.agent;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A configuration under an id; it never changes after it was created. */
public record Agent(AgentId id, AgentConfig config, Instant createdAt) {

    public Agent {
        requireNonNull(id, "id");
        requireNonNull(config, "config");
        requireNonNull(createdAt, "createdAt");
    }
}
