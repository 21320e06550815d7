package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import java.util.Optional;

/**
 * What a client of the Responses API has asked for beyond what every turn needs (responses-api 1).
 *
 * @param stored whether the turn is kept
 * @param background whether the turn runs without a reader
 * @param maxToolCalls how many calls this server runs in the turn; empty for as many as there are steps
 * @param maxOutputTokens how many tokens all answers of the turn may have together; empty leaves it to the provider
 * @param truncate whether the oldest of the conversation may be left out where it is too long
 * @param compactAt the length of the conversation, in tokens, from which it is compacted
 * @param reasoning what becomes of the model's thoughts
 * @param echo an object with the parameters as they are given back, in the order in which they are
 */
public record ResponseTerms(
        boolean stored,
        boolean background,
        Optional<Integer> maxToolCalls,
        Optional<Integer> maxOutputTokens,
        boolean truncate,
        Optional<Integer> compactAt,
        Reasoning reasoning,
        JsonText echo) {

    public ResponseTerms {
        requireNonNull(maxToolCalls, "maxToolCalls");
        requireNonNull(maxOutputTokens, "maxOutputTokens");
        requireNonNull(compactAt, "compactAt");
        requireNonNull(reasoning, "reasoning");
        requireNonNull(echo, "echo");
    }

    /**
     * @param summarised whether the client is told a summary of the thoughts
     * @param sealed whether the client is given the thoughts sealed
     * @param ofAllTurns whether the model is shown what it thought in earlier turns
     */
    public record Reasoning(boolean summarised, boolean sealed, boolean ofAllTurns) {}
}
