package dev.parley.application.tool;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Tools;
import dev.parley.domain.Owner;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
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
        return within(cancellation, own -> tools.list(owner, server, own));
    }

    @Override
    public Output run(Caller caller, Origin origin, GroupCall call, Cancellation cancellation) throws ToolFailed {
        Output output = within(cancellation, own -> tools.run(caller, origin, call, own));
        return withoutLargeMetadata(call.form().name(), call.form().group(), ResultSize.limited(output, maxResultSize));
    }

    @Override
    public Output runHosted(Owner owner, HostedCall call, Progress progress, Cancellation cancellation)
            throws ToolFailed {
        Gate gate = new Gate(progress);
        try {
            return limited(call.form(), within(cancellation, own -> tools.runHosted(owner, call, gate, own)));
        } finally {
            gate.shut();
        }
    }

    private Output limited(CallForm.Hosted form, Output output) {
        return switch (form.hosted()) {
            case SHELL -> ShellSize.limited(output, maxResultSize);
            case MCP ->
                withoutLargeMetadata(
                        form.name(), form.serverLabel().orElse(""), ResultSize.limited(output, maxResultSize));
            // what they have for the client, such as an image, is what was asked for
            case FILE_SEARCH, WEB_SEARCH, CODE_INTERPRETER, IMAGE_GENERATION ->
                ResultSize.limited(output, maxResultSize);
        };
    }

    /** What a failure says is told to the model like a result, so it keeps to the same size. */
    private <T> T within(Cancellation cancellation, TimeLimit.Task<T> task) throws ToolFailed {
        return time.within(cancellation, own -> {
            try {
                return task.run(own);
            } catch (ToolFailed failed) {
                throw limited(failed);
            }
        });
    }

    private ToolFailed limited(ToolFailed failed) {
        Output told = new Output(Content.of(failed.explanation()), failed.metadata());
        Output fitting = ResultSize.limited(told, maxResultSize);
        Optional<JsonText> metadata = failed.metadata().filter(json -> !isTooLarge(json));
        if (fitting.equals(told) && metadata.equals(failed.metadata())) {
            return failed;
        }
        String text = fitting.content().text();
        return metadata.isPresent() ? new ToolFailed(text, metadata.get()) : new ToolFailed(text);
    }

    /** The client can do without it, and the store should. */
    private Output withoutLargeMetadata(String tool, String of, Output output) {
        if (output.metadata().filter(this::isTooLarge).isEmpty()) {
            return output;
        }
        LOG.warn("{}: the metadata of a result of '{}' is too large and was left out", of, tool);
        return new Output(output.content(), Optional.empty(), output.sources());
    }

    private boolean isTooLarge(JsonText json) {
        return json.text().length() > maxResultSize;
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
