package dev.parley.tools.mcp;

import static java.util.Locale.ROOT;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers users and operators may have sent to a server of tools. */
final class Headers {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]{0,16384}");

    /** Those that are the protocol's own, or would have a proxy understand something else than we do. */
    private static final Set<String> OURS = Set.of(
            "accept",
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "last-event-id",
            "mcp-protocol-version",
            "mcp-session-id",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private Headers() {}

    /** The name of the first that can't be sent; empty when all can. */
    static Optional<String> check(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> !NAME.matcher(header.getKey()).matches()
                        || OURS.contains(header.getKey().toLowerCase(ROOT))
                        || !VALUE.matcher(header.getValue()).matches())
                .map(header -> NAME.matcher(header.getKey()).matches() ? header.getKey() : "(not a name)")
                .sorted()
                .findFirst();
    }
}
