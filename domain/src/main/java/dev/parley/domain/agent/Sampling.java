package dev.parley.domain.agent;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How tokens are chosen.
 *
 * @param maxTokens the most tokens of one answer; 0 leaves it to the provider
 * @param repetitionPenalty 1.0 is none
 * @param stop texts that end an answer; empty when none were given
 */
public record Sampling(Strategy strategy, int maxTokens, double repetitionPenalty, Optional<List<String>> stop) {

    /** Greedy, without limits. */
    public static final Sampling DEFAULT = new Sampling(new Strategy.Greedy(), 0, 1.0, Optional.empty());

    public Sampling {
        requireNonNull(strategy, "strategy");
        if (maxTokens < 0) {
            throw new IllegalArgumentException("maxTokens must not be negative: " + maxTokens);
        }
        stop = stop.map(List::copyOf);
    }

    /** The rule by which one token of the likely ones is taken. */
    public sealed interface Strategy {

        record Greedy() implements Strategy {}

        /**
         * What a client has set, and the provider's own rule for the rest.
         *
         * @param temperature 0 to 2
         * @param topP 0 to 1
         */
        record Set(Optional<Double> temperature, Optional<Double> topP) implements Strategy {
            public Set {
                requireNonNull(temperature, "temperature");
                requireNonNull(topP, "topP");
            }
        }

        /**
         * One of the likeliest tokens that together reach a share of the probability.
         *
         * @param temperature above 0
         */
        record TopP(double temperature, double topP) implements Strategy {
            public TopP {
                if (!(temperature > 0)) {
                    throw new IllegalArgumentException("temperature must be above 0: " + temperature);
                }
            }
        }

        /**
         * One of so many of the likeliest tokens.
         *
         * @param topK at least 1
         */
        record TopK(int topK) implements Strategy {
            public TopK {
                if (topK < 1) {
                    throw new IllegalArgumentException("topK must be at least 1: " + topK);
                }
            }
        }
    }

    /** The same with answers of at most so many tokens; 0 leaves it to the provider. */
    public Sampling withMaxTokens(int most) {
        return new Sampling(strategy, most, repetitionPenalty, stop);
    }
}
