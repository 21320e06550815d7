package dev.parley.rest.responses;

import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.agent.Sampling;
import java.util.Optional;
import java.util.SequencedSet;

/** The parameters that go on to the model's provider as they are (responses-api 1). */
record OptionParams(Sampling.Strategy strategy, ModelOptions model) {

    private static final int LONGEST_NAME = 64;
    private static final SequencedSet<String> TIERS =
            Words.of("auto", "default", "flex", "scale", "priority", "fast", "ultrafast");

    static OptionParams read(Param in, TextParam text, ReasoningParam reasoning, Includes include) {
        in.at("prompt_cache_retention").optional(word -> word.word(Words.of("in_memory", "in-memory", "24h")));
        in.at("prompt_cache_options").optional(OptionParams::checkCache);
        return new OptionParams(
                new Sampling.Strategy.Set(
                        in.at("temperature").optional(heat -> heat.number(0, 2)),
                        in.at("top_p").optional(share -> share.number(0, 1))),
                new ModelOptions(
                        reasoning.effort(),
                        text.verbosity(),
                        in.at("parallel_tool_calls").optional(Param::bool),
                        in.at("presence_penalty").optional(penalty -> penalty.number(-2, 2)),
                        in.at("frequency_penalty").optional(penalty -> penalty.number(-2, 2)),
                        topLogprobs(in.at("top_logprobs"), include),
                        in.at("user").optional(Param::string),
                        in.at("safety_identifier").optional(OptionParams::name),
                        in.at("prompt_cache_key").optional(OptionParams::name),
                        in.at("service_tier").optional(word -> word.word(TIERS))));
    }

    private static String name(Param in) {
        return in.string(LONGEST_NAME);
    }

    private static String checkCache(Param in) {
        in.at("ttl").optional(Param::string);
        return in.at("mode")
                .optional(word -> word.word(Words.of("implicit", "explicit")))
                .orElse("implicit");
    }

    /** None of them are asked for unless somebody wants to see some. */
    private static Optional<Integer> topLogprobs(Param in, Includes include) {
        int most = in.optional(count -> count.integer(0, 20)).orElse(0);
        return most > 0 || include.logprobs() ? Optional.of(most) : Optional.empty();
    }
}
