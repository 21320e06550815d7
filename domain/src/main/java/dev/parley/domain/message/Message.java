package dev.parley.domain.message;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.tool.ToolCall;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One message of a conversation with a model. */
public sealed interface Message {

    /** What a client may start a turn with. */
    sealed interface Input extends Message {
        Content content();
    }

    @SuppressWarnings("AvoidCommonTypeNames") // it is only ever written Message.System
    record System(String text) implements Message {
        public System {
            requireNonNull(text, "text");
        }
    }

    /**
     * What a person said.
     *
     * @param context further material for this turn only; later turns do not see it
     */
    record User(Content content, Optional<Content> context) implements Input {
        public User {
            requireNonNull(content, "content");
            requireNonNull(context, "context");
        }

        public static User of(String text) {
            return new User(Content.of(text), Optional.empty());
        }
    }

    /** The answer to one tool call. */
    record Tool(String callId, Content content) implements Input {
        public Tool {
            requireNonNull(callId, "callId");
            requireNonNull(content, "content");
        }
    }

    /**
     * What a model answered.
     *
     * @param text empty when it only calls tools
     * @param reasoning what the model thought before, where the provider tells
     * @param toolCalls each with an id of its own: whoever reads a model that repeats one has to give out another
     */
    record Assistant(String text, Optional<String> reasoning, List<ToolCall> toolCalls, StopReason stopReason)
            implements Message {
        public Assistant {
            requireNonNull(text, "text");
            requireNonNull(reasoning, "reasoning");
            toolCalls = List.copyOf(toolCalls);
            requireNonNull(stopReason, "stopReason");
            requireOneCallPerId(toolCalls);
        }

        public static Assistant of(String text) {
            return new Assistant(text, Optional.empty(), List.of(), StopReason.END_OF_TURN);
        }

        /** The same message for later turns, which are not shown what the model thought. */
        public Assistant withoutReasoning() {
            return reasoning.isEmpty() ? this : new Assistant(text, Optional.empty(), toolCalls, stopReason);
        }

        private static void requireOneCallPerId(List<ToolCall> calls) {
            Set<String> callIds = new HashSet<>();
            for (ToolCall call : calls) {
                if (!callIds.add(call.callId())) {
                    throw new IllegalArgumentException(
                            "two calls of one message have the id '%s'".formatted(call.callId()));
                }
            }
        }
    }
}
