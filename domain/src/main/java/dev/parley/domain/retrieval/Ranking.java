package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

/**
 * How a search puts what it finds in order.
 *
 * @param scoreThreshold what is found with a lower score is left out, from 0 to 1
 */
public record Ranking(Mode mode, double scoreThreshold) {

    /** By meaning, whatever the score. */
    public static final Ranking DEFAULT = new Ranking(new Mode.Meaning(), 0);

    /** By what a chunk is held to fit a query. */
    public sealed interface Mode {

        /** By the distance of vectors. */
        record Meaning() implements Mode {}

        /** By the words that they share. */
        record Words() implements Mode {}

        /**
         * By both, see {@link Fusion}.
         *
         * @param meaningWeight how much the distance counts
         * @param wordsWeight how much the words count; the two are not both 0
         */
        record Both(double meaningWeight, double wordsWeight) implements Mode {

            public static final Both EVENLY = new Both(1, 1);

            public Both {
                if (!(meaningWeight >= 0 && wordsWeight >= 0 && meaningWeight + wordsWeight > 0)
                        || Double.isInfinite(meaningWeight + wordsWeight)) {
                    throw new IllegalArgumentException(
                            "weights are not negative, and not both 0: %s, %s".formatted(meaningWeight, wordsWeight));
                }
            }
        }
    }

    public Ranking {
        requireNonNull(mode, "mode");
        if (!(scoreThreshold >= 0 && scoreThreshold <= 1)) {
            throw new IllegalArgumentException("a threshold is from 0 to 1: " + scoreThreshold);
        }
    }
}
