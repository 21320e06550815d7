package dev.parley.tools.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.parley.tools.outgoing.Target;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a search engine is asked, and where in its answer the pages are. */
sealed interface SearchEngine {

    JsonMapper JSON = JsonMapper.builder().build();

    /** One request. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
    record Asked(String method, Target target, Map<String, String> headers, Optional<byte[]> body) {
        public Asked {
            requireNonNull(method, "method");
            requireNonNull(target, "target");
            headers = Map.copyOf(headers);
            requireNonNull(body, "body");
        }
    }

    /** One's own; it needs no key, and has to have JSON among its formats. */
    record Searxng(Target base) implements SearchEngine {
        @Override
        public Asked ask(Query query, String key) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("q", query.withDomains());
            parameters.put("format", "json");
            String path = base.path().endsWith("/search") ? base.path() : without(base.path(), "/") + "/search";
            return new Asked("GET", at(base, path, parameters), Map.of(), Optional.empty());
        }

        @Override
        public JsonNode pages(JsonNode answer) {
            return answer.path("results");
        }

        @Override
        public Optional<String> keyName() {
            return Optional.empty();
        }

        private static String without(String path, String end) {
            return path.endsWith(end) ? path.substring(0, path.length() - end.length()) : path;
        }
    }

    record Brave(Target endpoint) implements SearchEngine {
        @Override
        public Asked ask(Query query, String key) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("q", query.withDomains());
            parameters.put("count", String.valueOf(Math.min(20, query.domains().isEmpty() ? query.most() : 20)));
            parameters.put("text_decorations", "false");
            String country = query.place().getOrDefault("country", "");
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Accept", "application/json");
            headers.put("X-Subscription-Token", key);
            if (country.matches("[A-Za-z]{2}")) {
                parameters.put("country", country.toUpperCase(Locale.ROOT));
                headers.put("X-Loc-Country", country.toUpperCase(Locale.ROOT));
            }
            put(headers, "X-Loc-City", query.place().get("city"));
            put(headers, "X-Loc-State-Name", query.place().get("region"));
            put(headers, "X-Loc-Timezone", query.place().get("timezone"));
            return new Asked("GET", at(endpoint, endpoint.path(), parameters), headers, Optional.empty());
        }

        @Override
        public JsonNode pages(JsonNode answer) {
            // without anything found, it leaves the whole part out
            return answer.has("web") || !answer.has("query")
                    ? answer.path("web").path("results")
                    : JSON.createArrayNode();
        }

        @Override
        public Optional<String> keyName() {
            return Optional.of("brave_search_api_key");
        }

        private static void put(Map<String, String> headers, String name, @Nullable String value) {
            if (value != null && value.chars().allMatch(unit -> unit >= ' ' && unit < 0x7f)) {
                headers.put(name, value);
            }
        }
    }

    record Tavily(Target endpoint) implements SearchEngine {
        @Override
        public Asked ask(Query query, String key) {
            ObjectNode body = JSON.createObjectNode()
                    .put("query", query.text())
                    .put("max_results", query.most())
                    .put("search_depth", query.thorough() ? "advanced" : "basic");
            query.domains().forEach(body.putArray("include_domains")::add);
            return new Asked(
                    "POST",
                    endpoint,
                    Map.of("Authorization", "Bearer " + key),
                    Optional.of(JSON.writeValueAsBytes(body)));
        }

        @Override
        public JsonNode pages(JsonNode answer) {
            return answer.path("results");
        }

        @Override
        public Optional<String> keyName() {
            return Optional.of("tavily_search_api_key");
        }
    }

    static SearchEngine of(WebSearchSettings settings) {
        Target endpoint = settings.endpoint();
        return switch (settings.engine()) {
            case SEARXNG -> new Searxng(endpoint);
            case BRAVE -> new Brave(endpoint);
            case TAVILY -> new Tavily(endpoint);
        };
    }

    /** @param key empty where none is needed */
    Asked ask(Query query, String key);

    /** The list of pages, each with a {@code url}, a {@code title} and a text; anything else when there is none. */
    JsonNode pages(JsonNode answer);

    /** As what users bring a key of their own (agents-api 1.4); empty where none is needed. */
    Optional<String> keyName();

    private static Target at(Target where, String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return new Target(where.scheme(), where.host(), where.port(), path + (path.contains("?") ? '&' : '?') + query);
    }
}
