package dev.parley.rest.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.json.JsonField;
import dev.parley.rest.stores.StoresOverHttp.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused of files and vector stores, and with which words (responses-api 8). Nothing here changes anything. */
@Timeout(60)
final class StoreRefusalsTest {

    private static StoresOverHttp server;
    private static String store = "";
    private static String file = "";
    private static String batch = "";

    @BeforeAll
    static void start() {
        server = new StoresOverHttp();
        store = server.store();
        file = server.upload("a.txt", "apple");
        batch = server.post(
                        "/v1/vector_stores/%s/file_batches".formatted(store), "{\"file_ids\":[\"%s\"]}".formatted(file))
                .id();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "GET /v1/files/none | file_id | File with id 'none' not found.",
                "GET /v1/files/a%00b | file_id | File with id 'a\uFFFDb' not found.",
                "GET /v1/files/none/content | file_id | File with id 'none' not found.",
                "DELETE /v1/files/none | file_id | File with id 'none' not found.",
                "GET /v1/files?after=none | after | File with id 'none' not found.",
                "GET /v1/vector_stores?after=none | after | Vector store with id 'none' not found.",
                "GET /v1/vector_stores?before=none | before | Vector store with id 'none' not found.",
                "GET /v1/vector_stores/none | vector_store_id | Vector store with id 'none' not found.",
                "POST /v1/vector_stores/none {} | vector_store_id | Vector store with id 'none' not found.",
                "DELETE /v1/vector_stores/none | vector_store_id | Vector store with id 'none' not found.",
                "POST /v1/vector_stores/none/search {\"query\":\"a\"} | vector_store_id | Vector store with id 'none'"
                        + " not found.",
                "POST /v1/vector_stores {\"file_ids\":[\"none\"]} | file_id | File with id 'none' not found.",
                "GET /v1/vector_stores/none/files | vector_store_id | Vector store with id 'none' not found.",
                "POST /v1/vector_stores/none/files {\"file_id\":\"FILE\"} | vector_store_id | Vector store with id"
                        + " 'none' not found.",
                "POST /v1/vector_stores/STORE/files {\"file_id\":\"none\"} | file_id | File with id 'none' not found.",
                "GET /v1/vector_stores/STORE/files?after=none | after | File with id 'none' not found.",
                "GET /v1/vector_stores/STORE/files/none | file_id | File with id 'none' not found in this vector"
                        + " store.",
                "GET /v1/vector_stores/none/files/FILE | file_id | File with id 'FILE' not found in this vector store.",
                "POST /v1/vector_stores/STORE/files/none {\"attributes\":{}} | file_id | File with id 'none' not found"
                        + " in this vector store.",
                "DELETE /v1/vector_stores/STORE/files/none | file_id | File with id 'none' not found in this vector"
                        + " store.",
                "GET /v1/vector_stores/STORE/files/none/content | file_id | File with id 'none' not found in this"
                        + " vector store.",
                "POST /v1/vector_stores/none/file_batches {\"file_ids\":[\"FILE\"]} | vector_store_id | Vector store"
                        + " with id 'none' not found.",
                "POST /v1/vector_stores/STORE/file_batches {\"file_ids\":[\"FILE\",\"none\"]} | file_id | File with id"
                        + " 'none' not found.",
                "GET /v1/vector_stores/STORE/file_batches/none | batch_id | File batch with id 'none' not found in this"
                        + " vector store.",
                "GET /v1/vector_stores/none/file_batches/BATCH | batch_id | File batch with id 'BATCH' not found in"
                        + " this vector store.",
                "GET /v1/vector_stores/STORE/file_batches/none/files | batch_id | File batch with id 'none' not found"
                        + " in this vector store.",
                "POST /v1/vector_stores/STORE/file_batches/none/cancel | batch_id | File batch with id 'none' not found"
                        + " in this vector store.",
                "GET /v1/vector_stores/STORE/elsewhere | - | Not Found: there is nothing at"
                        + " /v1/vector_stores/STORE/elsewhere; see /v1/inspect/routes",
            })
    void whatIsNotThere(String request, @Nullable String param, String message) {
        assertRefused(ask(request), 404, param, null, named(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /v1/files?limit=0 | limit | integer_below_min_value",
                "GET /v1/files?limit=10001 | limit | integer_above_max_value",
                "GET /v1/files?limit=some | limit | invalid_type",
                "GET /v1/files?order=up | order | invalid_value",
                "GET /v1/vector_stores?limit=101 | limit | integer_above_max_value",
                "GET /v1/vector_stores?limit=-1 | limit | integer_below_min_value",
                "GET /v1/vector_stores?order=ASC | order | invalid_value",
                "GET /v1/vector_stores/STORE/files?limit=101 | limit | integer_above_max_value",
                "GET /v1/vector_stores/STORE/files?filter=done | filter | invalid_value",
                "GET /v1/vector_stores/STORE/file_batches/BATCH/files?filter=done | filter | invalid_value",
                "POST /v1/vector_stores {\"name\":7} | name | invalid_type",
                "POST /v1/vector_stores {\"file_ids\":\"FILE\"} | file_ids | invalid_type",
                "POST /v1/vector_stores {\"file_ids\":[7]} | file_ids[0] | invalid_type",
                "POST /v1/vector_stores {\"metadata\":[]} | metadata | invalid_type",
                "POST /v1/vector_stores {\"metadata\":{\"a\":7}} | metadata.a | invalid_type",
                "POST /v1/vector_stores {\"expires_after\":{\"days\":7}} | expires_after.anchor |"
                        + " missing_required_parameter",
                "POST /v1/vector_stores {\"expires_after\":{\"anchor\":\"created_at\",\"days\":7}} |"
                        + " expires_after.anchor | invalid_value",
                "POST /v1/vector_stores {\"expires_after\":{\"anchor\":\"last_active_at\",\"days\":0}} |"
                        + " expires_after.days | integer_below_min_value",
                "POST /v1/vector_stores {\"expires_after\":{\"anchor\":\"last_active_at\",\"days\":366}} |"
                        + " expires_after.days | integer_above_max_value",
                "POST /v1/vector_stores {\"expires_after\":{\"anchor\":\"last_active_at\"}} | expires_after.days |"
                        + " missing_required_parameter",
                "POST /v1/vector_stores {\"chunking_strategy\":{}} | chunking_strategy.type |"
                        + " missing_required_parameter",
                "POST /v1/vector_stores {\"chunking_strategy\":{\"type\":\"own\"}} | chunking_strategy.type |"
                        + " invalid_value",
                "POST /v1/vector_stores {\"chunking_strategy\":{\"type\":\"static\"}} | chunking_strategy.static |"
                        + " missing_required_parameter",
                "POST /v1/vector_stores"
                    + " {\"chunking_strategy\":{\"type\":\"static\",\"static\":{\"max_chunk_size_tokens\":99,\"chunk_overlap_tokens\":0}}}"
                    + " | chunking_strategy.static.max_chunk_size_tokens | integer_below_min_value",
                "POST /v1/vector_stores"
                    + " {\"chunking_strategy\":{\"type\":\"static\",\"static\":{\"max_chunk_size_tokens\":4097,\"chunk_overlap_tokens\":0}}}"
                    + " | chunking_strategy.static.max_chunk_size_tokens | integer_above_max_value",
                "POST /v1/vector_stores"
                    + " {\"chunking_strategy\":{\"type\":\"static\",\"static\":{\"max_chunk_size_tokens\":100,\"chunk_overlap_tokens\":51}}}"
                    + " | chunking_strategy.static.chunk_overlap_tokens | integer_above_max_value",
                "POST /v1/vector_stores {\"embedding_model\":\"none\"} | embedding_model | model_not_found",
                "POST /v1/vector_stores/STORE {\"metadata\":7} | metadata | invalid_type",
                "POST /v1/vector_stores/STORE/files {} | file_id | missing_required_parameter",
                "POST /v1/vector_stores/STORE/files {\"file_id\":7} | file_id | invalid_type",
                "POST /v1/vector_stores/STORE/files {\"file_id\":\"FILE\",\"attributes\":[]} | attributes |"
                        + " invalid_type",
                "POST /v1/vector_stores/STORE/files {\"file_id\":\"FILE\",\"attributes\":{\"a\":[]}} | attributes |"
                        + " invalid_type",
                "POST /v1/vector_stores/STORE/files {\"file_id\":\"FILE\",\"chunking_strategy\":7} | chunking_strategy"
                        + " | invalid_type",
                "POST /v1/vector_stores/STORE/files/FILE {} | attributes | missing_required_parameter",
                "POST /v1/vector_stores/STORE/files/FILE {\"attributes\":\"a\"} | attributes | invalid_type",
                "POST /v1/vector_stores/STORE/files/FILE {\"attributes\":{\"a\":null}} | attributes | invalid_type",
                "POST /v1/vector_stores/STORE/file_batches {} | file_ids | missing_required_parameter",
                "POST /v1/vector_stores/STORE/file_batches {\"files\":[{}]} | files[0].file_id |"
                        + " missing_required_parameter",
                "POST /v1/vector_stores/STORE/file_batches {\"files\":[\"FILE\"]} | files[0] | invalid_type",
                "POST /v1/vector_stores/STORE/file_batches"
                        + " {\"files\":[{\"file_id\":\"FILE\"}],\"file_ids\":[\"FILE\"]} | file_ids |"
                        + " mutually_exclusive_parameters",
                "POST /v1/vector_stores/STORE/search {} | query | missing_required_parameter",
                "POST /v1/vector_stores/STORE/search {\"query\":7} | query | invalid_type",
                "POST /v1/vector_stores/STORE/search {\"query\":[7]} | query[0] | invalid_type",
                "POST /v1/vector_stores/STORE/search {\"query\":\"a\",\"max_num_results\":0} | max_num_results |"
                        + " integer_below_min_value",
                "POST /v1/vector_stores/STORE/search {\"query\":\"a\",\"max_num_results\":51} | max_num_results |"
                        + " integer_above_max_value",
                "POST /v1/vector_stores/STORE/search {\"query\":\"a\",\"rewrite_query\":\"no\"} | rewrite_query |"
                        + " invalid_type",
                "POST /v1/vector_stores/STORE/search {\"query\":\"a\",\"filters\":7} | filters | invalid_type",
                "POST /v1/vector_stores/STORE/search {\"query\":\"a\",\"filters\":{\"type\":\"like\"}} | filters.type |"
                        + " invalid_value",
                "POST /v1/vector_stores/STORE/search {\"query\":\"a\",\"filters\":{\"type\":\"eq\",\"value\":1}} |"
                        + " filters.key | missing_required_parameter",
                "POST /v1/vector_stores/STORE/search"
                    + " {\"query\":\"a\",\"filters\":{\"type\":\"and\",\"filters\":[{\"type\":\"eq\",\"key\":\"a\",\"value\":{}}]}}"
                    + " | filters.filters[0].value | invalid_type",
                "POST /v1/vector_stores/STORE/search {\"query\":\"a\",\"ranking_options\":{\"ranker\":\"best\"}} |"
                        + " ranking_options.ranker | invalid_value",
                "POST /v1/vector_stores/STORE/search {\"query\":\"a\",\"ranking_options\":{\"score_threshold\":1.1}} |"
                        + " ranking_options.score_threshold | decimal_above_max_value",
                "POST /v1/vector_stores/STORE/search {\"query\":\"a\",\"ranking_options\":{\"score_threshold\":-0.1}} |"
                        + " ranking_options.score_threshold | decimal_below_min_value",
            })
    void whatMakesNoSense(String request, String param, String code) {
        assertRefused(ask(request), 400, param, code, null);
    }

    @Test
    void whatIsTooMuch() {
        String long513 = "a".repeat(513);
        String key65 = "a".repeat(65);
        String seventeen = "{\"a0\":\"\"" + ",\"a%d\":\"\"".repeat(16).formatted(numbers()) + "}";
        String stores = "POST /v1/vector_stores ";
        String files = "POST /v1/vector_stores/STORE/files {\"file_id\":\"FILE\",\"attributes\":";

        assertRefused(
                ask(stores + "{\"metadata\":{\"a\":\"" + long513 + "\"}}"),
                400,
                "metadata.a",
                "string_above_max_length",
                null);
        assertRefused(
                ask(stores + "{\"metadata\":{\"" + key65 + "\":\"\"}}"),
                400,
                "metadata",
                "string_above_max_length",
                null);
        assertRefused(
                ask(stores + "{\"metadata\":" + seventeen + "}"), 400, "metadata", "array_above_max_length", null);
        assertRefused(
                ask(stores + "{\"file_ids\":[" + "\"a\",".repeat(500) + "\"a\"]}"),
                400,
                "file_ids",
                "array_above_max_length",
                null);
        assertRefused(ask(files + "{\"a\":\"" + long513 + "\"}}"), 400, "attributes", "string_above_max_length", null);
        assertRefused(ask(files + "{\"" + key65 + "\":1}}"), 400, "attributes", "string_above_max_length", null);
        assertRefused(ask(files + seventeen + "}"), 400, "attributes", "array_above_max_length", null);
        assertRefused(
                ask("POST /v1/vector_stores/STORE/file_batches {\"file_ids\":[" + "1,".repeat(2000) + "1]}"),
                400,
                "file_ids",
                "array_above_max_length",
                null);
        assertThat(ask(stores + "{\"name\":\"" + "a".repeat(StoresOverHttp.MAX_BODY) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    private static Object[] numbers() {
        Object[] numbers = new Object[16];
        for (int number = 0; number < numbers.length; number++) {
            numbers[number] = number + 1;
        }
        return numbers;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /v1/vector_stores {\"name\": | 400 | We could not parse the JSON body of your request.",
                "POST /v1/vector_stores/STORE/files | 400 | We could not parse the JSON body of your request.",
                "POST /v1/vector_stores [] | 400 | Invalid type: expected an object, but got an array instead.",
                "PATCH /v1/vector_stores/STORE {} | 405 | Method Not Allowed: /v1/vector_stores/STORE takes",
                "POST /v1/vector_stores/STORE/search {\"query\":\" \"} | 400 | The query has no words; say what to"
                        + " look for",
                "POST /v1/vector_stores/STORE/file_batches {\"file_ids\":[]} | 400 | A batch has 1 to 2000 files",
                "POST /v1/vector_stores/STORE/file_batches {\"file_ids\":[\"FILE\",\"FILE\"]} | 400 | The same file is"
                        + " named twice; name each once",
            })
    void whatIsRefusedWithoutACloserReason(String request, int status, String message) {
        Answer answer = ask(request);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error().at("message").string()).startsWith(named(message));
        assertThat(answer.error().at("type").string()).isEqualTo("invalid_request_error");
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        Answer answer = server.send("POST", "/v1/vector_stores", "text/plain", new byte[] {'{', '}'});

        assertRefused(answer, 415, null, null, "The body must be JSON: send the header Content-Type: application/json");
    }

    /** @param request a method, a path and maybe a body, in which STORE, FILE and BATCH stand for what is there */
    private static Answer ask(String request) {
        String[] parts = named(request).split(" ", 3);
        byte[] body = parts.length < 3 ? new byte[0] : parts[2].getBytes(UTF_8);
        return server.send(parts[0], parts[1], body.length == 0 ? "" : "application/json", body);
    }

    private static String named(String text) {
        return text.replace("STORE", store).replace("FILE", file).replace("BATCH", batch);
    }

    private static void assertRefused(
            Answer answer, int status, @Nullable String param, @Nullable String code, @Nullable String message) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        JsonField error = answer.error();
        assertThat(error.at("type").string()).isEqualTo("invalid_request_error");
        assertThat(error.at("param").isPresent()).isTrue();
        assertThat(error.at("param").optional(JsonField::string).orElse(null)).isEqualTo(param);
        assertThat(error.at("code").isPresent()).isTrue();
        assertThat(error.at("code").optional(JsonField::string).orElse(null))
                .as(answer.body())
                .isEqualTo(code);
        assertThat(error.at("message").string()).isNotBlank();
        if (message != null) {
            assertThat(error.at("message").string()).isEqualTo(message);
        }
    }
}
