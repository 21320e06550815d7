package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Refusal;
import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolChoice;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that the rules and the model need to know of a turn, settled when it starts, so that it can be continued anywhere
 * and at any time without asking its agent again.
 *
 * @param instructions empty for no system message
 * @param tools what the model is offered, in this order, each name once
 * @param retrieveFrom the stores to look material up in before the first inference; empty for none
 * @param maxInferenceSteps at least 1; holds for the whole turn, however often it is resumed
 * @param terms what only the Responses API asks for; empty for turns of the Agents API
 */
public record TurnSpec(
        String model,
        String instructions,
        Sampling sampling,
        Optional<ResponseFormat> responseFormat,
        List<OfferedTool> tools,
        ToolChoice toolChoice,
        List<String> inputShields,
        List<String> outputShields,
        List<String> retrieveFrom,
        int maxInferenceSteps,
        ClientToolPolicy clientToolPolicy,
        ModelOptions options,
        Optional<ResponseTerms> terms) {

    /**
     * Checks that the spec does not contradict itself.
     *
     * @throws Refusal when two tools share a name, or the tool choice names none of them
     */
    public TurnSpec {
        requireNonNull(model, "model");
        requireNonNull(instructions, "instructions");
        requireNonNull(sampling, "sampling");
        requireNonNull(responseFormat, "responseFormat");
        tools = List.copyOf(tools);
        requireNonNull(toolChoice, "toolChoice");
        inputShields = List.copyOf(inputShields);
        outputShields = List.copyOf(outputShields);
        retrieveFrom = List.copyOf(retrieveFrom);
        if (maxInferenceSteps < 1) {
            throw new IllegalArgumentException("maxInferenceSteps must be at least 1: " + maxInferenceSteps);
        }
        requireNonNull(clientToolPolicy, "clientToolPolicy");
        requireNonNull(options, "options");
        requireNonNull(terms, "terms");
        requireOneToolPerName(tools);
        if (terms.stream().noneMatch(TurnSpec::hasServers)) {
            requireChosenToolAmong(tools, toolChoice);
        }
    }

    /** A spec of the Agents API, which has no terms of its own. */
    public TurnSpec(
            String model,
            String instructions,
            Sampling sampling,
            Optional<ResponseFormat> responseFormat,
            List<OfferedTool> tools,
            ToolChoice toolChoice,
            List<String> inputShields,
            List<String> outputShields,
            List<String> retrieveFrom,
            int maxInferenceSteps,
            ClientToolPolicy clientToolPolicy) {
        this(
                model,
                instructions,
                sampling,
                responseFormat,
                tools,
                toolChoice,
                inputShields,
                outputShields,
                retrieveFrom,
                maxInferenceSteps,
                clientToolPolicy,
                ModelOptions.NONE,
                Optional.empty());
    }

    /**
     * The same with these tools.
     *
     * @throws Refusal when two of them share a name, or the tool choice names none of them
     */
    public TurnSpec withTools(List<OfferedTool> others) {
        return with(others, terms);
    }

    /** The same with these tools for this server to run. */
    public TurnSpec withHosted(List<HostedTool> hosted) {
        return with(tools, terms.map(asked -> asked.withHosted(hosted)));
    }

    /** The same with more tools, but for those whose names are taken. */
    public TurnSpec withMore(List<OfferedTool> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, OfferedTool> all = new LinkedHashMap<>();
        tools.forEach(tool -> all.put(tool.name(), tool));
        more.forEach(tool -> all.putIfAbsent(tool.name(), tool));
        return withTools(List.copyOf(all.values()));
    }

    /** The same with the tools that servers have listed in the steps. */
    public TurnSpec after(List<Step> steps) {
        TurnSpec grown = this;
        for (Step step : steps) {
            if (step instanceof Step.ToolListing listing) {
                grown = grown.withMore(terms.flatMap(asked -> asked.server(listing.serverLabel()))
                        .flatMap(HostedTool::server)
                        .map(server -> server.offered(listing.tools()))
                        .orElse(List.of()));
            }
        }
        return grown;
    }

    private TurnSpec with(List<OfferedTool> others, Optional<ResponseTerms> otherTerms) {
        return new TurnSpec(
                model,
                instructions,
                sampling,
                responseFormat,
                others,
                toolChoice,
                inputShields,
                outputShields,
                retrieveFrom,
                maxInferenceSteps,
                clientToolPolicy,
                options,
                otherTerms);
    }

    /** The tool of this name that the model was offered; empty when it made the name up. */
    public Optional<OfferedTool> tool(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /** Those of the tools that the model is offered where it has this choice. */
    public List<OfferedTool> offered(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.None _ -> List.of();
            case ToolChoice.Hosted hosted -> {
                List<OfferedTool> meant = tools.stream().filter(hosted::means).toList();
                yield meant.isEmpty() ? tools : meant;
            }
            case ToolChoice.Auto _, ToolChoice.Required _, ToolChoice.Named _ -> tools;
        };
    }

    /** The same choice among what is then offered, in names that the model knows. */
    public ToolChoice inNamesOfTheModel(ToolChoice choice) {
        if (choice instanceof ToolChoice.Hosted hosted) {
            List<OfferedTool> meant = tools.stream().filter(hosted::means).toList();
            return switch (meant.size()) {
                case 0 -> new ToolChoice.Auto();
                case 1 -> new ToolChoice.Named(meant.getFirst().name());
                default -> new ToolChoice.Required();
            };
        }
        return choice;
    }

    /** What such servers have is not known yet, so any name may be one of theirs. */
    private static boolean hasServers(ResponseTerms terms) {
        return terms.hosted().stream().anyMatch(tool -> tool.server().isPresent());
    }

    private static void requireOneToolPerName(List<OfferedTool> tools) {
        Set<String> names = new HashSet<>();
        for (OfferedTool tool : tools) {
            if (!names.add(tool.name())) {
                throw Refusal.invalid(
                                "tools",
                                "Two tools are called '%s'; give each tool its own name".formatted(tool.name()))
                        .because(Refusal.Reason.INVALID_VALUE);
            }
        }
    }

    private static void requireChosenToolAmong(List<OfferedTool> tools, ToolChoice choice) {
        if (choice instanceof ToolChoice.Named(String name)
                && tools.stream().noneMatch(tool -> tool.name().equals(name))) {
            throw Refusal.invalid(
                            "tool_choice",
                            "tool_choice names the tool '%s', which is not among the tools of this turn: %s"
                                    .formatted(
                                            name,
                                            tools.stream()
                                                    .map(OfferedTool::name)
                                                    .toList()))
                    .because(Refusal.Reason.INVALID_VALUE);
        }
    }
}
