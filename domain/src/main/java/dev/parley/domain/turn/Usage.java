package dev.parley.domain.turn;

/**
 * How many tokens one inference took, as the provider counted them.
 *
 * @param cachedInputTokens how many of the input tokens the provider had cached
 * @param reasoningTokens how many of the output tokens were reasoning
 */
public record Usage(long inputTokens, long cachedInputTokens, long outputTokens, long reasoningTokens) {

    public Usage {
        if (inputTokens < 0 || cachedInputTokens < 0 || outputTokens < 0 || reasoningTokens < 0) {
            throw new IllegalArgumentException("token counts must not be negative");
        }
    }
}
