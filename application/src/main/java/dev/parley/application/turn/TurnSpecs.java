package dev.parley.application.turn;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Shields;
import dev.parley.application.port.Tools;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentConfig;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.retrieval.ContextStores;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.tool.ToolSide;
import dev.parley.domain.tool.WantedGroups;
import dev.parley.domain.turn.ClientToolPolicy;
import dev.parley.domain.turn.TurnSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Settles what a turn needs to know, from its agent and its request, and finds out what of it does not exist. */
public final class TurnSpecs {

    private final Tools tools;
    private final Shields shields;

    public TurnSpecs(Tools tools, Shields shields) {
        this.tools = tools;
        this.shields = shields;
    }

    /**
     * Blocks when a group's tools are asked for elsewhere.
     *
     * @throws Refusal when the turn asks for tools, shields or a form of answer that this server does not have
     */
    TurnSpec forAgent(
            Caller caller,
            AgentConfig config,
            List<ToolGroup> turnsOwnGroups,
            Optional<ToolChoice> turnsOwnChoice,
            Cancellation cancellation) {
        if (config.responseFormat()
                .filter(ResponseFormat.Grammar.class::isInstance)
                .isPresent()) {
            throw Refusal.of(
                    Refusal.Code.UNSUPPORTED,
                    "response_format 'grammar' is not supported; use 'json_schema'",
                    "agent_config.response_format");
        }
        shields.requireKnown(caller.owner(), config.inputShields(), "agent_config.input_shields");
        shields.requireKnown(caller.owner(), config.outputShields(), "agent_config.output_shields");
        List<OfferedTool> offered = new ArrayList<>();
        config.clientTools().forEach(tool -> offered.add(new OfferedTool(tool, ToolSide.CLIENT)));
        offered.addAll(tools.offered(caller, new WantedGroups(config.toolGroups(), turnsOwnGroups), cancellation));
        return new TurnSpec(
                config.model(),
                config.instructions(),
                config.sampling(),
                config.responseFormat(),
                offered,
                turnsOwnChoice.orElse(config.toolConfig().toolChoice()),
                config.inputShields(),
                config.outputShields(),
                ContextStores.of(config.toolGroups(), turnsOwnGroups),
                config.maxInferenceSteps(),
                ClientToolPolicy.PAUSE);
    }
}
