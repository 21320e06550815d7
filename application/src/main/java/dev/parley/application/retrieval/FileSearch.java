package dev.parley.application.retrieval;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.Tools;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.VectorStoreId;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tool {@code file_search} of the Responses API: searches the vector stores that its declaration names. */
public final class FileSearch implements HostedToolProvider {

    private static final String NAME = "file_search";
    private static final int MOST_QUERIES = 10;
    private static final JsonText INPUT = new JsonText("""
        {"type":"object","properties":{"queries":{"type":"array","items":{"type":"string"},"minItems":1,\
        "description":"What to look for: one or more questions or sets of keywords, each searched for by itself"}},\
        "required":["queries"]}\
        """);

    private final SearchStore search;
    private final ReadVectorStores stores;
    private final EmbeddingModels models;

    public FileSearch(SearchStore search, ReadVectorStores stores, EmbeddingModels models) {
        this.search = search;
        this.stores = stores;
        this.models = models;
    }

    @Override
    public Set<HostedKind> kinds() {
        return models.ids().isEmpty() ? Set.of() : Set.of(HostedKind.FILE_SEARCH);
    }

    @Override
    public List<OfferedTool> offered(Owner owner, HostedTool wanted) {
        FileSearchTerms terms = FileSearchTerms.of(wanted.declaration(), wanted.field());
        terms.stores().forEach(store -> stores.get(owner, store));
        ToolDefinition definition = new ToolDefinition(
                NAME,
                Optional.of(
                        "Searches the user's files for passages that answer questions. Use it whenever the answer may"
                                + " be in them."),
                new ToolInput.Schema(INPUT),
                Optional.empty());
        return List.of(new OfferedTool(
                definition, ToolSide.SERVER, new CallForm.Hosted(HostedKind.FILE_SEARCH, Optional.empty(), NAME)));
    }

    @Override
    public List<ListedTool> list(Owner owner, Tools.Access server, Cancellation cancellation) throws Tools.ToolFailed {
        throw new Tools.ToolFailed("file_search is no server of tools");
    }

    @Override
    public Tools.Output run(Owner owner, Tools.HostedCall call, Tools.Progress progress, Cancellation cancellation)
            throws Tools.ToolFailed {
        List<String> queries = queries(call.call().arguments().text());
        try {
            HostedTool tool = call.access().tool();
            FileSearchTerms terms = FileSearchTerms.of(tool.declaration(), tool.field());
            List<Hit> hits = new ArrayList<>();
            for (VectorStoreId store : terms.stores()) {
                hits.addAll(search.search(owner, store, terms.query(queries), cancellation));
            }
            hits.sort(Comparator.comparingDouble(Hit::score).reversed());
            return output(hits.subList(0, Math.min(hits.size(), terms.limit())));
        } catch (Refusal refusal) {
            throw new Tools.ToolFailed(refusal.explanation());
        }
    }

    /** The texts of the hits are shown to the model as its sources, and so need not be in the content. */
    private static Tools.Output output(List<Hit> hits) {
        JsonValue results = new JsonValue.Array(
                hits.stream().<JsonValue>map(FileSearch::result).toList());
        JsonText metadata = JsonValue.Members.NONE.with("results", results).json();
        List<Source> sources = hits.stream()
                .<Source>map(hit -> new Source.File(
                        hit.document().value(), hit.filename(), hit.chunk().text()))
                .toList();
        Content content = hits.isEmpty() ? Content.of("Nothing in the files fits these queries.") : Content.EMPTY;
        return new Tools.Output(content, Optional.of(metadata), sources);
    }

    private static JsonValue.Members result(Hit hit) {
        return JsonValue.Members.NONE
                .with("file_id", new JsonValue.Text(hit.document().value()))
                .with("filename", new JsonValue.Text(hit.filename()))
                .with("score", JsonValue.Number.of(hit.score()))
                .with("text", new JsonValue.Text(hit.chunk().text()))
                .with("attributes", hit.attributes().json());
    }

    /** Models write one query where they are asked for several. */
    private static List<String> queries(String arguments) throws Tools.ToolFailed {
        JsonValue.Members members = JsonValue.members(arguments).orElse(JsonValue.Members.NONE);
        List<JsonValue> given = switch (members.given("queries")
                .or(() -> members.given("query"))
                .orElse(new JsonValue.Nothing())) {
            case JsonValue.Array(List<JsonValue> elements) -> elements;
            case JsonValue.Text text -> List.of(text);
            case JsonValue.Nothing _, JsonValue.Flag _, JsonValue.Number _, JsonValue.Members _ -> List.of();
        };
        List<String> queries = given.stream()
                .filter(JsonValue.Text.class::isInstance)
                .map(text -> ((JsonValue.Text) text).value())
                .filter(text -> !text.isBlank())
                .distinct()
                .limit(MOST_QUERIES)
                .toList();
        if (queries.isEmpty()) {
            throw new Tools.ToolFailed("'queries' must be a list of texts to look for; call the tool again with it");
        }
        return queries;
    }
}
