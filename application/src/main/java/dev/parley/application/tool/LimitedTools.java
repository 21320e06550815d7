package dev.parley.application.tool;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.domain.Owner;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.WantedGroups;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Origin;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tools that keep to the limits of time and size, whoever provides them. */
public final class LimitedTools implements Tools {

    private static final Logger LOG = LoggerFactory.getLogger(LimitedTools.class);

    private final Tools tools;
    private final TimeLimit time;
    private final int maxResultSize;

    public LimitedTools(Tools tools, ToolLimits limits) {
        this.tools = tools;
        this.time = new TimeLimit(limits.callTimeout());
        this.maxResultSize = limits.maxResultSize();
    }

    @Override
    public List<OfferedTool> offered(Caller caller, WantedGroups groups, Cancellation cancellation) {
        return tools.offered(caller, groups, cancellation);
    }

    @Override
    public List<OfferedTool> hosted(Owner owner, List<HostedTool> wanted) {
        return tools.hosted(owner, wanted);
    }

    @Override
    public List<ListedTool> list(Owner owner, Access server, Cancellation cancellation) throws ToolFailed {
        return time.within(cancellation, own -> tools.list(owner, server, own));
    }

    @Override
    public Output run(Caller caller, Origin origin, GroupCall call, Cancellation cancellation) throws ToolFailed {
        return withoutLargeMetadata(
                call,
                ResultSize.limited(
                        time.within(cancellation, own -> tools.run(caller, origin, call, own)), maxResultSize));
    }

    @Override
    public Output runHosted(Owner owner, HostedCall call, Progress progress, Cancellation cancellation)
            throws ToolFailed {
        Gate gate = new Gate(progress);
        try {
            Output output = time.within(cancellation, own -> tools.runHosted(owner, call, gate, own));
            return call.form().hosted() == HostedKind.SHELL
                    ? ShellSize.limited(output, maxResultSize)
                    : ResultSize.limited(output, maxResultSize);
        } finally {
            gate.shut();
        }
    }

    /** The client can do without it, and the store should. */
    private Output withoutLargeMetadata(GroupCall call, Output output) {
        if (output.metadata()
                .filter(json -> json.text().length() > maxResultSize)
                .isEmpty()) {
            return output;
        }
        LOG.warn(
                "tool group {}: the metadata of a result of '{}' is too large and was left out",
                call.form().group(),
                call.form().name());
        return new Output(output.content(), Optional.empty(), output.sources());
    }

    /** Lets nothing through any more once nobody waits for the call: its thread may still run. */
    private static final class Gate implements Progress {

        private final Progress told;
        private boolean open = true;

        Gate(Progress told) {
            this.told = told;
        }

        @Override
        public synchronized void partialImage(Delta.PartialImage image) {
            if (open) {
                told.partialImage(image);
            }
        }

        synchronized void shut() {
            open = false;
        }
    }
}
