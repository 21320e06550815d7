package dev.parley.tools.search;

import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The one tool that models are offered for searching. */
final class SearchTool {

    static final String NAME = "web_search";

    static final String DESCRIPTION =
            "Search the web for current information. Returns pages with their titles, addresses and excerpts.";

    static final JsonText SCHEMA = new JsonText(
            "{\"type\":\"object\",\"properties\":{\"query\":{\"type\":\"string\",\"description\":\"What to search"
                    + " for\"}},\"required\":[\"query\"]}");

    private static final int LONGEST = 1000;

    private SearchTool() {}

    /** @throws ToolFailed when the call asks for nothing */
    static String query(ToolCall call) throws ToolFailed {
        String query = call.arguments() instanceof ToolArguments.Json(String text)
                ? members(text).path("query").asString("").strip()
                : "";
        if (query.isEmpty()) {
            throw new ToolFailed("there is nothing to search for; call the tool with a text in 'query'");
        }
        return query.length() <= LONGEST ? query : query.substring(0, LONGEST);
    }

    /** The members of an object; none when it can't be read. */
    static JsonNode members(String json) {
        try {
            return SearchEngine.JSON.readTree(json);
        } catch (JacksonException unreadable) {
            return SearchEngine.JSON.createObjectNode();
        }
    }

    /** A text among the members of an object. */
    static Optional<String> text(JsonNode members, String name) {
        JsonNode value = members.path(name);
        return value.isString() ? Optional.of(value.stringValue()).filter(text -> !text.isBlank()) : Optional.empty();
    }
}
