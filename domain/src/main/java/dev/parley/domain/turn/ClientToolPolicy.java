package dev.parley.domain.turn;

/** What a turn does when its model calls a tool that the client runs. */
public enum ClientToolPolicy {
    /** It waits, and the client's answer goes on with the same turn. */
    PAUSE,
    /** It ends with the call, and the client's answer arrives in a new turn. */
    END
}
