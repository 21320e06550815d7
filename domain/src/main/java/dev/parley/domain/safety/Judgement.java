package dev.parley.domain.safety;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.turn.Violation;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a shield says.
 *
 * @param violation what it objects to; empty when it does not
 * @param scores how sure it is of which harm, from 0 to 1; those that it does not speak of are absent
 */
public record Judgement(Optional<Violation> violation, Map<Harm, Double> scores) {

    public static final Judgement FINE = new Judgement(Optional.empty(), Map.of());

    public Judgement {
        requireNonNull(violation, "violation");
        scores = scores.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(scores));
        scores.values().forEach(score -> {
            if (!(score >= 0 && score <= 1)) {
                throw new IllegalArgumentException("a score is between 0 and 1, not " + score);
            }
        });
    }

    /** Whether it objects. */
    public boolean objects() {
        return violation.isPresent();
    }
}
