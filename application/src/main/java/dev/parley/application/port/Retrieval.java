package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.message.Content;
import dev.parley.domain.turn.Failure;
import java.util.List;

/** Looks material up that fits a question. */
public interface Retrieval {

    /** A server without stores to look into. */
    Retrieval NONE = (owner, stores, question, cancellation) -> {
        throw new BrokenOff(Failure.Code.RETRIEVAL_FAILED, "this server has no stores to retrieve from");
    };

    /**
     * What the stores hold for what was said; blocks until it is found. Empty content when they hold nothing.
     *
     * @throws BrokenOff when a store does not exist or does not answer
     */
    Content retrieve(Owner owner, List<String> stores, String question, Cancellation cancellation) throws BrokenOff;
}
