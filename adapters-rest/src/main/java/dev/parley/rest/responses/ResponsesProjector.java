package dev.parley.rest.responses;

import dev.parley.rest.sse.TurnEncoder;
import jakarta.inject.Singleton;

/** Makes the streams of responses. */
@Singleton
final class ResponsesProjector {

    private final ItemJson items;
    private final ResponseJson responses;

    ResponsesProjector(ItemJson items, ResponseJson responses) {
        this.items = items;
        this.responses = responses;
    }

    /**
     * A stream for one reader.
     *
     * @param obfuscation whether the lengths of texts are hidden from whoever sees the bytes pass
     * @param startingAfter the number of the last event that the reader has had; negative when it has had none
     */
    TurnEncoder forStream(Includes include, boolean obfuscation, long startingAfter) {
        return new ResponseStream(responses, new Telling(items, include, obfuscation, startingAfter));
    }
}
