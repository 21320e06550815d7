package dev.parley.domain.turn;

import java.util.Optional;

/**
 * How many tokens one inference took, as the provider counted them, or as was estimated where it did not.
 *
 * @param cachedInputTokens how many of the input tokens the provider had cached
 * @param reasoningTokens how many of the output tokens were reasoning
 */
public record Usage(long inputTokens, long cachedInputTokens, long outputTokens, long reasoningTokens) {

    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage {
        if (inputTokens < 0 || cachedInputTokens < 0 || outputTokens < 0 || reasoningTokens < 0) {
            throw new IllegalArgumentException("token counts must not be negative");
        }
    }

    /** What both took together, as far as it is known. */
    public static Optional<Usage> sum(Optional<Usage> one, Optional<Usage> other) {
        return one.isPresent() ? Optional.of(one.get().plus(other.orElse(NONE))) : other;
    }

    /** What both took together. */
    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                cachedInputTokens + other.cachedInputTokens,
                outputTokens + other.outputTokens,
                reasoningTokens + other.reasoningTokens);
    }
}
