package dev.parley.application.port;

import dev.parley.domain.Refusal;

/**
 * Hands requests that are written in a provider's own words on to the provider of their model, and its answer back as it
 * comes. Nothing is kept of either. But for the name of the model, a request goes out as it came in; of its headers none
 * does.
 */
public interface ChatProxy {

    /** What is asked for, below the provider's address. */
    enum Endpoint {
        CHAT_COMPLETIONS,
        EMBEDDINGS,
        MODERATIONS
    }

    /**
     * Hands a request on and blocks until its answer has been handed back. The receiver is told on the calling thread.
     *
     * @param body a JSON object in UTF-8 that names its model as clients do
     * @param cancellation when requested, the connection to the provider is closed at once and this method throws soon
     * @throws Refusal when the body is no such object; nothing was sent
     * @throws BrokenOff when there is no answer, or it breaks in the middle. Unless the receiver was told of its head,
     *     nothing of it was: a provider's refusals come this way, in words for the client
     */
    void forward(Endpoint endpoint, byte[] body, Receiver receiver, Cancellation cancellation) throws BrokenOff;

    /** Hears of an answer while it comes. May block when whoever reads it is slow. */
    interface Receiver {

        /** Told once, before anything else. */
        void head(int status, String contentType);

        /** All that is at hand just now, which should go out. The bytes are lent for the time of the call. */
        void bytes(byte[] buffer, int offset, int length);
    }
}
