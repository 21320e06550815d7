package dev.parley.application.response;

import dev.parley.application.port.Schemas;
import dev.parley.application.port.Shields;
import dev.parley.application.port.Tools;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.item.Item;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.Approvals;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the turn of a response is to keep to: what its client asked for, and what this server has of that. */
public final class ResponseSpecs {

    private final Tools tools;
    private final Shields shields;
    private final Schemas schemas;

    public ResponseSpecs(Tools tools, Shields shields, Schemas schemas) {
        this.tools = tools;
        this.shields = shields;
        this.schemas = schemas;
    }

    /**
     * That of a turn that is to begin. Blocks where it is looked up which tools and shields there are.
     *
     * @param before what came before, which may tell what servers of tools have
     * @param items what the turn is to be given
     * @throws Refusal when the client asks for tools, shields or a form of answer that this server does not have
     */
    TurnSpec of(Owner owner, CreateResponse.Command command, List<Item> before, List<Item> items) {
        requireServers(command.hosted(), items);
        shields.requireKnown(owner, command.spec().inputShields(), "guardrails");
        TurnSpec spec = withTools(owner, command, before, items);
        if (spec.responseFormat().orElse(null) instanceof ResponseFormat.JsonSchema format) {
            schemas.requireUsable(format.schema(), "text.format.schema");
        }
        return spec;
    }

    /** The same for what is only to be measured. */
    TurnSpec withTools(Owner owner, CreateResponse.Command command, List<Item> before, List<Item> items) {
        if (command.hosted().isEmpty()) {
            return command.spec();
        }
        TurnSpec spec = command.spec().withHosted(command.hosted());
        List<OfferedTool> all = new ArrayList<>(spec.tools());
        all.addAll(tools.hosted(owner, command.hosted()));
        TurnSpec known = spec.withTools(all).withMore(listed(command.hosted(), before, items));
        requireChosen(known);
        return known;
    }

    /** What a server has is known once it was asked. Types that can be done without may have no tool at all. */
    private static void requireChosen(TurnSpec spec) {
        if (spec.toolChoice() instanceof ToolChoice.Hosted(var kind, var label, Optional<String> name)
                && name.isPresent()
                && spec.tools().stream().anyMatch(new ToolChoice.Hosted(kind, label, Optional.empty())::means)
                && spec.tools().stream().noneMatch(new ToolChoice.Hosted(kind, label, name)::means)) {
            throw Refusal.invalid(
                            "tool_choice",
                            "Tool choice '%s' not found among the tools of the server '%s'."
                                    .formatted(name.get(), label.orElse("")))
                    .because(Refusal.Reason.INVALID_VALUE);
        }
    }

    /** What servers of tools have listed before need not be listed again. */
    private static List<OfferedTool> listed(List<HostedTool> hosted, List<Item> before, List<Item> items) {
        Map<String, Item.Listed> lists = new HashMap<>();
        Stream.concat(before.stream(), items.stream()).forEach(item -> {
            if (item instanceof Item.Listed list && list.error().isEmpty()) {
                lists.put(list.serverLabel(), list);
            }
        });
        List<OfferedTool> offered = new ArrayList<>();
        for (HostedTool tool : hosted) {
            tool.server()
                    .ifPresent(server -> Optional.ofNullable(lists.get(server.label()))
                            .ifPresent(list -> offered.addAll(server.offered(list.tools()))));
        }
        return offered;
    }

    /** The keys to a server come anew with every request, so what was agreed to can't be run without its declaration. */
    private static void requireServers(List<HostedTool> hosted, List<Item> items) {
        for (Item.Asked agreed : Approvals.given(new TurnInput.Items(items, Map.of()))) {
            if (hosted.stream().noneMatch(tool -> tool.isOf(agreed.form()))) {
                throw Refusal.invalid(
                        "tools",
                        "The approval request '%s' is for the MCP server '%s', which is not in 'tools'; declare it again."
                                .formatted(
                                        agreed.id(), agreed.form().serverLabel().orElse("")));
            }
        }
    }
}
