package dev.parley.domain.message;

/** Why a model stopped writing. */
public enum StopReason {
    /** It has said what it wanted to say, or calls tools. */
    END_OF_TURN,
    /** It has ended a message and means to go on, or it waits for the client. */
    END_OF_MESSAGE,
    /** A limit cut it off; calls in such a message are not to be run. */
    OUT_OF_TOKENS,
    /** The provider's filter cut it off; calls in such a message are not to be run. */
    FILTERED
}
