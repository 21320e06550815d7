package dev.parley.domain.message;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.tool.ToolCall;
import java.util.List;
import java.util.Optional;

/** A stretch of a model's answer. An answer is a row of them, in the order in which they came. */
public sealed interface Passage {

    /** What the model thought. */
    record Thought(String text) implements Passage {
        public Thought {
            requireNonNull(text, "text");
        }
    }

    /**
     * What the model said.
     *
     * @param logprobs an array with the tokens and their probabilities, in the words of OpenAI; empty when nobody asked
     * @param citations where it says that it has something from, in the order of their places
     */
    record Spoken(String text, Optional<JsonText> logprobs, List<Citation> citations) implements Passage {
        public Spoken {
            requireNonNull(text, "text");
            requireNonNull(logprobs, "logprobs");
            citations = List.copyOf(citations);
        }

        public Spoken(String text, Optional<JsonText> logprobs) {
            this(text, logprobs, List.of());
        }

        public static Spoken of(String text) {
            return new Spoken(text, Optional.empty());
        }
    }

    /** What the model said instead of an answer, where the provider tells the two apart. */
    record Refused(String text) implements Passage {
        public Refused {
            requireNonNull(text, "text");
        }
    }

    /** The model called a tool. */
    record Called(ToolCall call) implements Passage {
        public Called {
            requireNonNull(call, "call");
        }
    }
}
