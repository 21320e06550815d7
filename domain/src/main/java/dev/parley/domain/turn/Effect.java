package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import java.util.List;

/** What must happen to a turn now. */
public sealed interface Effect {

    /** Something to be done, whose outcome is folded in by {@link Turn#observe}. */
    sealed interface Work extends Effect {}

    record CheckShields(Touchpoint touchpoint, List<String> shields) implements Work {
        public CheckShields {
            requireNonNull(touchpoint, "touchpoint");
            shields = List.copyOf(shields);
        }
    }

    record Retrieve(List<String> stores) implements Work {
        public Retrieve {
            stores = List.copyOf(stores);
        }
    }

    /** A server of tools is to be asked what it has. */
    record ListTools(String serverLabel) implements Work {
        public ListTools {
            requireNonNull(serverLabel, "serverLabel");
        }
    }

    record Infer(ToolChoice toolChoice) implements Work {
        public Infer {
            requireNonNull(toolChoice, "toolChoice");
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
    }

    /** What was said so far is to be put into a few words. */
    record Compact() implements Work {}

    /** Nothing, until somebody observes something new. */
    record Rest() implements Effect {}
}
