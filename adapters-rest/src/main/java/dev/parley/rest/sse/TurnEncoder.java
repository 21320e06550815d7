package dev.parley.rest.sse;

import dev.parley.domain.turn.TurnEvent;
import dev.parley.rest.error.Problem;

/**
 * How a dialect writes one turn's events. One instance for each stream, which may count and remember; called by one thread at
 * a time. An event that the dialect has no words for writes nothing; others write whole frames.
 */
public interface TurnEncoder {

    /**
     * Writes what the dialect says of the event. Of a turn that rests because it failed, that is left to {@link #encodeFailure}, unless
     * its failure is but one more thing to tell ({@link TurnResponses#follow}).
     */
    void encode(TurnEvent event, FrameBuffer out);

    /** Writes the last word of a stream that broke off after its head was sent. */
    void encodeFailure(Problem problem, FrameBuffer out);
}
