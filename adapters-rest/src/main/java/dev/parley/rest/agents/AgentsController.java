package dev.parley.rest.agents;

import dev.parley.application.agent.CreateAgent;
import dev.parley.application.agent.DeleteAgent;
import dev.parley.application.agent.ReadAgents;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.Agent;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Agents (agents-api A1 to A4). */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Agents")
final class AgentsController {

    static final String V1 = "/v1/agents";
    /** Where clients of 0.3 and later look for the same. */
    static final String ALPHA = "/v1alpha/agents";

    private final CreateAgent createAgent;
    private final ReadAgents readAgents;
    private final DeleteAgent deleteAgent;

    AgentsController(CreateAgent createAgent, ReadAgents readAgents, DeleteAgent deleteAgent) {
        this.createAgent = createAgent;
        this.readAgents = readAgents;
        this.deleteAgent = deleteAgent;
    }

    /** Create an agent with a configuration. */
    @Post(uris = {V1, ALPHA})
    @RequestBody(content = @Content(schema = @Schema(implementation = RequestSchemas.CreateAgent.class)))
    Created createAgent(HttpRequest<byte[]> request) {
        Agent agent = createAgent.create(
                Owner.SOLE, AgentConfigJson.read(JsonField.body(request).at("agent_config")));
        return new Created(agent.id().value());
    }

    /** List agents, oldest first. */
    @Get(uris = {V1, ALPHA})
    ListJson<AgentJson> listAgents(
            HttpRequest<?> request,
            @Parameter(schema = @Schema(type = "integer")) @QueryValue("start_index") @Nullable String startIndex,
            @Parameter(schema = @Schema(type = "integer")) @QueryValue("limit") @Nullable String limit) {
        return ListJson.of(readAgents.list(Owner.SOLE, Slices.of(startIndex, limit)), AgentJson::of, request.getPath());
    }

    /** Get an agent. */
    @Get(uris = {V1 + "/{agentId}", ALPHA + "/{agentId}"})
    AgentJson getAgent(String agentId) {
        return AgentJson.of(readAgents.get(Owner.SOLE, PathIds.agent(agentId)));
    }

    /** Delete an agent with all its sessions and their turns. */
    @Delete(uris = {V1 + "/{agentId}", ALPHA + "/{agentId}"})
    RawJson deleteAgent(String agentId) {
        deleteAgent.delete(Owner.SOLE, PathIds.agent(agentId));
        return RawJson.NULL;
    }

    @WireRecord
    @Schema(name = "AgentCreateResponse")
    record Created(String agentId) implements WireBody {}
}
