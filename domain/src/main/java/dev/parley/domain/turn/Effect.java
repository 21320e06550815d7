package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import java.util.List;
import java.util.Optional;

/** What must happen to a turn now. */
public sealed interface Effect {

    /** Something to be done, whose outcome is folded in by {@link Turn#observe}. */
    sealed interface Work extends Effect {

        /** The kind of step that comes of it. */
        StepKind kind();
    }

    /**
     * Shields are to say whether the turn may go on.
     *
     * @param found what they have said already, while the answer came
     */
    record CheckShields(Touchpoint touchpoint, List<String> shields, Optional<Violation> found) implements Work {
        public CheckShields {
            requireNonNull(touchpoint, "touchpoint");
            shields = List.copyOf(shields);
            requireNonNull(found, "found");
        }

        public CheckShields(Touchpoint touchpoint, List<String> shields) {
            this(touchpoint, shields, Optional.empty());
        }

        @Override
        public StepKind kind() {
            return StepKind.SHIELD_CALL;
        }
    }

    record Retrieve(List<String> stores) implements Work {
        public Retrieve {
            stores = List.copyOf(stores);
        }

        @Override
        public StepKind kind() {
            return StepKind.MEMORY_RETRIEVAL;
        }
    }

    /** A server of tools is to be asked what it has. */
    record ListTools(String serverLabel) implements Work {
        public ListTools {
            requireNonNull(serverLabel, "serverLabel");
        }

        @Override
        public StepKind kind() {
            return StepKind.TOOL_LISTING;
        }
    }

    record Infer(ToolChoice toolChoice) implements Work {
        public Infer {
            requireNonNull(toolChoice, "toolChoice");
        }

        @Override
        public StepKind kind() {
            return StepKind.INFERENCE;
        }
    }

    /**
     * Calls are to be answered, the first of them first.
     *
     * @param calls those of the last message that this server has to answer and has not, in the model's order; before the
     *     first message those that the client has agreed to
     */
    record RunTools(List<ToolCall> calls) implements Work {
        public RunTools {
            calls = List.copyOf(calls);
        }

        @Override
        public StepKind kind() {
            return StepKind.TOOL_EXECUTION;
        }
    }

    /** What was said so far is to be put into a few words. */
    record Compact() implements Work {
        @Override
        public StepKind kind() {
            return StepKind.COMPACTION;
        }
    }

    /** Nothing, until somebody observes something new. */
    record Rest() implements Effect {}
}
