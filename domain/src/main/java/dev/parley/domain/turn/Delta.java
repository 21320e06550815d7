package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ToolCall;

/**
 * A piece of a step that is under way. Pieces of different tool calls do not interleave: a call is opened, grows and is
 * closed before the next one opens.
 */
public sealed interface Delta {

    record Text(String text) implements Delta {
        public Text {
            requireNonNull(text, "text");
        }
    }

    /** Text with an array of its tokens and their probabilities, for a client that has asked for them. */
    record ScoredText(String text, JsonText logprobs) implements Delta {
        public ScoredText {
            requireNonNull(text, "text");
            requireNonNull(logprobs, "logprobs");
        }
    }

    /** What was said up to here comes from somewhere. */
    record Cited(Citation citation) implements Delta {
        public Cited {
            requireNonNull(citation, "citation");
        }
    }

    /** What the model says instead of an answer, where the provider tells the two apart. */
    record Refused(String text) implements Delta {
        public Refused {
            requireNonNull(text, "text");
        }
    }

    record Reasoning(String text) implements Delta {
        public Reasoning {
            requireNonNull(text, "text");
        }
    }

    record CallOpened(String callId, String toolName) implements Delta {
        public CallOpened {
            requireNonNull(callId, "callId");
            requireNonNull(toolName, "toolName");
        }
    }

    /** More of the open call's arguments. */
    record CallArguments(String fragment) implements Delta {
        public CallArguments {
            requireNonNull(fragment, "fragment");
        }
    }

    record CallClosed(ToolCall call) implements Delta {
        public CallClosed {
            requireNonNull(call, "call");
        }
    }

    /** A tool execution step has begun to run the call. */
    record CallRunning(ToolCall call) implements Delta {
        public CallRunning {
            requireNonNull(call, "call");
        }
    }

    /**
     * What the image that the running call makes looks like so far; each takes the place of the one before.
     *
     * @param base64 the bytes of the image
     * @param traits an object for the client, with what the tool says of the image
     */
    record PartialImage(String base64, JsonText traits) implements Delta {
        public PartialImage {
            requireNonNull(base64, "base64");
            requireNonNull(traits, "traits");
        }
    }
}
