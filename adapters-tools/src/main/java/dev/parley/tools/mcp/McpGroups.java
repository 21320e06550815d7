package dev.parley.tools.mcp;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroupProvider;
import dev.parley.application.port.Tools.Output;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.tools.outgoing.Refused;
import dev.parley.tools.outgoing.Target;
import java.util.List;
import java.util.Optional;

/** Groups of tools that a server of tools has: at the address that it was registered with, or in the configuration. */
final class McpGroups implements ToolGroupProvider {

    private final Servers servers;

    McpGroups(Servers servers) {
        this.servers = servers;
    }

    @Override
    public String id() {
        return "model-context-protocol";
    }

    @Override
    public List<ListedTool> list(Owner owner, GroupAccess group, Cancellation cancellation) throws ToolFailed {
        return servers.list(key(owner, group), shown(group), cancellation);
    }

    @Override
    public Output run(Owner owner, GroupAccess group, ToolCall call, Cancellation cancellation) throws ToolFailed {
        return servers.call(key(owner, group), shown(group), call.toolName(), call, cancellation);
    }

    private ServerKey key(Owner owner, GroupAccess access) throws ToolFailed {
        String endpoint = access.group()
                .endpoint()
                .orElseThrow(() -> new ToolFailed(
                        "the tool group '%s' has no endpoint; register it with the address of its MCP server, or the name of one in parley.mcp.servers"
                                .formatted(access.group().id())));
        Optional<ServerKey.Configured> configured = servers.configured(endpoint);
        ServerKey.Place place = configured.isPresent() ? configured.get() : named(owner, access, endpoint);
        return new ServerKey(place, Credentials.ofGroup(access.keys(), endpoint));
    }

    private static ServerKey.Named named(Owner owner, GroupAccess access, String endpoint) throws ToolFailed {
        try {
            return new ServerKey.Named(owner, Target.parse(endpoint));
        } catch (Refused refused) {
            throw new ToolFailed(
                    "the endpoint of the tool group '%s' is no address of an MCP server, and no name of one in parley.mcp.servers: %s"
                            .formatted(access.group().id(), refused.explanation()));
        }
    }

    private static String shown(GroupAccess access) {
        return "of the tool group '%s'".formatted(access.group().id());
    }
}
