package dev.parley.tools.mcp.wire;

import java.util.OptionalLong;

/** A way to one server of tools and back. Blocking; used by several threads at a time. */
public interface Wire extends AutoCloseable {

    /**
     * Makes ready; called once, before all else.
     *
     * @throws WireFailed when there is no such way
     */
    void open(Receiver receiver) throws WireFailed;

    /**
     * Sends a message. What comes back is told to the receiver, by this thread before this returns or by another one later.
     *
     * @param ask is told how to give up what is under way
     * @throws WireFailed when it could not be sent, or what should have come back can't come any more
     */
    void send(Outbound message, Ask ask) throws WireFailed;

    /**
     * Both sides have agreed on what to speak.
     *
     * @param notices whether the server says that it will tell of changes, for which it has to be listened to
     */
    void agreed(String protocolVersion, boolean notices);

    /** Since when it is listened to what the server tells by itself, by {@link System#nanoTime}; empty when it is not. */
    OptionalLong listeningSince();

    /** Whether messages may still go over it, as far as is known without trying. */
    boolean isOpen();

    /** Ends everything, and waits for nothing. */
    @Override
    void close();
}
