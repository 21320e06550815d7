package dev.parley.rest.responses;

import dev.parley.rest.sse.TurnEncoder;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes the streams of responses. */
@Singleton
final class ResponsesProjector {

    private static final long FROM_THE_START = -1;

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
        return new ResponseStream(responses, new Telling(items, Framing.EVENTS, include, obfuscation, startingAfter));
    }

    /**
     * A response as messages of a socket.
     *
     * @param streamId what the client called the lane that it belongs to
     */
    TurnEncoder forSocket(Includes include, boolean obfuscation, Optional<String> streamId) {
        return new ResponseStream(
                responses, new Telling(items, Framing.messages(streamId), include, obfuscation, FROM_THE_START));
    }
}
