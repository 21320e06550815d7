package dev.parley.application.testing;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.Tools;
import dev.parley.domain.Owner;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import java.util.List;
import java.util.Set;

/** Runs tools of some kinds as they were scripted. */
public record ScriptedHostedTools(Set<HostedKind> kinds, ScriptedTools script) implements HostedToolProvider {

    @Override
    public List<OfferedTool> offered(Owner owner, HostedTool wanted) {
        return script.hosted(owner, List.of(wanted));
    }

    @Override
    public List<ListedTool> list(Owner owner, Tools.Access server, Cancellation cancellation) throws Tools.ToolFailed {
        return script.list(owner, server, cancellation);
    }

    @Override
    public Tools.Output run(Owner owner, Tools.HostedCall call, Tools.Progress progress, Cancellation cancellation)
            throws Tools.ToolFailed {
        return script.runHosted(owner, call, progress, cancellation);
    }
}
