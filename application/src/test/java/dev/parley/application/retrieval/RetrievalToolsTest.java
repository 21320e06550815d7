package dev.parley.application.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ToolGroupProvider.GroupAccess;
import dev.parley.application.port.Tools;
import dev.parley.application.retrieval.InsertDocuments.Document;
import dev.parley.application.retrieval.InsertDocuments.Given;
import dev.parley.application.testing.ReadingRoom;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.message.Part;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.RegisteredToolGroup;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools by which models insert and find documents. */
final class RetrievalToolsTest {

    private final ReadingRoom room = ReadingRoom.inMemory();
    private final Owner owner = room.owner();
    private VectorStore store;

    @BeforeEach
    void open() {
        store = room.database("fruit");
        room.insert()
                .insert(
                        owner,
                        store.id(),
                        List.of(new Document(
                                new DocumentId("apples.txt"),
                                "An apple has 140 g.",
                                Given.TEXT,
                                Optional.empty(),
                                JsonValue.members("{\"shelf\":2}").orElseThrow())),
                        512,
                        new Cancellation());
        room.inserted(store, "pears.txt", "A pear has 150 g.");
    }

    @Nested
    final class OfTheGroup {

        private static final GroupAccess GROUP = new GroupAccess(
                new RegisteredToolGroup("builtin::rag", "rag", Optional.empty(), Optional.empty()), Optional.empty());

        @Test
        void thereAreTwo() {
            assertThat(room.knowledge().id()).isEqualTo("rag");
            assertThat(room.knowledge().list(owner, GROUP, new Cancellation()))
                    .extracting(ListedTool::name)
                    .containsExactly("insert_into_memory", "knowledge_search");
            assertThat(room.knowledge().list(owner, GROUP, new Cancellation()))
                    .allSatisfy(tool -> assertThat(
                                    JsonValue.members(tool.inputSchema().text()))
                            .isPresent());
        }

        @Test
        void aSearchIsAnsweredInTheWordsOfTheContract() throws Tools.ToolFailed {
            Tools.Output output =
                    run("knowledge_search", "{\"query\":\"apple\",\"vector_db_ids\":[\"fruit\"],\"session_id\":\"s\"}");

            assertThat(output.content().parts())
                    .extracting(Part::text)
                    .startsWith("knowledge_search tool found 1 chunks:\nBEGIN of knowledge_search tool results.\n")
                    .contains("Result 1:\nDocument_id:apple\nContent: An apple has 140 g.\n");
            assertThat(output.metadata().orElseThrow().text()).isEqualTo("{\"document_ids\":[\"apples.txt\"]}");
            assertThat(output.sources()).isEmpty();
        }

        @Test
        void nothingFoundIsAnAnswerToo() throws Tools.ToolFailed {
            Tools.Output output = run("knowledge_search", "{\"query\":\"quince\",\"vector_db_ids\":[\"fruit\"]}");

            assertThat(output.content().text()).contains("found no chunks").contains("quince");
            assertThat(output.metadata().orElseThrow().text()).isEqualTo("{\"document_ids\":[]}");
        }

        @Test
        void whatIsInsertedIsFoundAndIsThereOnce() throws Tools.ToolFailed {
            String arguments = "{\"content\":\"A quince is sour. https://example.com/\",\"vector_db_ids\":[\"fruit\"]}";
            run("insert_into_memory", arguments);
            run("insert_into_memory", arguments);

            Tools.Output output = run("knowledge_search", "{\"query\":\"quince\",\"vector_db_ids\":[\"fruit\"]}");

            assertThat(output.content().text()).contains("found 1 chunks").contains("sour");
        }

        /** A model may have been talked into it by what it read. */
        @Test
        void anAddressThatAModelInsertsIsNotFetched() throws Tools.ToolFailed {
            run("insert_into_memory", "{\"content\":\"http://169.254.169.254/\",\"vector_db_ids\":[\"fruit\"]}");

            assertThat(room.documents().fetched()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "knowledge_search | {\"query\":\"apple\"} | vector_db_ids",
                    "knowledge_search | {\"query\":\"apple\",\"vector_db_ids\":[]} | vector_db_ids",
                    "knowledge_search | {\"query\":\"apple\",\"vector_db_ids\":[\"gone\"]} | gone",
                    "knowledge_search | {\"vector_db_ids\":[\"fruit\"]} | query",
                    "knowledge_search | {\"query\":7,\"vector_db_ids\":[\"fruit\"]} | query",
                    "knowledge_search | [] | JSON object",
                    "insert_into_memory | {\"vector_db_ids\":[\"fruit\"]} | content",
                    "another | {} | knowledge_search"
                })
        void whatCantBeDoneSaysWhy(String tool, String arguments, String why) {
            assertThat(catchThrowableOfType(Tools.ToolFailed.class, () -> run(tool, arguments))
                            .explanation())
                    .contains(why);
        }

        private Tools.Output run(String tool, String arguments) throws Tools.ToolFailed {
            ToolCall call = new ToolCall("call", tool, new ToolArguments.Json(arguments));
            return room.knowledge().run(owner, GROUP, call, new Cancellation());
        }
    }

    @Nested
    final class FileSearches {

        @Test
        void aDeclarationOffersOneTool() {
            List<OfferedTool> offered = room.fileSearch().offered(owner, declared(""));

            assertThat(room.fileSearch().kinds()).containsExactly(HostedKind.FILE_SEARCH);
            assertThat(offered).singleElement().satisfies(tool -> {
                assertThat(tool.name()).isEqualTo("file_search");
                assertThat(tool.form())
                        .isEqualTo(new CallForm.Hosted(HostedKind.FILE_SEARCH, Optional.empty(), "file_search"));
            });
        }

        @Test
        void aCallFindsSourcesAndResults() throws Tools.ToolFailed {
            Tools.Output output = run("", "{\"queries\":[\"apple\",\"pear\"]}");

            assertThat(output.content().text()).isEmpty();
            assertThat(output.sources())
                    .containsExactlyInAnyOrder(
                            new Source.File("apples.txt", "apples.txt", "An apple has 140 g."),
                            new Source.File("pears.txt", "pears.txt", "A pear has 150 g."));
            JsonValue.Members metadata =
                    JsonValue.members(output.metadata().orElseThrow().text()).orElseThrow();
            assertThat(metadata.given("results").orElseThrow())
                    .isInstanceOfSatisfying(JsonValue.Array.class, results -> {
                        assertThat(results.elements()).hasSize(2);
                        assertThat(results.elements().toString())
                                .contains("\"file_id\":\"apples.txt\",\"filename\":\"apples.txt\",\"score\":0.")
                                .contains("\"text\":\"An apple has 140 g.\",\"attributes\":{\"shelf\":2}");
                    });
        }

        @Test
        void nothingFoundIsAnAnswerToo() throws Tools.ToolFailed {
            Tools.Output output = run("", "{\"queries\":[\"quince\"]}");

            assertThat(output.content().text()).contains("Nothing");
            assertThat(output.metadata().orElseThrow().text()).isEqualTo("{\"results\":[]}");
            assertThat(output.sources()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "\"max_num_results\":1 | 1",
                    "\"filters\":{\"type\":\"eq\",\"key\":\"shelf\",\"value\":2} | 1",
                    "\"filters\":null,\"ranking_options\":null | 2",
                    "\"ranking_options\":{\"score_threshold\":1} | 0",
                    "\"ranking_options\":{\"hybrid_search\":{\"embedding_weight\":1,\"text_weight\":1}} | 2"
                })
        void theDeclarationSaysWhatIsFound(String options, int found) throws Tools.ToolFailed {
            assertThat(run("," + options, "{\"queries\":[\"apple g\",\"pear g\"]}")
                            .sources())
                    .hasSize(found);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"queries\":\"apple\"}", "{\"query\":\"apple\"}", "{\"queries\":[\"apple\",\"\",7]}"})
        void aModelsOwnWayOfAskingIsUnderstood(String arguments) throws Tools.ToolFailed {
            assertThat(run("", arguments).sources()).isNotEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"queries\":[]}", "{\"queries\":7}", "{\"queries\":[\" \"]}"})
        void aCallWithoutQueriesSaysWhy(String arguments) {
            assertThat(catchThrowableOfType(Tools.ToolFailed.class, () -> run("", arguments))
                            .explanation())
                    .contains("queries");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"type\":\"file_search\"} | tools[0].vector_store_ids",
                    "{\"vector_store_ids\":[7]} | tools[0].vector_store_ids",
                    "{\"vector_store_ids\":[\"gone\"]} | vector_store_id",
                    "{\"vector_store_ids\":[\"fruit\"],\"max_num_results\":51} | tools[0].max_num_results",
                    "{\"vector_store_ids\":[\"fruit\"],\"filters\":{}} | tools[0].filters.type",
                    "{\"vector_store_ids\":[\"fruit\"],\"ranking_options\":{\"ranker\":\"x\"}} |"
                            + " tools[0].ranking_options.ranker"
                })
        void aDeclarationThatCantBeHadIsRefusedByItsField(String declaration, String field) {
            HostedTool tool =
                    new HostedTool(HostedKind.FILE_SEARCH, "file_search", "tools[0]", new JsonText(declaration));

            assertThat(catchThrowableOfType(
                                    Refusal.class, () -> room.fileSearch().offered(owner, tool))
                            .field())
                    .contains(field);
        }

        @Test
        void aStoreThatIsGoneByNowIsAnAnswer() {
            HostedTool tool = declared("");
            room.edit().delete(owner, store.id());

            assertThat(catchThrowableOfType(Tools.ToolFailed.class, () -> run(tool, "{\"queries\":[\"apple\"]}"))
                            .explanation())
                    .contains("fruit");
        }

        private HostedTool declared(String options) {
            return new HostedTool(
                    HostedKind.FILE_SEARCH,
                    "file_search",
                    "tools[0]",
                    new JsonText("{\"type\":\"file_search\",\"vector_store_ids\":[\"fruit\"]%s}".formatted(options)));
        }

        private Tools.Output run(String options, String arguments) throws Tools.ToolFailed {
            return run(declared(options), arguments);
        }

        private Tools.Output run(HostedTool tool, String arguments) throws Tools.ToolFailed {
            CallForm.Hosted form = new CallForm.Hosted(HostedKind.FILE_SEARCH, Optional.empty(), "file_search");
            ToolCall call = new ToolCall("call", "file_search", new ToolArguments.Json(arguments));
            return room.fileSearch()
                    .run(
                            owner,
                            new Tools.HostedCall(new Tools.Access(tool, Optional.empty()), form, call),
                            _ -> {},
                            new Cancellation());
        }
    }
}
