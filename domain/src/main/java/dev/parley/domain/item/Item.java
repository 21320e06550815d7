package dev.parley.domain.item;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import java.util.List;
import java.util.Optional;

/** One thing that was said, thought, asked for or answered (responses-api 3). Items never change. */
public sealed interface Item {

    /**
     * A message.
     *
     * @param phase the client's or model's own word for what part of an answer it is
     */
    record Said(ItemId id, Role role, List<ItemPart> parts, ItemStatus status, Optional<String> phase) implements Item {
        public Said {
            requireNonNull(id, "id");
            requireNonNull(role, "role");
            parts = List.copyOf(parts);
            requireNonNull(status, "status");
            requireNonNull(phase, "phase");
        }
    }

    /**
     * What a model thought.
     *
     * @param summary texts for people; often none
     * @param content the thoughts themselves; none where the provider or the client keeps them sealed
     * @param sealed the thoughts as only this server can read them
     */
    record Thought(ItemId id, List<String> summary, List<String> content, Optional<String> sealed) implements Item {
        public Thought {
            requireNonNull(id, "id");
            summary = List.copyOf(summary);
            content = List.copyOf(content);
            requireNonNull(sealed, "sealed");
        }
    }

    /**
     * A call for the client, or of the shell that this server runs.
     *
     * @param call as the model made it: with the name and arguments of the function that it was offered, whatever the form
     */
    record Called(ItemId id, CallForm form, ToolCall call, ItemStatus status) implements Item {
        public Called {
            requireNonNull(id, "id");
            requireNonNull(form, "form");
            requireNonNull(call, "call");
            requireNonNull(status, "status");
        }
    }

    /** The client's answer to a call, or what a call of this server's shell has come to. */
    record Answered(ItemId id, CallKind kind, String callId, CallOutput output, ItemStatus status) implements Item {
        public Answered {
            requireNonNull(id, "id");
            requireNonNull(kind, "kind");
            requireNonNull(callId, "callId");
            requireNonNull(output, "output");
            requireNonNull(status, "status");
        }
    }

    /**
     * A call that this server ran, unless it was of a shell: that is called and answered.
     *
     * @param response empty while it runs
     * @param approvedBy what the client was asked before, and agreed to
     */
    record Hosted(
            ItemId id,
            CallForm.Hosted form,
            ToolCall call,
            Optional<ToolResponse> response,
            ItemStatus status,
            Optional<ItemId> approvedBy)
            implements Item {
        public Hosted {
            requireNonNull(id, "id");
            requireNonNull(form, "form");
            requireNonNull(call, "call");
            requireNonNull(response, "response");
            requireNonNull(status, "status");
            requireNonNull(approvedBy, "approvedBy");
            if (form.hosted() == HostedKind.SHELL) {
                throw new IllegalArgumentException("a call of a shell is two items: " + id);
            }
        }

        /** A call that the client was not asked about. */
        public static Hosted unasked(
                ItemId id, CallForm.Hosted form, ToolCall call, Optional<ToolResponse> response, ItemStatus status) {
            return new Hosted(id, form, call, response, status, Optional.empty());
        }
    }

    /**
     * The tools that a server has said it has.
     *
     * @param error why it could not say; then there are none
     */
    record Listed(ItemId id, String serverLabel, List<ListedTool> tools, Optional<String> error) implements Item {
        public Listed {
            requireNonNull(id, "id");
            requireNonNull(serverLabel, "serverLabel");
            tools = List.copyOf(tools);
            requireNonNull(error, "error");
        }
    }

    /** A call that this server will not run before the client has agreed to it. */
    record Asked(ItemId id, CallForm.Hosted form, ToolCall call) implements Item {
        public Asked {
            requireNonNull(id, "id");
            requireNonNull(form, "form");
            requireNonNull(call, "call");
        }
    }

    /**
     * What a client says to a call that it was asked about.
     *
     * @param requestId the item that asked
     * @param request what is now to be done or not done, as it was asked; empty when that is over and done with
     */
    record Decided(ItemId id, ItemId requestId, boolean approved, Optional<String> reason, Optional<Asked> request)
            implements Item {
        public Decided {
            requireNonNull(id, "id");
            requireNonNull(requestId, "requestId");
            requireNonNull(reason, "reason");
            requireNonNull(request, "request");
        }
    }

    /**
     * What stands for all that came before it.
     *
     * @param sealed what clients are given of it, which only this server can read
     * @param summary what the model is shown
     */
    record Compacted(ItemId id, String sealed, String summary) implements Item {
        public Compacted {
            requireNonNull(id, "id");
            requireNonNull(sealed, "sealed");
            requireNonNull(summary, "summary");
        }
    }

    /** Asks for all that came before it to be compacted; it is the last of what its turn is given. */
    record CompactionTrigger(ItemId id) implements Item {
        public CompactionTrigger {
            requireNonNull(id, "id");
        }
    }

    /**
     * An item that is kept and given back as it is, and that no model is shown.
     *
     * @param json the whole item, its id included
     */
    record Opaque(ItemId id, String type, JsonText json) implements Item {
        public Opaque {
            requireNonNull(id, "id");
            requireNonNull(type, "type");
            requireNonNull(json, "json");
        }
    }

    ItemId id();

    /** Whether it takes the place of all that came before it: no model is shown that any more, and nothing answers to it. */
    default boolean standsForAllBefore() {
        return this instanceof Compacted compacted && !compacted.summary().isEmpty();
    }
}
