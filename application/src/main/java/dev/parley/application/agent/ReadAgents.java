package dev.parley.application.agent;

import dev.parley.application.port.Agents;
import dev.parley.application.port.Page;
import dev.parley.application.port.Slice;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.agent.AgentId;

/** Reads agents back. */
public final class ReadAgents {

    private final Agents agents;

    public ReadAgents(Agents agents) {
        this.agents = agents;
    }

    /** @throws Refusal when the owner has no such agent */
    public Agent get(Owner owner, AgentId id) {
        return agents.find(owner, id).orElseThrow(() -> Refusal.notFound("Agent", id.value()));
    }

    /** The owner's agents, oldest first. */
    public Page<Agent> list(Owner owner, Slice slice) {
        return agents.list(owner, slice);
    }
}
