package dev.parley.tools.mcp;

import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.message.JsonText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The headers that users have sent to be let in by a server of tools. Nothing of their values is ever said. */
final class Credentials {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String AUTHORIZATION = "Authorization";
    private static final String HEADERS = "headers";

    private Credentials() {}

    /**
     * Of a tool of the Responses API: {@code authorization}, a token, and {@code headers}.
     *
     * @throws ToolFailed when they can't be sent
     */
    static Map<String, String> ofTool(Optional<JsonText> keys) throws ToolFailed {
        Map<String, String> headers = new LinkedHashMap<>();
        JsonNode given = read(keys);
        put(headers, given.path(HEADERS));
        JsonNode token = given.path("authorization");
        if (token.isString()) {
            String text = token.stringValue();
            headers.keySet().removeIf(AUTHORIZATION::equalsIgnoreCase);
            headers.put(AUTHORIZATION, text.indexOf(' ') < 0 ? "Bearer " + text : text);
        }
        return checked(headers);
    }

    /**
     * Of a tool group (agents-api 1.4): {@code mcp_headers}, by the address of a server, an object or a list of lines.
     *
     * @throws ToolFailed when they can't be sent
     */
    static Map<String, String> ofGroup(Optional<JsonText> keys, String endpoint) throws ToolFailed {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> server : read(keys).path("mcp_headers").properties()) {
            if (same(server.getKey(), endpoint)) {
                put(headers, server.getValue());
            }
        }
        return checked(headers);
    }

    private static JsonNode read(Optional<JsonText> keys) {
        try {
            return JSON.readTree(keys.map(JsonText::text).orElse("{}"));
        } catch (JacksonException unreadable) {
            return JSON.createObjectNode();
        }
    }

    private static void put(Map<String, String> headers, JsonNode given) throws ToolFailed {
        for (Map.Entry<String, JsonNode> header : given.properties()) {
            if (!header.getValue().isValueNode()) {
                throw new ToolFailed(
                        "the header '%s' for the MCP server is not a text".formatted(shown(header.getKey())));
            }
            headers.put(header.getKey(), header.getValue().asString());
        }
        if (given.isArray()) {
            for (JsonNode line : given) {
                String text = line.isString() ? line.stringValue() : "";
                int colon = text.indexOf(':');
                if (colon < 1) {
                    throw new ToolFailed("the headers for the MCP server have a line that is no 'Name: value'");
                }
                headers.put(
                        text.substring(0, colon).strip(),
                        text.substring(colon + 1).strip());
            }
        }
    }

    private static Map<String, String> checked(Map<String, String> headers) throws ToolFailed {
        Optional<String> wrong = Headers.check(headers);
        if (wrong.isPresent()) {
            throw new ToolFailed("the header '%s' can't be sent to the MCP server".formatted(shown(wrong.get())));
        }
        return headers;
    }

    private static String shown(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }

    /** Whatever the case of the host, and a slash at the end. */
    private static boolean same(String one, String other) {
        return canonical(one).equals(canonical(other));
    }

    private static String canonical(String address) {
        try {
            URI uri = new URI(address.strip());
            if (uri.getScheme() != null && uri.getRawAuthority() != null) {
                String path = uri.getRawPath() == null ? "" : uri.getRawPath();
                return (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT)
                        + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
            }
        } catch (URISyntaxException _) {
            // the name of a configured server
        }
        return address.strip();
    }
}
