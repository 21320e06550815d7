package dev.parley.domain.agent;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What else a client may ask of a model, each thing only where it is given: providers differ in what of it they know, and
 * those that do not know a wish are not told of it (responses-api 10.1).
 *
 * @param reasoningEffort from {@code none} to {@code max}
 * @param verbosity {@code low}, {@code medium} or {@code high}
 * @param parallelToolCalls whether one message may call several tools
 * @param topLogprobs how many likely tokens to tell beside each; 0 tells the tokens alone
 * @param user the client's name for whoever asks
 */
public record ModelOptions(
        Optional<String> reasoningEffort,
        Optional<String> verbosity,
        Optional<Boolean> parallelToolCalls,
        Optional<Double> presencePenalty,
        Optional<Double> frequencyPenalty,
        Optional<Integer> topLogprobs,
        Optional<String> user,
        Optional<String> safetyIdentifier,
        Optional<String> promptCacheKey,
        Optional<String> serviceTier) {

    /** Nothing beyond the usual. */
    public static final ModelOptions NONE = new ModelOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public ModelOptions {
        requireNonNull(reasoningEffort, "reasoningEffort");
        requireNonNull(verbosity, "verbosity");
        requireNonNull(parallelToolCalls, "parallelToolCalls");
        requireNonNull(presencePenalty, "presencePenalty");
        requireNonNull(frequencyPenalty, "frequencyPenalty");
        requireNonNull(topLogprobs, "topLogprobs");
        requireNonNull(user, "user");
        requireNonNull(safetyIdentifier, "safetyIdentifier");
        requireNonNull(promptCacheKey, "promptCacheKey");
        requireNonNull(serviceTier, "serviceTier");
    }
}
