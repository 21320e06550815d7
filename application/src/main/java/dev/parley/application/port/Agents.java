package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.agent.AgentId;
import java.util.Optional;

/** The agents of each owner. Every method blocks on the store. */
public interface Agents {

    void add(Owner owner, Agent agent);

    /** The agent; empty when this owner has none of that id. */
    Optional<Agent> find(Owner owner, AgentId id);

    /** The owner's agents, oldest first; those created at the same instant by id. */
    Page<Agent> list(Owner owner, Slice slice);

    /**
     * Deletes the agent with all its sessions and their turns, at once or not at all.
     *
     * @return whether there was such an agent
     */
    boolean delete(Owner owner, AgentId id);
}
