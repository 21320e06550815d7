package dev.parley.rest.responses;

import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.WireBody;

/** How long an input is (responses-api 6.1). */
final class InputTokensJson {

    private InputTokensJson() {}

    static WireBody of(long tokens) {
        return new ObjectText()
                .string("object", "response.input_tokens")
                .number("input_tokens", tokens)
                .end();
    }
}
