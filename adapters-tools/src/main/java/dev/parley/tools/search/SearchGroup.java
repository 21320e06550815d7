package dev.parley.tools.search;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroupProvider;
import dev.parley.application.port.Tools.Output;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.Owner;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The search as a group of tools of the Agents API. What was found is in the answer itself, as its clients expect it. */
final class SearchGroup implements ToolGroupProvider {

    private static final ListedTool TOOL = new ListedTool(
            SearchTool.NAME,
            Optional.of(SearchTool.DESCRIPTION),
            SearchTool.SCHEMA,
            Optional.of(new JsonText("{\"readOnlyHint\":true}")),
            true);

    private final WebSearch search;
    private final int maxResults;

    SearchGroup(WebSearch search, int maxResults) {
        this.search = search;
        this.maxResults = maxResults;
    }

    @Override
    public String id() {
        return "web-search";
    }

    @Override
    public Optional<RegisteredToolGroup> builtIn() {
        return Optional.of(RegisteredToolGroup.builtIn(RegisteredToolGroup.WEB_SEARCH, id()));
    }

    @Override
    public List<ListedTool> list(Owner owner, GroupAccess group, Cancellation cancellation) {
        return List.of(TOOL);
    }

    @Override
    public Output run(Owner owner, GroupAccess group, ToolCall call, Cancellation cancellation) throws ToolFailed {
        if (!call.toolName().equals(SearchTool.NAME)) {
            throw new ToolFailed("there is no tool '%s'; there is %s".formatted(call.toolName(), SearchTool.NAME));
        }
        String text = SearchTool.query(call);
        Optional<String> ownKey = search.keyName()
                .flatMap(name -> group.keys().flatMap(keys -> SearchTool.text(SearchTool.members(keys.text()), name)));
        Query query = new Query(text, maxResults, false, List.of(), Map.of());
        return new Output(Content.of(told(text, search.search(query, ownKey, cancellation))), Optional.empty());
    }

    private static String told(String query, List<Source.Page> pages) {
        ObjectNode told = SearchEngine.JSON.createObjectNode().put("query", query);
        ArrayNode best = told.putArray("top_k");
        pages.forEach(page -> best.addObject()
                .put("url", page.url())
                .put("title", page.title())
                .put("content", page.text()));
        return told.toString();
    }
}
