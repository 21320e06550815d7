package dev.parley.application.agent;

import dev.parley.application.port.Agents;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentId;

/** Deletes an agent with all that hangs on it. */
public final class DeleteAgent {

    private final Agents agents;

    public DeleteAgent(Agents agents) {
        this.agents = agents;
    }

    /** @throws Refusal when the owner has no such agent */
    public void delete(Owner owner, AgentId id) {
        if (!agents.delete(owner, id)) {
            throw Refusal.notFound("Agent", id.value());
        }
    }
}
