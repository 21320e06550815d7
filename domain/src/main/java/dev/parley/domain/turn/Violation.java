package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import java.util.Optional;

/**
 * What a shield objects to.
 *
 * @param userMessage what to tell the user instead; empty or blank when the shield has no words of its own
 * @param metadata an object, for instance the categories
 */
public record Violation(Level level, Optional<String> userMessage, JsonText metadata) {

    private static final String DEFAULT_REFUSAL = "I can't help with that.";

    public Violation {
        requireNonNull(level, "level");
        requireNonNull(userMessage, "userMessage");
        requireNonNull(metadata, "metadata");
    }

    /** The words that take the place of the answer. */
    public String refusal() {
        return userMessage.filter(words -> !words.isBlank()).orElse(DEFAULT_REFUSAL);
    }

    /** Whether the turn must not go on; lesser violations are noted and passed. */
    public boolean stops() {
        return level == Level.ERROR;
    }

    public enum Level {
        INFO,
        WARN,
        ERROR
    }
}
