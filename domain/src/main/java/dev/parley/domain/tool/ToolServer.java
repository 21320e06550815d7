package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A server of tools, as a client has it used. Which tools it has is only known once it has listed them.
 *
 * @param label what the client calls it
 * @param allowed those of its tools that may be used; empty for all
 * @param approval before which calls the client is asked
 * @param sealed the client's keys to it, as only this server can read them
 */
public record ToolServer(String label, Optional<ToolFilter> allowed, Approval approval, Optional<String> sealed) {

    public ToolServer {
        requireNonNull(label, "label");
        requireNonNull(allowed, "allowed");
        requireNonNull(approval, "approval");
        requireNonNull(sealed, "sealed");
    }

    /** The same with those of these names alone, as far as they may be used. */
    ToolServer only(Set<String> names) {
        ToolFilter filter = allowed.map(all -> all.only(names)).orElseGet(() -> ToolFilter.of(List.copyOf(names)));
        return new ToolServer(label, Optional.of(filter), approval, sealed);
    }

    /** Those of the tools that may be used. */
    public List<ListedTool> allowedOf(List<ListedTool> listed) {
        return listed.stream()
                .filter(tool -> allowed.map(filter -> filter.matches(tool)).orElse(true))
                .toList();
    }

    /** The tools that the server has listed, as a model is offered them. */
    public List<OfferedTool> offered(List<ListedTool> listed) {
        return allowedOf(listed).stream().map(this::offered).toList();
    }

    private OfferedTool offered(ListedTool tool) {
        return new OfferedTool(
                new ToolDefinition(
                        ModelNames.of(Optional.of(label), tool.name()),
                        tool.description(),
                        new ToolInput.Schema(tool.inputSchema()),
                        Optional.empty()),
                ToolSide.SERVER,
                new CallForm.Hosted(HostedKind.MCP, Optional.of(label), tool.name()),
                approval.isNeededFor(tool));
    }
}
