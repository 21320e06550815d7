package dev.parley.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.inference.testing.ChatRequest;
import dev.parley.inference.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A model looks into documents that were really read, and its answer says which of them it has its words from. */
@Timeout(120)
class CitedFilesTest {

    private static final String KEYS = "The lighthouse keys hang in the boathouse behind the blue door.";
    private static final String TIDE = "The causeway is dry for two hours before and after low tide.";
    private static final String QUESTION = "Where do I find what opens the tower, and when can I walk there?";

    private static final LibraryServer SERVER = LibraryServer.start(Map.of());

    private static String keys = "";
    private static String tide = "";
    private static String store = "";

    @BeforeAll
    static void fill() {
        keys = SERVER.upload("keys.pdf", DocumentWriter.Format.PDF.write("Keys", KEYS));
        tide = SERVER.upload("tide.docx", DocumentWriter.Format.DOCX.write("Causeway", TIDE));
        store = SERVER.store(List.of(keys, tide));
        assertThat(SERVER.readThrough(store).number("file_counts", "completed")).isEqualTo(2);
        SERVER.upstream().otherwise(request -> answer(request.chat()));
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    /** Calls the tool that it is offered, then says what each document has, with the mark that it was told to write. */
    private static Reply answer(ChatRequest request) {
        Optional<ChatRequest.Message> said =
                request.lastMessage().filter(message -> message.role().equals("tool"));
        if (said.isEmpty()) {
            boolean agent = request.lastUserText().orElse("").startsWith("Agent");
            return Reply.stream()
                    .opening()
                    .toolCall(
                            0,
                            "call_1",
                            agent ? "knowledge_search" : "file_search",
                            agent ? "{\"query\":\"keys of the tower\"}" : "{\"queries\":[\"tower key\",\"walk\"]}")
                    .finish("tool_calls")
                    .usage(12, 3)
                    .done()
                    .end();
        }
        String found = said.get().text();
        return Reply.stream()
                .opening()
                .text("They hang in the boathouse", mark(found, "keys.pdf"), ". Go at low tide ")
                .text(mark(found, "tide.docx"), "!")
                .finish("stop")
                .usage(30, 20)
                .done()
                .end();
    }

    private static String mark(String found, String filename) {
        Matcher mark = Pattern.compile("(【\\d+】) " + Pattern.quote(filename)).matcher(found);
        return mark.find() ? mark.group(1) : "";
    }

    @Test
    void anAnswerCitesTheFilesWhileItIsStreamedAndInTheEnd() {
        List<Json> events = EventReader.posting(
                        SERVER.at("/v1/responses"),
                        Map.of(
                                "model",
                                "librarian",
                                "input",
                                QUESTION,
                                "stream",
                                true,
                                "include",
                                List.of("file_search_call.results"),
                                "tools",
                                List.of(Map.of("type", "file_search", "vector_store_ids", List.of(store)))))
                .rest();

        assertThat(events.getLast().text("type")).isEqualTo("response.completed");
        Json response = events.getLast().at("response");
        Json part = response.items("output").getLast().items("content").getFirst();
        String text = "They hang in the boathouse. Go at low tide!";
        assertThat(part.text("text")).isEqualTo(text);
        assertThat(citations(part.items("annotations")))
                .containsExactly(
                        "file_citation %s keys.pdf %d".formatted(keys, text.indexOf('.')),
                        "file_citation %s tide.docx %d".formatted(tide, text.indexOf('!')));
        List<Json> streamed = events.stream()
                .filter(event -> event.text("type").equals("response.output_text.annotation.added"))
                .map(event -> event.at("annotation"))
                .toList();
        assertThat(citations(streamed)).isEqualTo(citations(part.items("annotations")));
        assertThat(deltas(events)).isEqualTo(text);
        assertThat(SERVER.get("/v1/responses/" + response.text("id"))
                        .items("output")
                        .getLast()
                        .items("content")
                        .getFirst()
                        .items("annotations"))
                .isEqualTo(part.items("annotations"));
    }

    @Test
    void theCallSaysWhatItFound() {
        Json response = SERVER.posted(
                "/v1/responses",
                Map.of(
                        "model",
                        "librarian",
                        "input",
                        QUESTION,
                        "include",
                        List.of("file_search_call.results"),
                        "tools",
                        List.of(Map.of("type", "file_search", "vector_store_ids", List.of(store)))));

        Json call = response.items("output").getFirst();
        assertThat(call.text("type")).isEqualTo("file_search_call");
        assertThat(call.items("queries")).hasSize(2);
        List<String> files = new ArrayList<>();
        for (Json result : call.items("results")) {
            files.add(result.text("file_id"));
            assertThat(result.at("score").node().getDoubleValue()).isBetween(0.3, 1.0);
        }
        assertThat(files).containsExactlyInAnyOrder(keys, tide);
        assertThat(call.items("results").getFirst().text("text")).contains("boathouse");
    }

    /** As agents-api 4.8 and 9.2 have it: texts in a list, and the documents by their ids beside them. */
    @Test
    void anAgentsToolNamesTheDocumentsThatItsAnswerIsFrom() {
        String database = "handbook";
        SERVER.posted("/v1/vector-dbs", Map.of("vector_db_id", database, "embedding_model", "bge-small-en-v1.5"));
        SERVER.posted(
                "/v1/tool-runtime/rag-tool/insert",
                Map.of(
                        "vector_db_id",
                        database,
                        "documents",
                        List.of(
                                Map.of("document_id", "keys-of-the-tower", "content", KEYS, "metadata", Map.of()),
                                Map.of("document_id", "tide-tables", "content", TIDE, "metadata", Map.of())),
                        "chunk_size_in_tokens",
                        256));
        Json turn = turn(database);

        List<Json> steps = turn.items("steps");
        assertThat(steps.stream().map(step -> step.text("step_type")))
                .containsExactly("inference", "tool_execution", "inference");
        Json answer = steps.get(1).items("tool_responses").getFirst();
        assertThat(answer.text("tool_name")).isEqualTo("knowledge_search");
        assertThat(answer.items("metadata", "document_ids").stream()
                        .map(id -> id.node().getStringValue()))
                .containsExactly("keys-of-the-tower", "tide-tables");
        List<String> texts =
                answer.items("content").stream().map(item -> item.text("text")).toList();
        assertThat(texts).hasSize(5);
        assertThat(texts.getFirst()).contains("found 2 chunks").contains("BEGIN");
        assertThat(texts.get(1))
                .contains("Result 1")
                .contains("Document_id:keys-")
                .contains(KEYS);
        assertThat(texts.getLast()).contains("keys of the tower");
        assertThat(turn.text("output_message", "content")).contains("boathouse");
    }

    private static Json turn(String database) {
        String agent = SERVER.posted(
                        "/v1/agents",
                        Map.of(
                                "agent_config",
                                Map.of(
                                        "model",
                                        "librarian",
                                        "instructions",
                                        "Look it up.",
                                        "toolgroups",
                                        List.of(Map.of(
                                                "name",
                                                "builtin::rag/knowledge_search",
                                                "args",
                                                Map.of("vector_db_ids", List.of(database)))))))
                .text("agent_id");
        String session = SERVER.posted("/v1/agents/" + agent + "/session", Map.of("session_name", "s"))
                .text("session_id");
        return SERVER.posted(
                "/v1/agents/%s/session/%s/turn".formatted(agent, session),
                Map.of(
                        "stream",
                        false,
                        "messages",
                        List.of(Map.of("role", "user", "content", "Agent, where are the keys?"))));
    }

    private static List<String> citations(List<Json> annotations) {
        return annotations.stream()
                .map(annotation -> "%s %s %s %d"
                        .formatted(
                                annotation.text("type"),
                                annotation.text("file_id"),
                                annotation.text("filename"),
                                annotation.number("index")))
                .toList();
    }

    private static String deltas(List<Json> events) {
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.text("type").equals("response.output_text.delta"))
                .forEach(event -> text.append(event.text("delta")));
        return text.toString();
    }
}
