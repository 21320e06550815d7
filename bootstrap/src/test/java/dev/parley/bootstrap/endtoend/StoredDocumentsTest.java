package dev.parley.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.inference.testing.Reply;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of documents over HTTP: those that can't be read, that come twice, that go, and that nobody may use any more. */
@Timeout(120)
class StoredDocumentsTest {

    private static final String[] TABLES = {
        "uploaded_file", "uploaded_piece", "vector_store", "store_batch", "store_file", "store_chunk"
    };
    private static final List<Long> NOTHING = Collections.nCopies(TABLES.length, 0L);

    private static final String PICTURE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /** How many numbers the vectors have that the provider's model gives. */
    private static final AtomicInteger DIMENSION = new AtomicInteger(3);

    private static final LibraryServer SERVER = LibraryServer.start(Map.of(
            "parley.retrieval.documents.max-unpacked", "8388608",
            "parley.retrieval.sweep-interval", "100ms",
            "parley.embeddings.models.changing.provider", "engine"));

    static {
        SERVER.upstream().embeddings(request -> vectors(Json.parse(request.body())));
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    /** The same vector for every text, of as many numbers as the model has just now. */
    private static Reply vectors(Json request) {
        StringBuilder data = new StringBuilder();
        for (int index = 0; index < request.items("input").size(); index++) {
            data.append(index > 0 ? "," : "")
                    .append("{\"object\":\"embedding\",\"index\":%d,\"embedding\":%s}"
                            .formatted(index, Collections.nCopies(DIMENSION.get(), 0.5)));
        }
        return Reply.json(200, "{\"object\":\"list\",\"model\":\"changing\",\"data\":[%s]}".formatted(data));
    }

    @Test
    void documentsThatCantBeReadFailWithACodeAndASentenceAndTheOthersAreRead() {
        String locked = SERVER.upload("locked.pdf", DocumentWriter.pdfWithPassword("Secret"));
        String broken = SERVER.upload("broken.pdf", DocumentWriter.brokenPdf("A text"));
        String bomb = SERVER.upload("bomb.docx", DocumentWriter.docxThatUnpacksTo(64L << 20));
        String whole = SERVER.upload("whole.pdf", DocumentWriter.Format.PDF.write("Bicycle", "The bicycle is red."));
        String picture = SERVER.upload("picture.png", Base64.getDecoder().decode(PICTURE));
        String store = SERVER.store(List.of(locked, broken, bomb, whole, picture));

        Json counts = SERVER.readThrough(store).at("file_counts");

        assertThat(counts.number("failed")).isEqualTo(4);
        assertThat(counts.number("completed")).isEqualTo(1);
        requireFailed(store, locked, "invalid_file", "password");
        requireFailed(store, broken, "invalid_file", "broken");
        requireFailed(store, bomb, "invalid_file", "unpacks to more than 8 MB");
        requireFailed(store, picture, "unsupported_file", "image/png");
        assertThat(SERVER.fileOf(store, whole).isNull("last_error")).isTrue();
        assertThat(SERVER.count("select count(*) from store_chunk where store_id = '%s'".formatted(store)))
                .isEqualTo(1);
    }

    private static void requireFailed(String store, String file, String code, String why) {
        Json failed = SERVER.fileOf(store, file);
        assertThat(failed.text("status")).isEqualTo("failed");
        assertThat(failed.text("last_error", "code")).isEqualTo(code);
        assertThat(failed.text("last_error", "message"))
                .contains(why)
                .doesNotContain("Exception")
                .doesNotContain("org.apache");
    }

    @Test
    void anInsertOfADocumentThatCantBeReadSaysWhichAndInsertsNone() {
        database("hostile", "bge-small-en-v1.5");
        for (byte[] content : List.of(
                DocumentWriter.pdfWithPassword("Secret"),
                DocumentWriter.brokenPdf("A text"),
                DocumentWriter.docxThatUnpacksTo(64L << 20))) {
            String address = "data:application/octet-stream;base64,"
                    + Base64.getEncoder().encodeToString(content);

            HttpResponse<String> refused =
                    insert("hostile", List.of(document("good", "A good text"), document("bad", address)));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body())
                    .contains("documents[1]")
                    .contains("can't be read")
                    .doesNotContain("Exception");
        }
        assertThat(SERVER.count("select count(*) from store_file where store_id = 'hostile'"))
                .isZero();
    }

    @Test
    void aDocumentThatComesTwiceIsThereOnceAndLeavesNothing() {
        database("twice", "bge-small-en-v1.5");
        String lengthy = "The red bicycle stands in the yard. ".repeat(200);

        requireDone(insert("twice", List.of(document("d", lengthy), document("other", "A pear is green."))));
        long chunks = chunks("twice");
        requireDone(insert("twice", List.of(document("d", lengthy))));
        assertThat(chunks("twice")).isEqualTo(chunks).isGreaterThan(5);
        requireDone(insert("twice", List.of(document("d", "The bicycle was sold."))));

        assertThat(chunks("twice")).isEqualTo(2);
        assertThat(SERVER.count("select count(*) from store_file where store_id = 'twice'"))
                .isEqualTo(2);
        assertThat(SERVER.posted("/v1/vector-io/query", Map.of("vector_db_id", "twice", "query", "bicycle"))
                        .items("chunks")
                        .getFirst()
                        .text("content"))
                .isEqualTo("The bicycle was sold.");
    }

    @Test
    void whatIsDeletedLeavesNoRow() {
        try (LibraryServer server = LibraryServer.start(Map.of())) {
            assertThat(server.rows(TABLES)).isEqualTo(NOTHING);
            String kept = server.upload("kept.txt", DocumentWriter.Format.TXT.write("Kept", "A text"));
            String deleted = server.upload("deleted.md", DocumentWriter.Format.MD.write("Deleted", "Another text"));
            String store = server.store(List.of(kept));
            server.posted("/v1/vector_stores/%s/file_batches".formatted(store), Map.of("file_ids", List.of(deleted)));
            server.readThrough(store);
            assertThat(server.rows(TABLES)).containsExactly(2L, 2L, 1L, 1L, 2L, 2L);

            assertThat(Http.delete(server.at("/v1/files/" + deleted)).statusCode())
                    .isEqualTo(200);
            assertThat(server.rows(TABLES)).containsExactly(1L, 1L, 1L, 1L, 1L, 1L);

            assertThat(Http.delete(server.at("/v1/vector_stores/" + store)).statusCode())
                    .isEqualTo(200);
            assertThat(Http.delete(server.at("/v1/files/" + kept)).statusCode()).isEqualTo(200);
            assertThat(server.rows(TABLES)).isEqualTo(NOTHING);
        }
    }

    @Test
    void aModelThatChangesItsDimensionIsNamedAndNothingIsHalfWritten() {
        database("measured", "changing");
        requireDone(insert("measured", List.of(document("first", "A text"))));
        long rows = SERVER.count("select count(*) from store_chunk where store_id = 'measured' and dimension = 3");
        assertThat(rows).isEqualTo(1);

        DIMENSION.set(5);
        HttpResponse<String> refused =
                insert("measured", List.of(document("first", "New"), document("second", "Newer")));
        HttpResponse<String> asked =
                SERVER.post("/v1/vector-io/query", Map.of("vector_db_id", "measured", "query", "text"));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("changing").contains("5 numbers, where 3 are expected");
        assertThat(asked.statusCode()).isEqualTo(503);
        assertThat(SERVER.count("select count(*) from store_chunk where store_id = 'measured' and dimension = 3 and"
                        + " content = 'A text'"))
                .isEqualTo(1);
        assertThat(SERVER.count("select count(*) from store_file where store_id = 'measured'"))
                .isEqualTo(1);
    }

    @Test
    void filesThatHaveExpiredAreRemovedWithTheirBytes() {
        String file = SERVER.upload("short-lived.txt", DocumentWriter.Format.TXT.write("Note", "Until tomorrow"));
        String store = SERVER.store(List.of(file));
        SERVER.readThrough(store);
        String bytes = "select count(*) from uploaded_piece where file_id = '%s'".formatted(file);
        String chunks = "select count(*) from store_chunk where store_id = '%s'".formatted(store);
        assertThat(SERVER.count(bytes)).isEqualTo(1);
        assertThat(SERVER.count(chunks)).isEqualTo(1);

        SERVER.execute("update uploaded_file set expires_at = now() where id = '%s'".formatted(file));

        LibraryServer.await(() -> SERVER.count(bytes) == 0 && SERVER.count(chunks) == 0);
        assertThat(Http.get(SERVER.at("/v1/files/" + file)).statusCode()).isEqualTo(404);
    }

    @Test
    void storesThatHaveExpiredAreEmptiedAndSaySo() {
        String file = SERVER.upload("stays.txt", DocumentWriter.Format.TXT.write("Note", "The store was for a day"));
        String store = SERVER.posted(
                        "/v1/vector_stores",
                        Map.of(
                                "file_ids",
                                List.of(file),
                                "expires_after",
                                Map.of("anchor", "last_active_at", "days", 1)))
                .text("id");
        SERVER.readThrough(store);

        SERVER.execute("update vector_store set last_active_at = now() - interval '24 hours' where id = '%s'"
                .formatted(store));

        LibraryServer.await(() -> chunks(store) == 0);
        Json expired = SERVER.get("/v1/vector_stores/" + store);
        assertThat(expired.text("status")).isEqualTo("expired");
        assertThat(expired.number("file_counts", "total")).isZero();
        assertThat(expired.number("usage_bytes")).isZero();
        HttpResponse<String> refused =
                SERVER.post("/v1/vector_stores/%s/search".formatted(store), Map.of("query", "note"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("has expired");
        assertThat(SERVER.get("/v1/files/" + file).text("id")).isEqualTo(file);
    }

    private static void database(String id, String model) {
        SERVER.posted("/v1/vector-dbs", Map.of("vector_db_id", id, "embedding_model", model));
    }

    private static Map<String, Object> document(String id, String content) {
        return Map.of("document_id", id, "content", content, "metadata", Map.of());
    }

    private static HttpResponse<String> insert(String database, List<Map<String, Object>> documents) {
        return SERVER.post(
                "/v1/tool-runtime/rag-tool/insert",
                Map.of("vector_db_id", database, "documents", documents, "chunk_size_in_tokens", 128));
    }

    private static void requireDone(HttpResponse<String> inserted) {
        assertThat(inserted.statusCode()).as(inserted.body()).isEqualTo(200);
    }

    private static long chunks(String store) {
        return SERVER.count("select count(*) from store_chunk where store_id = '%s'".formatted(store));
    }
}
