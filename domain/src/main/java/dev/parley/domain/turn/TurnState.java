package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolCall;
import java.util.List;

/**
 * Where a turn is. Every state but {@link Queued} and {@link Running} is a rest: nothing happens until somebody asks for
 * it.
 */
public sealed interface TurnState {

    /** The turn waits to be run by whoever has the time; its client does not wait for it. */
    record Queued() implements TurnState {}

    /** There is work to do; {@link Turn#next()} says which. */
    record Running() implements TurnState {}

    /**
     * The client has to run tools and answer.
     *
     * @param output what the client is told: the model's words and the calls that are the client's
     */
    record AwaitingInput(Message.Assistant output) implements TurnState {
        public AwaitingInput {
            requireNonNull(output, "output");
            if (output.toolCalls().isEmpty()) {
                throw new IllegalArgumentException("a turn that awaits input must have calls to be answered");
            }
        }

        public List<ToolCall> pending() {
            return output.toolCalls();
        }
    }

    /**
     * The turn has its answer.
     *
     * @param output its last message; with calls in it when a limit ended the turn before they were run, or when calls for
     *     the client end it ({@link ClientToolPolicy#END})
     */
    record Completed(Message.Assistant output) implements TurnState {
        public Completed {
            requireNonNull(output, "output");
        }
    }

    /** The turn broke; the steps that it had are kept. */
    record Failed(Failure failure) implements TurnState {
        public Failed {
            requireNonNull(failure, "failure");
        }
    }

    /** The client left or called it off; the steps that it had are kept. */
    record Cancelled() implements TurnState {}
}
