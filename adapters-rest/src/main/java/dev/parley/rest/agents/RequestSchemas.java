package dev.parley.rest.agents;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What requests look like, for the OpenAPI document alone: they are read by hand, field by field. */
final class RequestSchemas {

    private RequestSchemas() {}

    @Schema(name = "CreateAgentRequest")
    record CreateAgent(
            @Schema(description = "Needs model and instructions; what else is left out has a default")
            AgentConfigJson agentConfig) {}

    @Schema(name = "CreateAgentSessionRequest")
    record CreateSession(String sessionName) {}

    @Schema(name = "CreateAgentTurnRequest")
    record CreateTurn(
            @Schema(description = "User and tool messages") List<MessageJson> messages,
            @Nullable List<DocumentJson> documents,

            @Schema(description = "Each a name, or an object with name and args; instead of the agent's own") @Nullable
            List<Object> toolgroups,

            @Nullable ToolConfigJson toolConfig,
            @Nullable Boolean stream) {}

    @Schema(name = "RegisterToolGroupRequest")
    record RegisterToolGroup(
            String toolgroupId,
            String providerId,
            ContentJson.@Nullable UrlJson mcpEndpoint,

            @Schema(description = "Arguments that every call gets, whatever the model says") @Nullable
            Map<String, Object> args) {}

    @Schema(name = "InvokeToolRequest")
    record InvokeTool(String toolName, @Nullable Map<String, Object> kwargs) {}

    @Schema(name = "ResumeAgentTurnRequest")
    record ResumeTurn(
            List<ToolResponseJson> toolResponses, @Nullable Boolean stream) {}
}
