package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import java.util.List;
import java.util.Set;

/** Runs tools of some kinds that clients of the Responses API name by their types. */
public interface HostedToolProvider {

    /** The kinds that it runs; one that this server's configuration does not provide for is not among them. */
    Set<HostedKind> kinds();

    /**
     * The tool as a model is offered it, asking nobody; empty for a server of tools, which is listed in the turn.
     *
     * @throws Refusal when what the client has declared can't be had
     */
    List<OfferedTool> offered(Owner owner, HostedTool wanted);

    /**
     * All the tools that a server of tools has. Blocks until it has answered.
     *
     * @throws Tools.ToolFailed when it can't say
     */
    List<ListedTool> list(Owner owner, Tools.Access server, Cancellation cancellation) throws Tools.ToolFailed;

    /** As {@link Tools#runHosted}. */
    Tools.Output run(Owner owner, Tools.HostedCall call, Tools.Progress progress, Cancellation cancellation)
            throws Tools.ToolFailed;
}
