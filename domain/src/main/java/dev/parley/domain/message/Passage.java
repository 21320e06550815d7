package dev.parley.domain.message;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.tool.ToolCall;
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
     */
    record Spoken(String text, Optional<JsonText> logprobs) implements Passage {
        public Spoken {
            requireNonNull(text, "text");
            requireNonNull(logprobs, "logprobs");
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
