package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.turn.Origin;
import java.util.List;
import java.util.Optional;

/** The tools that this server runs itself. */
public interface Tools {

    /** A server without tools of its own. */
    Tools NONE = new Tools() {
        @Override
        public List<OfferedTool> offered(Owner owner, List<ToolGroup> groups) {
            if (groups.isEmpty()) {
                return List.of();
            }
            throw Refusal.invalid(
                    "toolgroups",
                    "This server has no tool groups, so %s can't be used; declare tools that the client runs as client_tools"
                            .formatted(groups.stream().map(ToolGroup::name).toList()));
        }

        @Override
        public List<OfferedTool> hosted(Owner owner, List<HostedTool> wanted) {
            for (HostedTool tool : wanted) {
                switch (tool.kind()) {
                    case WEB_SEARCH, CODE_INTERPRETER -> {
                        // some clients ask for them in every request and do well without
                    }
                    case FILE_SEARCH, MCP ->
                        throw Refusal.of(
                                        Refusal.Code.INVALID,
                                        "This server has no tools of the type '%s'; remove it from tools, or use function tools that you run yourself"
                                                .formatted(tool.type()),
                                        tool.field())
                                .because(Refusal.Reason.UNSUPPORTED_VALUE);
                }
            }
            return List.of();
        }

        @Override
        public Output run(Owner owner, Origin origin, ToolCall call, Cancellation cancellation) throws ToolFailed {
            throw new ToolFailed("this server has no tools of its own");
        }
    };

    /**
     * The tools of the groups, in their order. May block when a group's tools are asked for elsewhere.
     *
     * @throws Refusal when a group, or the one tool of it that is named, does not exist
     */
    List<OfferedTool> offered(Owner owner, List<ToolGroup> groups);

    /**
     * The tools that clients of the Responses API name by their types, in their order; those that are not to be had and can
     * be done without are left out. May block when a tool's server is asked for its tools.
     *
     * @throws Refusal when a tool can't be had
     */
    List<OfferedTool> hosted(Owner owner, List<HostedTool> wanted);

    /**
     * Runs one call and blocks until it is done.
     *
     * @throws ToolFailed when the tool has no result; the model is told why and the turn goes on
     */
    Output run(Owner owner, Origin origin, ToolCall call, Cancellation cancellation) throws ToolFailed;

    /**
     * A tool as a client of the Responses API declares it.
     *
     * @param type the client's own word for it
     * @param field where in the request it stands
     * @param declaration the whole of it, an object
     */
    record HostedTool(HostedKind kind, String type, String field, JsonText declaration) {
        public HostedTool {
            requireNonNull(kind, "kind");
            requireNonNull(type, "type");
            requireNonNull(field, "field");
            requireNonNull(declaration, "declaration");
        }
    }

    /** @param metadata an object for the client; the model never sees it */
    record Output(Content content, Optional<JsonText> metadata) {
        public Output {
            requireNonNull(content, "content");
            requireNonNull(metadata, "metadata");
        }
    }

    /** A tool had no result; the message is for the model. */
    @SuppressWarnings("serial") // never leaves the process
    final class ToolFailed extends Exception {
        public ToolFailed(String message) {
            super(message);
        }

        /** What the model is told. */
        public String explanation() {
            return requireNonNull(getMessage());
        }
    }
}
