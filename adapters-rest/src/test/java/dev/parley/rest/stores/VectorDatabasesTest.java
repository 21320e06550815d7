package dev.parley.rest.stores;

import static dev.parley.rest.stores.StoresOverHttp.STORES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.stores.StoresOverHttp.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vector stores as the Agents API has them: vector databases, chunks and whole documents, over HTTP (agents-api 9.1, 9.2). */
@Timeout(60)
final class VectorDatabasesTest {

    private static final String DATABASES = "/v1/vector-dbs";
    private static final String CHUNKS = "/v1/vector-io";
    private static final String DOCUMENTS = "/v1/tool-runtime/rag-tool";

    private static final String SHOWN =
            "{\"identifier\":\"a/b\",\"provider_resource_id\":\"a/b\",\"provider_id\":\"postgres\","
                    + "\"type\":\"vector_db\",\"embedding_model\":\"words\",\"embedding_dimension\":64}";

    private final StoresOverHttp server = new StoresOverHttp();

    @AfterEach
    void stop() {
        server.close();
    }

    private void register() {
        server.post(DATABASES, "{\"vector_db_id\":\"a/b\",\"embedding_model\":\"words\"}")
                .ok();
    }

    @Test
    void aDatabaseIsRegisteredListedReadAndUnregistered() {
        assertThat(server.get(DATABASES).ok()).isEqualTo("{\"data\":[]}");
        assertThat(server.post(DATABASES, """
            {"vector_db_id":"a/b","embedding_model":"words","embedding_dimension":384,"provider_id":"faiss",\
            "provider_vector_db_id":null}\
            """).ok()).isEqualTo(SHOWN);

        for (String path : new String[] {"/a/b", "/a%2Fb"}) {
            assertThat(server.get(DATABASES + path).ok()).isEqualTo(SHOWN);
        }
        String other = server.store();
        assertThat(server.get(DATABASES).ok())
                .startsWith("{\"data\":[" + SHOWN + ",{\"identifier\":\"" + other + '"')
                .endsWith("}]}");
        register();
        assertThat(server.get(STORES).ids()).containsExactlyInAnyOrder("a/b", other);
        assertThat(server.delete(DATABASES + "/a/b").ok()).isEqualTo("null");
        assertThat(server.get(DATABASES + "/a/b").status()).isEqualTo(404);
        assertThat(server.delete(DATABASES + "/a/b").status()).isEqualTo(404);
    }

    @Test
    void chunksAreInsertedAndFound() {
        register();
        assertThat(server.post(CHUNKS + "/insert", """
            {"vector_db_id":"a/b","chunks":[{"content":"apple tree","metadata":{"document_id":"d","page":1}},\
            {"content":[{"type":"text","text":"pear"}],"metadata":{"document_id":"e"}}]}\
            """).ok()).isEqualTo("null");

        assertThat(query("\"query\":\"apple\"").ok())
                .startsWith("{\"chunks\":[{\"content\":\"apple tree\",\"metadata\":{\"document_id\":\"d\",\"page\":1")
                .endsWith("],\"scores\":[%s]}"
                        .formatted(query("\"query\":\"apple\"")
                                .json()
                                .at("scores")
                                .list(score -> score.number())
                                .getFirst()));
        assertThat(query("\"query\":{\"type\":\"text\",\"text\":\"apple pear\"},\"params\":{\"max_chunks\":1}")
                        .json()
                        .at("scores")
                        .list(score -> score))
                .hasSize(1);
        assertThat(query("\"query\":\"apple\",\"params\":{\"score_threshold\":0.99,\"mode\":\"vector\"}")
                        .ok())
                .isEqualTo("{\"chunks\":[],\"scores\":[]}");
        for (String mode : new String[] {"keyword", "hybrid"}) {
            assertThat(query("\"query\":\"apple\",\"params\":{\"mode\":\"%s\"}".formatted(mode))
                            .ok())
                    .contains("\"content\":\"apple tree\"")
                    .doesNotContain("pear");
        }
    }

    private Answer query(String more) {
        return server.post(CHUNKS + "/query", "{\"vector_db_id\":\"a/b\"," + more + '}');
    }

    @Test
    void documentsAreInsertedAndAsked() {
        register();
        assertThat(server.post(DOCUMENTS + "/insert", """
            {"vector_db_id":"a/b","documents":[{"document_id":"d","content":"apple tree","mime_type":"text/plain",\
            "metadata":{}},{"document_id":"e","content":{"type":"text","text":"stone"}}]}\
            """).ok()).isEqualTo("null");

        Answer found = server.post(
                DOCUMENTS + "/query",
                "{\"content\":\"apple\",\"vector_db_ids\":[\"a/b\"],\"query_config\":{\"query_generator_config\":{\"type\":\"default\",\"separator\":\""
                    + " \"},\"max_chunks\":2,\"max_tokens_in_context\":100,\"mode\":\"vector\"}}");
        assertThat(found.ok())
                .startsWith("{\"content\":[{\"type\":\"text\",\"text\":\"")
                .contains("apple tree")
                .doesNotContain("stone")
                .contains("\"metadata\":{\"document_ids\":[\"d\"]");
        assertThat(server.post(DOCUMENTS + "/query", "{\"content\":\"brick\",\"vector_db_ids\":[\"a/b\"]}")
                        .ok())
                .startsWith("{\"content\":null,\"metadata\":{");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/vector-dbs {} | 400 | vector_db_id is missing",
                "/v1/vector-dbs {\"vector_db_id\":\" \",\"embedding_model\":\"words\"} | 400 | vector_db_id must not"
                        + " be blank",
                "/v1/vector-dbs {\"vector_db_id\":\"c\"} | 400 | embedding_model is missing",
                "/v1/vector-dbs {\"vector_db_id\":\"c\",\"embedding_model\":\"none\"} | 400 | There is no embedding"
                        + " model 'none'; the embedding models are words",
                "/v1/vector-dbs {\"vector_db_id\":\"c\",\"embedding_model\":\"words\",\"embedding_dimension\":0} | 400"
                        + " | embedding_dimension must be a whole number from 1",
                "/v1/vector-io/insert {\"vector_db_id\":\"a/b\"} | 400 | chunks is missing",
                "/v1/vector-io/insert {\"vector_db_id\":\"a/b\",\"chunks\":[{}]} | 400 | chunks[0].content is missing",
                "/v1/vector-io/insert {\"vector_db_id\":\"a/b\",\"chunks\":[],\"ttl_seconds\":1} | 400 | ttl_seconds"
                        + " is not supported",
                "/v1/vector-io/insert"
                    + " {\"vector_db_id\":\"none\",\"chunks\":[{\"content\":\"a\",\"metadata\":{\"document_id\":\"d\"}}]}"
                    + " | 404 | Vector store with id 'none' not found.",
                "/v1/vector-io/query {\"vector_db_id\":\"none\",\"query\":\"a\"} | 404 | Vector store with id 'none'"
                        + " not found.",
                "/v1/vector-io/query {\"vector_db_id\":\"a/b\",\"query\":\" \"} | 400 | The query has no words",
                "/v1/vector-io/query {\"vector_db_id\":\"a/b\",\"query\":\"a\",\"params\":{\"max_chunks\":0}} | 400 |"
                        + " params.max_chunks must be a whole number from 1",
                "/v1/vector-io/query {\"vector_db_id\":\"a/b\",\"query\":\"a\",\"params\":{\"score_threshold\":2}} |"
                        + " 400 | params.score_threshold must be a number from 0 to 1",
                "/v1/vector-io/query {\"vector_db_id\":\"a/b\",\"query\":\"a\",\"params\":{\"mode\":\"magic\"}} | 400 |"
                        + " params.mode is 'magic', but must be one of [hybrid, keyword, vector]",
                "/v1/tool-runtime/rag-tool/insert {\"vector_db_id\":\"a/b\"} | 400 | documents is missing",
                "/v1/tool-runtime/rag-tool/insert {\"vector_db_id\":\"a/b\",\"documents\":[{\"content\":\"a\"}]} | 400"
                        + " | documents[0].document_id is missing",
                "/v1/tool-runtime/rag-tool/insert {\"vector_db_id\":\"a/b\",\"documents\":[{\"document_id\":\""
                        + " \",\"content\":\"a\"}]} | 400 | documents[0].document_id must not be blank",
                "/v1/tool-runtime/rag-tool/insert"
                    + " {\"vector_db_id\":\"none\",\"documents\":[{\"document_id\":\"d\",\"content\":\"a\"}]} | 404 |"
                    + " Vector store with id 'none' not found.",
                "/v1/tool-runtime/rag-tool/query {\"vector_db_ids\":[]} | 400 | content is missing",
                "/v1/tool-runtime/rag-tool/query {\"content\":\"a\"} | 400 | vector_db_ids is missing",
                "/v1/tool-runtime/rag-tool/query {\"content\":\"a\",\"vector_db_ids\":[\"none\"]} | 404 | Vector store"
                        + " with id 'none' not found.",
                "/v1/tool-runtime/rag-tool/query"
                    + " {\"content\":\"a\",\"vector_db_ids\":[\"a/b\"],\"query_config\":{\"query_generator_config\":{\"type\":\"llm\"}}}"
                    + " | 400 | query_config.query_generator_config.type is 'llm', but only 'default' is supported",
            })
    void whatMakesNoSenseIsRefused(String request, int status, String message) {
        register();
        String[] parts = request.split(" ", 2);

        Answer answer = server.post(parts[0], parts[1]);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.anyJson().at("detail").string()).startsWith(message);
    }
}
