package dev.parley.tools.search;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.Tools;
import dev.parley.application.port.Tools.Output;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.tool.ToolSide;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The search as a tool of the Responses API (responses-api 4.1); the pages that were found are sources to be cited. */
final class HostedSearch implements HostedToolProvider {

    private static final Pattern DOMAIN = Pattern.compile("([a-z0-9_-]+\\.)*[a-z0-9_-]+");
    private static final List<String> PLACE = List.of("country", "region", "city", "timezone");
    private static final int MOST_DOMAINS = 100;

    private final WebSearch search;
    private final int maxResults;

    HostedSearch(WebSearch search, int maxResults) {
        this.search = search;
        this.maxResults = maxResults;
    }

    @Override
    public Set<HostedKind> kinds() {
        return Set.of(HostedKind.WEB_SEARCH);
    }

    /** Nothing when the client does not want the web to be asked. */
    @Override
    public List<OfferedTool> offered(Owner owner, HostedTool wanted) {
        JsonNode declared = SearchTool.members(wanted.declaration().text());
        domains(wanted, declared);
        if (!declared.path("external_web_access").asBoolean(true)) {
            return List.of();
        }
        return List.of(new OfferedTool(
                new ToolDefinition(
                        SearchTool.NAME,
                        Optional.of(SearchTool.DESCRIPTION),
                        new ToolInput.Schema(SearchTool.SCHEMA),
                        Optional.empty()),
                ToolSide.SERVER,
                new CallForm.Hosted(HostedKind.WEB_SEARCH, Optional.empty(), SearchTool.NAME)));
    }

    @Override
    public List<ListedTool> list(Owner owner, Tools.Access server, Cancellation cancellation) throws ToolFailed {
        throw new ToolFailed("a search of the web is no server of tools");
    }

    @Override
    public Output run(Owner owner, Tools.HostedCall call, Tools.Progress progress, Cancellation cancellation)
            throws ToolFailed {
        HostedTool wanted = call.access().tool();
        Query query = query(SearchTool.query(call.call()), wanted);
        List<Source.Page> pages = search.search(query, Optional.empty(), cancellation);
        String told = pages.isEmpty()
                ? "No pages were found for \"%s\".".formatted(query.text())
                : "Pages that were found for \"%s\":".formatted(query.text());
        return new Output(Content.of(told), Optional.of(metadata(pages)), List.copyOf(pages));
    }

    private Query query(String text, HostedTool wanted) throws ToolFailed {
        JsonNode declared = SearchTool.members(wanted.declaration().text());
        String size = declared.path("search_context_size").asString("medium");
        int most = switch (size) {
            case "low" -> Math.max(1, maxResults / 2);
            case "high" -> Math.min(WebSearchSettings.MOST_RESULTS, 2 * maxResults);
            default -> maxResults;
        };
        Map<String, String> place = new LinkedHashMap<>();
        for (String part : PLACE) {
            SearchTool.text(declared.path("user_location"), part).ifPresent(value -> place.put(part, value));
        }
        try {
            return new Query(text, most, size.equals("high"), domains(wanted, declared), place);
        } catch (Refusal refusal) {
            throw new ToolFailed(refusal.explanation());
        }
    }

    /** @throws Refusal when one of them is none */
    private static List<String> domains(HostedTool wanted, JsonNode declared) {
        List<String> domains = new ArrayList<>();
        for (JsonNode domain : declared.path("filters").path("allowed_domains")) {
            String name = domain.asString("").strip().toLowerCase(Locale.ROOT);
            if (!DOMAIN.matcher(name).matches() || domains.size() == MOST_DOMAINS) {
                String field = wanted.field() + ".filters.allowed_domains";
                throw Refusal.of(
                                Refusal.Code.INVALID,
                                "Invalid '%s': expected at most %d domains such as 'example.com', without a scheme."
                                        .formatted(field, MOST_DOMAINS),
                                field)
                        .because(Refusal.Reason.INVALID_VALUE);
            }
            domains.add(name);
        }
        return domains;
    }

    private static JsonText metadata(List<Source.Page> pages) {
        ObjectNode told = SearchEngine.JSON.createObjectNode();
        ArrayNode sources = told.putArray("sources");
        ArrayNode results = told.putArray("results");
        pages.forEach(page -> {
            sources.addObject().put("type", "url").put("url", page.url());
            results.addObject()
                    .put("url", page.url())
                    .put("title", page.title())
                    .put("snippet", page.text());
        });
        return new JsonText(told.toString());
    }
}
