package dev.parley.domain.session;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.agent.AgentId;
import java.time.Instant;

/** A line of turns with one agent. Its turns are kept apart from it, so that it can be named without reading them. */
public record Session(SessionId id, AgentId agentId, String name, Instant startedAt) {

    public Session {
        requireNonNull(id, "id");
        requireNonNull(agentId, "agentId");
        requireNonNull(name, "name");
        requireNonNull(startedAt, "startedAt");
    }
}
