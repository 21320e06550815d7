package dev.parley.tools.mcp.wire;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A message for a server of tools.
 *
 * @param requestId its id, if it is one that is answered
 * @param protocolVersion what both sides have agreed to speak, once they have
 * @param json the whole of it
 */
@SuppressWarnings("ArrayRecordComponent") // lent for one message, never compared
public record Outbound(Optional<String> requestId, Optional<String> protocolVersion, byte[] json) {
    public Outbound {
        requireNonNull(requestId, "requestId");
        requireNonNull(protocolVersion, "protocolVersion");
        requireNonNull(json, "json");
    }
}
