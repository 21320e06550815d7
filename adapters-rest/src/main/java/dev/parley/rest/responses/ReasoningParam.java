package dev.parley.rest.responses;

import dev.parley.domain.turn.ResponseTerms;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The parameter {@code reasoning}: how a model is to think, and who sees what of it (responses-api 1 and 5.4).
 *
 * @param echo the parameter as clients are told of it
 */
record ReasoningParam(Optional<String> effort, boolean summarised, boolean ofAllTurns, RawJson echo) {

    private static final SequencedSet<String> EFFORTS =
            Words.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    private static final SequencedSet<String> SUMMARIES = Words.of("auto", "concise", "detailed");
    private static final SequencedSet<String> CONTEXTS = Words.of("auto", "current_turn", "all_turns");

    static ReasoningParam read(Param in) {
        if (!in.isGiven()) {
            return of(Optional.empty(), Optional.empty(), Optional.empty());
        }
        in.at("mode").optional(mode -> mode.word(Words.of("standard", "pro")));
        Optional<String> older = in.at("generate_summary").optional(word -> word.word(SUMMARIES));
        return of(
                in.at("effort").optional(word -> word.word(EFFORTS)),
                in.at("summary").optional(word -> word.word(SUMMARIES)).or(() -> older),
                in.at("context").optional(word -> word.word(CONTEXTS)));
    }

    private static ReasoningParam of(Optional<String> effort, Optional<String> summary, Optional<String> context) {
        RawJson echo = new ObjectText()
                .stringOrNull("effort", effort)
                .stringOrNull("summary", summary)
                .end();
        return new ReasoningParam(
                effort, summary.isPresent(), context.filter("all_turns"::equals).isPresent(), echo);
    }

    ResponseTerms.Reasoning terms(Includes include) {
        return new ResponseTerms.Reasoning(summarised, include.sealedReasoning(), ofAllTurns);
    }
}
