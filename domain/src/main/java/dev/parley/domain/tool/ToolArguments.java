package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

/** The arguments of a tool call as the model wrote them, which is not always JSON. */
public sealed interface ToolArguments {

    /** A well-formed JSON object. */
    record Json(String text) implements ToolArguments {
        public Json {
            requireNonNull(text, "text");
        }
    }

    /** Anything else; the text is kept so that the model can be told what it wrote. */
    record Malformed(String text) implements ToolArguments {
        public Malformed {
            requireNonNull(text, "text");
        }
    }

    /** The text as the model wrote it. */
    String text();
}
