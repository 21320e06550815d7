package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.ToolCall;
import java.util.List;
import java.util.Optional;

/** Has and runs the tools of groups of one kind, such as those of MCP servers. */
public interface ToolGroupProvider {

    /** What groups name it by, such as {@code model-context-protocol}. */
    String id();

    /**
     * The group that there is by this provider alone, without that anybody declares or registers it, such as {@code
     * builtin::websearch}; empty for none.
     */
    default Optional<RegisteredToolGroup> builtIn() {
        return Optional.empty();
    }

    /**
     * The tools of a group, in its own order. Blocks when they are asked for elsewhere; a list that was asked for is kept as
     * long as its server allows.
     *
     * @throws Tools.ToolFailed when the group can't say; whoever asked is told why
     */
    List<ListedTool> list(Owner owner, GroupAccess group, Cancellation cancellation) throws Tools.ToolFailed;

    /**
     * Runs one call of a tool that the group has listed and blocks until it is done.
     *
     * @param call under the tool's own name, its arguments merged with those of the group
     * @throws Tools.ToolFailed when the tool has no result; the model is told why and the turn goes on
     */
    Tools.Output run(Owner owner, GroupAccess group, ToolCall call, Cancellation cancellation) throws Tools.ToolFailed;

    /**
     * A group, and what its caller has sent to be let in.
     *
     * @param keys an object of secrets for this request alone
     */
    record GroupAccess(RegisteredToolGroup group, Optional<JsonText> keys) {
        public GroupAccess {
            requireNonNull(group, "group");
            requireNonNull(keys, "keys");
        }

        /** Without the keys. */
        @Override
        public String toString() {
            return "GroupAccess[group=%s, keys=%s]".formatted(group.id(), keys.isPresent() ? "(hidden)" : "none");
        }
    }
}
