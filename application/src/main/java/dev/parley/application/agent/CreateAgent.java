package dev.parley.application.agent;

import dev.parley.application.port.Agents;
import dev.parley.application.port.Ids;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.agent.AgentId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Keeps a configuration as a new agent. Whether its model, shields and tools exist is asked when a turn starts. */
public final class CreateAgent {

    private final Agents agents;
    private final Ids ids;
    private final InstantSource clock;

    public CreateAgent(Agents agents, Ids ids, InstantSource clock) {
        this.agents = agents;
        this.ids = ids;
        this.clock = clock;
    }

    /** Blocks until the agent is stored. */
    public Agent create(Owner owner, AgentConfig config) {
        Agent agent = new Agent(
                new AgentId(ids.next().toString()), config, clock.instant().truncatedTo(ChronoUnit.MICROS));
        agents.add(owner, agent);
        return agent;
    }
}
