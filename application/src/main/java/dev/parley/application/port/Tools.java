package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ShellOutput;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.WantedGroups;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Origin;
import java.util.List;
import java.util.Optional;

/** The tools that this server runs itself. */
public interface Tools {

    /**
     * A server without tools of its own. What clients declare in every request, whether they need it or not, is left out; a tool
     * that a user has asked for on purpose is refused, because an answer without it would look like one with it: stores, servers
     * of tools, and a shell in a container, for which there is a shell that the client runs.
     */
    Tools NONE = new Tools() {
        @Override
        public List<OfferedTool> offered(Caller caller, WantedGroups groups, Cancellation cancellation) {
            if (groups.names().isEmpty()) {
                return List.of();
            }
            throw Refusal.invalid(
                    "toolgroups",
                    "This server has no tool groups, so %s can't be used; declare tools that the client runs as client_tools"
                            .formatted(groups.names()));
        }

        @Override
        public List<OfferedTool> hosted(Owner owner, List<HostedTool> wanted) {
            for (HostedTool tool : wanted) {
                switch (tool.kind()) {
                    case WEB_SEARCH, CODE_INTERPRETER, IMAGE_GENERATION -> {
                        // some clients ask for them in every request and do well without
                    }
                    case FILE_SEARCH, MCP ->
                        throw Refusal.of(
                                        Refusal.Code.INVALID,
                                        "This server has no tools of the type '%s'; remove it from tools, or use function tools that you run yourself"
                                                .formatted(tool.type()),
                                        tool.field())
                                .because(Refusal.Reason.UNSUPPORTED_VALUE);
                    case SHELL ->
                        // no client asks for it unless its user wants it, and there is a shell that can be had
                        throw Refusal.of(
                                        Refusal.Code.INVALID,
                                        "This server has no containers to run a shell in; give the tool the"
                                                + " environment {\"type\":\"local\"} and run the commands yourself, or"
                                                + " remove it from tools",
                                        tool.field())
                                .because(Refusal.Reason.UNSUPPORTED_VALUE);
                }
            }
            return List.of();
        }

        @Override
        public List<ListedTool> list(Owner owner, Access server, Cancellation cancellation) throws ToolFailed {
            throw new ToolFailed("this server reaches no servers of tools");
        }

        @Override
        public Output run(Caller caller, Origin origin, GroupCall call, Cancellation cancellation) throws ToolFailed {
            throw new ToolFailed("this server has no tools of its own");
        }

        @Override
        public Output runHosted(Owner owner, HostedCall call, Progress progress, Cancellation cancellation)
                throws ToolFailed {
            throw new ToolFailed("this server has no tools of its own");
        }
    };

    /**
     * The tools of the groups, in their order, each with what its calls are to be run with. May block when a group's tools are
     * asked for elsewhere.
     *
     * @throws Refusal when a group, or the one tool of it that is named, does not exist or can't be had, or two groups have
     *     tools of one name
     */
    List<OfferedTool> offered(Caller caller, WantedGroups groups, Cancellation cancellation);

    /**
     * The tools that clients of the Responses API name by their types, in their order; those that are not to be had and can
     * be done without are left out, and so is what servers of tools have, which is listed in the turn. A tool that runs
     * programs says in its form where it does. A shell is offered as {@link Shell#function the function}
     * that all models know it by. Nothing of a turn has happened yet: no server of tools is asked anything.
     *
     * @throws Refusal when a tool, or any server of tools, can't be had
     */
    List<OfferedTool> hosted(Owner owner, List<HostedTool> wanted);

    /**
     * All the tools that a server of tools has, those included that the client does not allow. Blocks until it has answered.
     *
     * @throws ToolFailed when it can't say; the client is told why
     */
    List<ListedTool> list(Owner owner, Access server, Cancellation cancellation) throws ToolFailed;

    /**
     * Runs one call of a tool that was {@link #offered} and blocks until it is done.
     *
     * @throws ToolFailed when the tool has no result; the model is told why and the turn goes on
     */
    Output run(Caller caller, Origin origin, GroupCall call, Cancellation cancellation) throws ToolFailed;

    /**
     * Runs one call of a tool that was {@link #hosted}, or is one that a server of tools has listed, and blocks until it is
     * done.
     *
     * @param progress is told what there is before that, by one thread at a time and no longer than the call runs
     * @throws ToolFailed when the tool has no result; the model is told why and the turn goes on
     */
    Output runHosted(Owner owner, HostedCall call, Progress progress, Cancellation cancellation) throws ToolFailed;

    /** What a call has made before it is done, for the client alone. */
    @FunctionalInterface
    interface Progress {

        /** Only for as many images as the client's declaration asks for. */
        void partialImage(Delta.PartialImage image);
    }

    /**
     * A tool as a client of the Responses API has declared it, and the keys that it needs.
     *
     * @param keys an object with the secrets that were left out of the declaration: {@code authorization}, a text, and
     *     {@code headers}, an object of texts
     */
    record Access(HostedTool tool, Optional<JsonText> keys) {
        public Access {
            requireNonNull(tool, "tool");
            requireNonNull(keys, "keys");
        }

        /** Without the keys. */
        @Override
        public String toString() {
            return "Access[tool=%s, keys=%s]".formatted(tool, keys.isPresent() ? "(hidden)" : "none");
        }
    }

    /**
     * A call of a tool of a group.
     *
     * @param form with the group, the name that the tool has in it, and what the turn gives to its calls
     * @param offered what the model was told of the tool
     * @param call as the model made it
     */
    record GroupCall(CallForm.Grouped form, ToolDefinition offered, ToolCall call) {
        public GroupCall {
            requireNonNull(form, "form");
            requireNonNull(offered, "offered");
            requireNonNull(call, "call");
        }
    }

    /**
     * A call of such a tool.
     *
     * @param form with the name that the tool has on its server, or that says where a program is to run
     */
    record HostedCall(Access access, CallForm.Hosted form, ToolCall call) {
        public HostedCall {
            requireNonNull(access, "access");
            requireNonNull(form, "form");
            requireNonNull(call, "call");
        }
    }

    /**
     * What a tool has brought.
     *
     * @param content for the model. What a shell brings is the content of a {@link ShellOutput}, which the
     *     client reads, too; that a command fails is what it has come to, and no failure of the tool
     * @param metadata an object for the client; the model never sees it. An image that was made is its {@code result}, in base64:
     *     the content tells of it in words
     * @param sources what an answer can cite; the model is shown them, numbered, behind the content, which need not repeat them
     */
    record Output(Content content, Optional<JsonText> metadata, List<Source> sources) {
        public Output {
            requireNonNull(content, "content");
            requireNonNull(metadata, "metadata");
            sources = List.copyOf(sources);
        }

        public Output(Content content, Optional<JsonText> metadata) {
            this(content, metadata, List.of());
        }
    }

    /** A tool had no result; the message is for the model. */
    @SuppressWarnings("serial") // never leaves the process
    final class ToolFailed extends Exception {

        private final Optional<JsonText> metadata;

        public ToolFailed(String message) {
            super(message);
            metadata = Optional.empty();
        }

        /** @param metadata an object for the client, such as the {@code error} of a server of tools */
        public ToolFailed(String message, JsonText metadata) {
            super(message);
            this.metadata = Optional.of(metadata);
        }

        /** What the model is told. */
        public String explanation() {
            return requireNonNull(getMessage());
        }

        /** What the client is told beside it. */
        public Optional<JsonText> metadata() {
            return metadata;
        }
    }
}
