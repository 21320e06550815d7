package dev.parley.rest.agents;

import dev.parley.domain.agent.Agent;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;

/** An agent (agents-api 2.6). */
@WireRecord
@Schema(name = "Agent")
record AgentJson(String agentId, AgentConfigJson agentConfig, String createdAt) implements WireBody {

    static AgentJson of(Agent agent) {
        return new AgentJson(
                agent.id().value(), AgentConfigJson.of(agent.config()), Timestamps.text(agent.createdAt()));
    }
}
