package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.tool.ToolSide;
import java.util.List;
import java.util.Optional;

/** Something that a turn has done. A step is only made when it is complete, and never changes. */
public sealed interface Step {

    /**
     * The model answered.
     *
     * @param answer where an output shield stopped it, what its reader had been told by then
     * @param stopped what the shield objects to
     */
    record Inference(Message.Assistant answer, Optional<Usage> usage, Period period, Optional<Violation> stopped)
            implements Step {
        public Inference {
            requireNonNull(answer, "answer");
            requireNonNull(usage, "usage");
            requireNonNull(period, "period");
            requireNonNull(stopped, "stopped");
        }

        /** An answer that came to its end. */
        public static Inference whole(Message.Assistant answer, Optional<Usage> usage, Period period) {
            return new Inference(answer, usage, period, Optional.empty());
        }

        @Override
        public StepKind kind() {
            return StepKind.INFERENCE;
        }
    }

    /**
     * Tool calls were answered.
     *
     * @param side who ran the tools
     * @param calls what the model asked for; empty when a client answered calls that it read out of the model's text
     */
    record ToolExecution(ToolSide side, List<ToolCall> calls, List<ToolResponse> responses, Period period)
            implements Step {
        public ToolExecution {
            requireNonNull(side, "side");
            calls = List.copyOf(calls);
            responses = List.copyOf(responses);
            requireNonNull(period, "period");
        }

        @Override
        public StepKind kind() {
            return StepKind.TOOL_EXECUTION;
        }
    }

    /**
     * Shields looked at the conversation.
     *
     * @param violation what stops the turn; lesser violations are not kept
     */
    record ShieldCall(Touchpoint touchpoint, Optional<Violation> violation, Period period) implements Step {
        public ShieldCall {
            requireNonNull(touchpoint, "touchpoint");
            requireNonNull(violation, "violation");
            requireNonNull(period, "period");
        }

        @Override
        public StepKind kind() {
            return StepKind.SHIELD_CALL;
        }
    }

    /** Material was looked up and put before the model. */
    record MemoryRetrieval(List<String> stores, Content insertedContext, Period period) implements Step {
        public MemoryRetrieval {
            stores = List.copyOf(stores);
            requireNonNull(insertedContext, "insertedContext");
            requireNonNull(period, "period");
        }

        @Override
        public StepKind kind() {
            return StepKind.MEMORY_RETRIEVAL;
        }
    }

    /**
     * What was said so far was put into a few words, which stand for it from here on.
     *
     * @param summary empty when that could not be done; then all stays as it was
     */
    record Compaction(String summary, Optional<Usage> usage, Period period) implements Step {
        public Compaction {
            requireNonNull(summary, "summary");
            requireNonNull(usage, "usage");
            requireNonNull(period, "period");
        }

        @Override
        public StepKind kind() {
            return StepKind.COMPACTION;
        }
    }

    /**
     * An attempt at a step was lost together with the process that ran it, after its readers had been told of it. What they
     * were told counts for nothing; the step is done anew behind this one, so that no two items share a place.
     *
     * @param kind what was attempted
     */
    record Abandoned(StepKind kind, Period period) implements Step {
        public Abandoned {
            requireNonNull(kind, "kind");
            requireNonNull(period, "period");
        }
    }

    /**
     * The model's answer broke off, and the turn with it. What readers were told of it is still shown, and its tokens count; no
     * model is ever shown it, and nobody goes on after it. The last step of its turn.
     *
     * @param usage what the attempts took that came to an end; empty when that is not known
     */
    record BrokenAnswer(PartialAnswer told, Optional<Usage> usage, Period period) implements Step {
        public BrokenAnswer {
            requireNonNull(told, "told");
            requireNonNull(usage, "usage");
            requireNonNull(period, "period");
        }

        @Override
        public StepKind kind() {
            return StepKind.INFERENCE;
        }
    }

    /**
     * A server of tools was asked what it has.
     *
     * @param tools those that may be used of them
     * @param error why it could not say; then there are none
     */
    record ToolListing(String serverLabel, List<ListedTool> tools, Optional<String> error, Period period)
            implements Step {
        public ToolListing {
            requireNonNull(serverLabel, "serverLabel");
            tools = List.copyOf(tools);
            requireNonNull(error, "error");
            requireNonNull(period, "period");
        }

        @Override
        public StepKind kind() {
            return StepKind.TOOL_LISTING;
        }
    }

    Period period();

    StepKind kind();
}
