package dev.parley.application.tool;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What tools may take up.
 *
 * @param callTimeout how long one call may run, and a server of tools take to say what it has
 * @param maxResultSize how many bytes of one result a model is given
 * @param maxCallsPerTurn how many calls this server answers in a turn
 * @param maxParallelCalls how many calls of one message run at the same time
 */
public record ToolLimits(Duration callTimeout, int maxResultSize, int maxCallsPerTurn, int maxParallelCalls) {

    public ToolLimits {
        requireNonNull(callTimeout, "callTimeout");
        if (!callTimeout.isPositive()) {
            throw new IllegalArgumentException("the time for a call must be positive: " + callTimeout);
        }
        requirePositive(maxResultSize, "maxResultSize");
        requirePositive(maxCallsPerTurn, "maxCallsPerTurn");
        requirePositive(maxParallelCalls, "maxParallelCalls");
    }

    private static void requirePositive(int number, String name) {
        if (number < 1) {
            throw new IllegalArgumentException("%s must be at least 1: %d".formatted(name, number));
        }
    }
}
