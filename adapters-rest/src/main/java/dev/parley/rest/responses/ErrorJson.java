package dev.parley.rest.responses;

import dev.parley.rest.error.OpenAiError;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.Optional;

/** What clients are told of an error in an event or a message (responses-api 7 and 9.3). */
final class ErrorJson {

    private ErrorJson() {}

    static RawJson of(OpenAiError error) {
        return new ObjectText()
                .string("type", error.type().word())
                .stringOrNull("code", error.code())
                .string("message", error.message())
                .stringOrNull("param", error.param())
                .end();
    }

    /** A message that stands in the place of a response. */
    static RawJson message(OpenAiError error, Optional<String> streamId) {
        return new ObjectText()
                .string("type", "error")
                .number("status", error.status().getCode())
                .raw("error", of(error))
                .string("stream_id", streamId)
                .end();
    }
}
