package dev.parley.rest.responses;

import dev.parley.application.response.ResponseId;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.TurnId;

/** Where responses and conversations are, and their names as they stand in a path. */
final class ResponsePaths {

    static final String RESPONSES = "/v1/responses";
    static final String CONVERSATIONS = "/v1/conversations";

    /** Where clients look for the same that were told the address of the whole interface. */
    static final String OPENAI = "/v1/openai";

    private ResponsePaths() {}

    static TurnId response(String id) {
        return ResponseId.turn(id)
                .orElseThrow(() -> Refusal.of(
                        Refusal.Code.NOT_FOUND, "Response with id '%s' not found.".formatted(Query.storable(id))));
    }
}
