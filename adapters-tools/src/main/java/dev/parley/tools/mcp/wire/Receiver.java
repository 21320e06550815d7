package dev.parley.tools.mcp.wire;

import java.util.Optional;

/** Whoever is told what comes over a wire. Called by any thread, by several at a time. */
public interface Receiver {

    /**
     * A message has come.
     *
     * @return the id of the request that it answers, if it is an answer
     * @throws WireFailed when it is no message
     */
    Optional<String> received(String json) throws WireFailed;

    /** A request will not be answered any more. */
    void unanswered(String requestId, WireFailed why);

    /** The wire is at its end: nothing that is still waited for will come. */
    void ended(WireFailed why);

    /** Notices may have been missed. */
    void missedNotices();
}
