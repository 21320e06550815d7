package dev.parley.tools.mcp;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.message.JsonText;
import dev.parley.tools.mcp.wire.WireFailed;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;

/** A server of tools has not done what it was asked; the words are a clause about it, for whoever asked. */
@SuppressWarnings("serial") // never leaves the process
final class ServerFailed extends Exception {

    private static final int LONGEST_MESSAGE = 1000;

    /** What SDKs of the protocol say of a request that took too long, and of all else that has no code of its own. */
    private static final int TOOK_TOO_LONG = -32_001;

    private static final int CONNECTION_CLOSED = -32_000;

    private enum Then {
        /** The connection is as good as before. */
        KEEP,
        /** The connection is of no more use; what was asked may have been done. */
        DROP,
        /** The connection is of no more use, and nothing of what was asked was done. */
        DROP_AND_MAY_REPEAT
    }

    private final Then then;
    private final int status;
    private final JsonText error;

    private ServerFailed(String words, Then then, int status, JsonText error) {
        super(words);
        this.then = then;
        this.status = status;
        this.error = error;
    }

    static ServerFailed of(WireFailed failed) {
        Then then = switch (failed.kind()) {
            case TIMEOUT, CALLED_OFF, STATUS -> Then.KEEP;
            case BROKEN, GARBAGE -> Then.DROP;
            case GONE, UNREACHABLE -> Then.DROP_AND_MAY_REPEAT;
        };
        int status = failed.status().orElse(0);
        return new ServerFailed(
                failed.words(),
                then,
                status,
                status == 0
                        ? error(
                                "mcp_protocol_error",
                                failed.kind() == WireFailed.Kind.TIMEOUT ? TOOK_TOO_LONG : CONNECTION_CLOSED,
                                failed.words())
                        : error("http_error", status, failed.words()));
    }

    /** It has answered by the protocol, with an error. */
    static ServerFailed refusal(JSONRPCError error) {
        String message = shortened(String.valueOf(error.message()));
        int code = error.code() == null ? CONNECTION_CLOSED : error.code();
        return new ServerFailed(
                "it answered with an error: " + message, Then.KEEP, 0, error("mcp_protocol_error", code, message));
    }

    String words() {
        return requireNonNull(getMessage());
    }

    /** Whether the connection is of no more use. */
    boolean endsConnection() {
        return then != Then.KEEP;
    }

    /** Whether nothing was done of what was asked, and a new connection may help. */
    boolean mayBeRepeated() {
        return then == Then.DROP_AND_MAY_REPEAT;
    }

    /** The status of HTTP with which it has said no; 0 for none. */
    int status() {
        return status;
    }

    /** @param what could not be had of which server, such as "the MCP server 'docs' has no result" */
    ToolFailed toolFailed(String what) {
        return new ToolFailed(
                "%s: %s".formatted(what, words()), new JsonText("{\"error\":%s}".formatted(error.text())));
    }

    private static JsonText error(String type, int code, String message) {
        return new JsonText("{\"type\":\"%s\",\"code\":%d,\"message\":%s}"
                .formatted(type, code, JsonText.ofString(message).text()));
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }
}
