package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import java.util.Optional;
import java.util.Set;

/**
 * A tool that this server is to run, as a client of the Responses API declares it.
 *
 * @param type the client's own word for it
 * @param field where in the request it stands
 * @param declaration the whole of it but for secrets, an object
 * @param server for a server of tools, how it is used
 */
public record HostedTool(
        HostedKind kind, String type, String field, JsonText declaration, Optional<ToolServer> server) {

    public HostedTool {
        requireNonNull(kind, "kind");
        requireNonNull(type, "type");
        requireNonNull(field, "field");
        requireNonNull(declaration, "declaration");
        requireNonNull(server, "server");
    }

    /** A tool that is no server of tools. */
    public HostedTool(HostedKind kind, String type, String field, JsonText declaration) {
        this(kind, type, field, declaration, Optional.empty());
    }

    /** The same, where it is a server of tools with those of these names alone, as far as it was declared with them. */
    public HostedTool only(Set<String> names) {
        return new HostedTool(kind, type, field, declaration, server.map(all -> all.only(names)));
    }

    /** What the client calls it, if it is a server of tools. */
    public Optional<String> label() {
        return server.map(ToolServer::label);
    }

    /** Whether a call is one of this tool, or of this server's tools. */
    public boolean isOf(CallForm.Hosted form) {
        return kind == form.hosted() && label().equals(form.serverLabel());
    }
}
