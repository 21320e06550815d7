package dev.parley.rest.agents;

import dev.parley.domain.agent.Sampling;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How tokens are chosen (agents-api 2.4). */
@WireRecord
@Schema(name = "SamplingParams")
record SamplingJson(
        Strategy strategy,
        int maxTokens,
        double repetitionPenalty,
        @Nullable List<String> stop) {

    static Sampling read(JsonField in) {
        return new Sampling(
                in.at("strategy").optional(Strategy::read).orElse(Sampling.DEFAULT.strategy()),
                in.at("max_tokens").optional(field -> field.integer(0)).orElse(Sampling.DEFAULT.maxTokens()),
                in.at("repetition_penalty").optional(JsonField::number).orElse(Sampling.DEFAULT.repetitionPenalty()),
                in.at("stop").optional(field -> field.list(JsonField::string)));
    }

    static SamplingJson of(Sampling sampling) {
        return new SamplingJson(
                Strategy.of(sampling.strategy()),
                sampling.maxTokens(),
                sampling.repetitionPenalty(),
                sampling.stop().orElse(null));
    }

    /** One of three, told apart by {@code type}. */
    @Schema(
            name = "SamplingStrategy",
            oneOf = {Greedy.class, TopP.class, TopK.class})
    sealed interface Strategy {

        double DEFAULT_TOP_P = 0.95;

        /** What providers take when they are told nothing. */
        double DEFAULT_TEMPERATURE = 1.0;

        static Sampling.Strategy read(JsonField in) {
            String type = in.at("type").string();
            return switch (type) {
                case "greedy" -> new Sampling.Strategy.Greedy();
                case "top_p" -> topP(in);
                case "top_k" -> new Sampling.Strategy.TopK(in.at("top_k").integer(1));
                default ->
                    throw in.at("type")
                            .refuse("%s is '%s', but must be 'greedy', 'top_p' or 'top_k'"
                                    .formatted(in.at("type").name(), type));
            };
        }

        private static Sampling.Strategy topP(JsonField in) {
            JsonField temperature = in.at("temperature");
            if (!temperature.isPresent()) {
                throw temperature.refuse(
                        "%s is missing; give a number above 0, or null for 1.0".formatted(temperature.name()));
            }
            double warmth = temperature.optional(JsonField::number).orElse(DEFAULT_TEMPERATURE);
            if (warmth <= 0) {
                throw temperature.refuse("%s must be above 0; for always the likeliest token, use the strategy 'greedy'"
                        .formatted(temperature.name()));
            }
            double topP = in.at("top_p").optional(JsonField::number).orElse(DEFAULT_TOP_P);
            if (topP < 0 || topP > 1) {
                throw in.at("top_p")
                        .refuse("%s must be from 0 to 1"
                                .formatted(in.at("top_p").name()));
            }
            return new Sampling.Strategy.TopP(warmth, topP);
        }

        static Strategy of(Sampling.Strategy strategy) {
            return switch (strategy) {
                case Sampling.Strategy.Greedy() -> new Greedy("greedy");
                case Sampling.Strategy.TopP(double temperature, double topP) -> new TopP("top_p", temperature, topP);
                case Sampling.Strategy.Set(var temperature, var topP) ->
                    new TopP("top_p", temperature.orElse(DEFAULT_TEMPERATURE), topP.orElse(DEFAULT_TOP_P));
                case Sampling.Strategy.TopK(int topK) -> new TopK("top_k", topK);
            };
        }
    }

    @WireRecord
    @Schema(name = "GreedySamplingStrategy")
    record Greedy(String type) implements Strategy {}

    @WireRecord
    @Schema(name = "TopPSamplingStrategy")
    record TopP(String type, double temperature, double topP) implements Strategy {}

    @WireRecord
    @Schema(name = "TopKSamplingStrategy")
    record TopK(String type, int topK) implements Strategy {}
}
