package dev.parley.tools.mcp.wire;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.OptionalInt;

/** A message did not get to a server of tools, or nothing that can be used came back; the text is for whoever asked. */
@SuppressWarnings("serial") // never leaves the process
public final class WireFailed extends IOException {

    /** What has become of the message, and of the way. */
    public enum Kind {
        /** There is no way to the server: nothing has reached it. */
        UNREACHABLE,
        /** The server has forgotten us, or is gone: nothing was done, and a new connection may help. */
        GONE,
        /** The way broke off while the server may have been at work. */
        BROKEN,
        /** The server has said with a status of HTTP that it won't. */
        STATUS,
        /** What came is not what the protocol says, or too much. */
        GARBAGE,
        /** It took too long. */
        TIMEOUT,
        /** Whoever asked does not want to know any more. */
        CALLED_OFF
    }

    private final Kind kind;
    private final int status;

    private WireFailed(Kind kind, String words, int status) {
        super(words);
        this.kind = requireNonNull(kind, "kind");
        this.status = status;
    }

    public static WireFailed of(Kind kind, String words) {
        return new WireFailed(kind, words, 0);
    }

    /** The server has answered with a status that says no. */
    public static WireFailed status(int status) {
        return new WireFailed(Kind.STATUS, "it answered with status " + status, status);
    }

    public Kind kind() {
        return kind;
    }

    /** The status of HTTP, where that is what failed. */
    public OptionalInt status() {
        return kind == Kind.STATUS ? OptionalInt.of(status) : OptionalInt.empty();
    }

    /** A clause about the server, such as "it did not answer in time". */
    public String words() {
        return requireNonNull(getMessage());
    }
}
