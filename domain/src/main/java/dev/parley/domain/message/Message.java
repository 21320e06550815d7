package dev.parley.domain.message;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.tool.ToolCall;
import java.util.ArrayList;
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
     * @param passages the answer in its order, with neighbours of one kind joined and no empty texts
     */
    record Assistant(List<Passage> passages, StopReason stopReason) implements Message {
        public Assistant {
            passages = List.copyOf(passages);
            requireNonNull(stopReason, "stopReason");
            requireOneCallPerId(passages);
        }

        /**
         * An answer in the usual order: what was thought, what was said, what is to be done.
         *
         * @param text empty when it only calls tools
         * @param reasoning what the model thought before, where the provider tells; empty text is none
         * @param toolCalls each with an id of its own: whoever reads a model that repeats one has to give out another
         */
        public Assistant(String text, Optional<String> reasoning, List<ToolCall> toolCalls, StopReason stopReason) {
            this(inUsualOrder(text, reasoning, toolCalls), stopReason);
        }

        public static Assistant of(String text) {
            return new Assistant(text, Optional.empty(), List.of(), StopReason.END_OF_TURN);
        }

        /** All that was said, refusals included; empty when it only calls tools. */
        public String text() {
            StringBuilder text = new StringBuilder();
            for (Passage passage : passages) {
                switch (passage) {
                    case Passage.Spoken spoken -> text.append(spoken.text());
                    case Passage.Refused refused -> text.append(refused.text());
                    case Passage.Thought _, Passage.Called _ -> {}
                }
            }
            return text.toString();
        }

        /** All that was thought; empty where the provider does not tell. */
        public Optional<String> reasoning() {
            return passages.stream()
                    .filter(Passage.Thought.class::isInstance)
                    .map(thought -> ((Passage.Thought) thought).text())
                    .reduce(String::concat);
        }

        public List<ToolCall> toolCalls() {
            return passages.stream()
                    .filter(Passage.Called.class::isInstance)
                    .map(called -> ((Passage.Called) called).call())
                    .toList();
        }

        /** The same message for later turns, which are not shown what the model thought. */
        public Assistant withoutReasoning() {
            List<Passage> kept = passages.stream()
                    .filter(passage -> !(passage instanceof Passage.Thought))
                    .toList();
            return kept.size() == passages.size() ? this : new Assistant(kept, stopReason);
        }

        /** The same message, ended for another reason. */
        public Assistant endedBy(StopReason reason) {
            return new Assistant(passages, reason);
        }

        /** The same message with these of its calls only. */
        public Assistant callingOnly(List<ToolCall> calls) {
            List<Passage> kept = passages.stream()
                    .filter(passage -> !(passage instanceof Passage.Called(ToolCall call)) || calls.contains(call))
                    .toList();
            return new Assistant(kept, stopReason);
        }

        private static List<Passage> inUsualOrder(String text, Optional<String> reasoning, List<ToolCall> toolCalls) {
            List<Passage> passages = new ArrayList<>();
            reasoning
                    .filter(thought -> !thought.isEmpty())
                    .ifPresent(thought -> passages.add(new Passage.Thought(thought)));
            if (!text.isEmpty()) {
                passages.add(Passage.Spoken.of(text));
            }
            toolCalls.forEach(call -> passages.add(new Passage.Called(call)));
            return passages;
        }

        private static void requireOneCallPerId(List<Passage> passages) {
            Set<String> callIds = new HashSet<>();
            for (Passage passage : passages) {
                if (passage instanceof Passage.Called(ToolCall call) && !callIds.add(call.callId())) {
                    throw new IllegalArgumentException(
                            "two calls of one message have the id '%s'".formatted(call.callId()));
                }
            }
        }
    }
}
