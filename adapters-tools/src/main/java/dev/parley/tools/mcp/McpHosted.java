package dev.parley.tools.mcp;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.Tools;
import dev.parley.application.port.Tools.Output;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.tools.outgoing.Outgoing;
import dev.parley.tools.outgoing.Refused;
import dev.parley.tools.outgoing.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Servers of tools that clients of the Responses API declare: by an address, or as a connector by a configured name. */
final class McpHosted implements HostedToolProvider {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SERVER_URL = "server_url";
    private static final String CONNECTOR = "connector_id";

    private final Servers servers;
    private final Supplier<Outgoing> guarded;

    McpHosted(Servers servers, Supplier<Outgoing> guarded) {
        this.servers = servers;
        this.guarded = guarded;
    }

    @Override
    public Set<HostedKind> kinds() {
        return Set.of(HostedKind.MCP);
    }

    /** Only looks whether there can be such a server; it is listed in the turn. */
    @Override
    public List<OfferedTool> offered(Owner owner, HostedTool wanted) {
        if (place(owner, wanted) instanceof ServerKey.Named named) {
            try {
                guarded.get().precheck(named.target());
            } catch (Refused refused) {
                throw refusal(wanted, SERVER_URL, refused.explanation());
            }
        }
        return List.of();
    }

    @Override
    public List<ListedTool> list(Owner owner, Tools.Access server, Cancellation cancellation) throws ToolFailed {
        return servers.list(key(owner, server), shown(server), cancellation);
    }

    @Override
    public Output run(Owner owner, Tools.HostedCall call, Tools.Progress progress, Cancellation cancellation)
            throws ToolFailed {
        Tools.Access server = call.access();
        return servers.call(key(owner, server), shown(server), call.form().name(), call.call(), cancellation);
    }

    private ServerKey key(Owner owner, Tools.Access server) throws ToolFailed {
        try {
            return new ServerKey(place(owner, server.tool()), Credentials.ofTool(server.keys()));
        } catch (Refusal refusal) {
            throw new ToolFailed(refusal.explanation()); // the configuration has changed since it was offered
        }
    }

    /** @throws Refusal when there is no such server */
    private ServerKey.Place place(Owner owner, HostedTool wanted) {
        Optional<String> url = text(wanted, SERVER_URL);
        Optional<String> connector = text(wanted, CONNECTOR);
        if (url.isPresent() && connector.isPresent()) {
            throw refusal(wanted, CONNECTOR, "give either server_url or connector_id")
                    .because(Refusal.Reason.MUTUALLY_EXCLUSIVE);
        }
        if (url.isPresent()) {
            try {
                return new ServerKey.Named(owner, Target.parse(url.get()));
            } catch (Refused refused) {
                throw refusal(wanted, SERVER_URL, refused.explanation());
            }
        }
        if (connector.isPresent()) {
            return servers.configured(connector.get())
                    .orElseThrow(() -> refusal(
                            wanted,
                            CONNECTOR,
                            "this server has no connector '%s'; give the server_url of an MCP server"
                                    .formatted(ServerFailed.shortened(connector.get()))));
        }
        throw refusal(
                wanted,
                text(wanted, "tunnel_id").isPresent() ? "tunnel_id" : SERVER_URL,
                "this server has no tunnels; give the server_url of an MCP server");
    }

    private static Refusal refusal(HostedTool wanted, String member, String why) {
        String field = wanted.field() + '.' + member;
        return Refusal.of(Refusal.Code.INVALID, "Invalid '%s': %s.".formatted(field, why), field)
                .because(Refusal.Reason.UNSUPPORTED_VALUE);
    }

    private static Optional<String> text(HostedTool wanted, String member) {
        JsonText declaration = wanted.declaration();
        try {
            JsonNode value = JSON.readTree(declaration.text()).path(member);
            return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    private static String shown(Tools.Access server) {
        return '\'' + server.tool().label().orElse("") + '\'';
    }
}
