package dev.parley.domain.turn;

import dev.parley.domain.agent.Sampling;
import java.util.List;
import java.util.Optional;

/** How many tokens the answers of a turn may have together, where its client has set a limit (responses-api 1). */
final class TokenBudget {

    private final TurnSpec spec;
    private final List<Step> steps;

    TokenBudget(TurnSpec spec, List<Step> steps) {
        this.spec = spec;
        this.steps = steps;
    }

    boolean isSpent() {
        return left().filter(tokens -> tokens <= 0).isPresent();
    }

    /** How the next answer is to be sampled: with what earlier ones have left of the limit. */
    Sampling sampling() {
        return left().map(tokens -> spec.sampling().withMaxTokens((int) Math.max(1, tokens)))
                .orElse(spec.sampling());
    }

    private Optional<Long> left() {
        return spec.terms().flatMap(ResponseTerms::maxOutputTokens).map(limit -> limit - used());
    }

    private long used() {
        return steps.stream()
                .filter(Step.Inference.class::isInstance)
                .flatMap(step -> ((Step.Inference) step).usage().stream())
                .mapToLong(Usage::outputTokens)
                .sum();
    }
}
