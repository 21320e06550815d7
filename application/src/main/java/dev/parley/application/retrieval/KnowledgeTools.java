package dev.parley.application.retrieval;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroupProvider;
import dev.parley.application.port.Tools;
import dev.parley.application.retrieval.InsertDocuments.Document;
import dev.parley.application.retrieval.QueryDocuments.Found;
import dev.parley.application.retrieval.QueryDocuments.Question;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.VectorStoreId;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tools of the group {@code builtin::rag}: models insert texts into vector databases and search them (agents-api 9.2). */
public final class KnowledgeTools implements ToolGroupProvider {

    /** What groups name it by. */
    public static final String PROVIDER = "rag";

    /** The group that there is by itself (agents-api 9.1). */
    private static final String GROUP = "builtin::rag";

    private static final String INSERT = "insert_into_memory";
    private static final String SEARCH = "knowledge_search";

    private final InsertDocuments inserting;
    private final QueryDocuments querying;

    public KnowledgeTools(InsertDocuments inserting, QueryDocuments querying) {
        this.inserting = inserting;
        this.querying = querying;
    }

    @Override
    public String id() {
        return PROVIDER;
    }

    @Override
    public Optional<RegisteredToolGroup> builtIn() {
        return Optional.of(RegisteredToolGroup.builtIn(GROUP, PROVIDER));
    }

    @Override
    public List<ListedTool> list(Owner owner, GroupAccess group, Cancellation cancellation) {
        return List.of(
                new ListedTool(
                        INSERT,
                        Optional.of("Insert documents into memory"),
                        new JsonText("""
                            {"type":"object","properties":{"content":{"type":"string",\
                            "description":"The text to remember"},"document_id":{"type":"string",\
                            "description":"A name for the text; a text that was remembered under the same name is replaced"}},\
                            "required":["content"]}\
                            """),
                        Optional.empty(),
                        false),
                new ListedTool(
                        SEARCH,
                        Optional.of("Search for information in a database."),
                        new JsonText("""
                            {"type":"object","properties":{"query":{"type":"string",\
                            "description":"The query to search for. Can be a natural language sentence or keywords."}},\
                            "required":["query"]}\
                            """),
                        Optional.empty(),
                        true));
    }

    @Override
    public Tools.Output run(Owner owner, GroupAccess group, ToolCall call, Cancellation cancellation)
            throws Tools.ToolFailed {
        JsonValue.Members arguments = JsonValue.members(call.arguments().text())
                .orElseThrow(() -> new Tools.ToolFailed("the arguments are not a JSON object"));
        try {
            return switch (call.toolName()) {
                case SEARCH -> search(owner, arguments, cancellation);
                case INSERT -> insert(owner, arguments, cancellation);
                default ->
                    throw new Tools.ToolFailed("there is no tool '%s'; the tools are %s and %s"
                            .formatted(call.toolName(), SEARCH, INSERT));
            };
        } catch (Refusal refusal) {
            throw new Tools.ToolFailed(refusal.explanation());
        }
    }

    private Tools.Output search(Owner owner, JsonValue.Members arguments, Cancellation cancellation)
            throws Tools.ToolFailed {
        String query = required(arguments, "query");
        Found found = querying.query(owner, Question.of(query, stores(arguments)), cancellation);
        Content content = found.hits().isEmpty()
                ? Content.of("knowledge_search tool found no chunks that fit the query \"%s\".".formatted(query))
                : found.content();
        // the texts are in the content, and answers of the Agents API cite nothing: sources would only say it all again
        return new Tools.Output(content, Optional.of(found.metadata().json()));
    }

    private Tools.Output insert(Owner owner, JsonValue.Members arguments, Cancellation cancellation)
            throws Tools.ToolFailed {
        String content = required(arguments, "content");
        String name = arguments.text("document_id").filter(id -> !id.isBlank()).orElseGet(() -> nameOf(content));
        // an address that a model makes up is no wish of the user's
        Document document = Document.text(new DocumentId(name), content);
        VectorStoreId store = stores(arguments).getFirst();
        inserting.insert(owner, store, List.of(document), Chunking.DOCUMENT_TOKENS, cancellation);
        return new Tools.Output(
                Content.of("The text was inserted as document '%s'.".formatted(name)),
                Optional.of(JsonValue.Members.NONE
                        .with("document_ids", JsonValue.Array.ofTexts(List.of(name)))
                        .json()));
    }

    /** The same text has the same name, so that it is there once however often it is inserted. */
    private static String nameOf(String content) {
        return "note-" + UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String required(JsonValue.Members arguments, String name) throws Tools.ToolFailed {
        return arguments
                .text(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(
                        () -> new Tools.ToolFailed("'%s' must be a text; call the tool again with it".formatted(name)));
    }

    private static List<VectorStoreId> stores(JsonValue.Members arguments) throws Tools.ToolFailed {
        List<VectorStoreId> stores = VectorDatabases.of(arguments);
        if (stores.isEmpty()) {
            throw new Tools.ToolFailed(
                    "no vector database is given; whoever set up the agent must name some in the tool group's args as"
                            + " vector_db_ids");
        }
        return stores;
    }
}
