package dev.parley.rest.stores;

import static dev.parley.rest.stores.StoresOverHttp.FILES;
import static dev.parley.rest.stores.StoresOverHttp.STORES;
import static dev.parley.rest.stores.StoresOverHttp.THEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.stores.StoresOverHttp.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in vector stores, one by one and in batches, over HTTP. */
@Timeout(60)
final class StoreFilesControllerTest {

    private static final String AUTO = "{\"max_chunk_size_tokens\":800,\"chunk_overlap_tokens\":400}";

    private final StoresOverHttp server = new StoresOverHttp();
    private String store = "";
    private String apple = "";
    private String pear = "";
    private String files = "";
    private String batches = "";

    @BeforeEach
    void fill() {
        store = server.store();
        apple = server.upload("apple.txt", "apple tree");
        pear = server.upload("pear.txt", "pear tree");
        files = "%s/%s/files".formatted(STORES, store);
        batches = "%s/%s/file_batches".formatted(STORES, store);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/openai/v1"})
    void aFileIsPutIntoAStoreAndTakenOut(String root) {
        String path = "%s/vector_stores/%s/files".formatted(root, store);
        String shown = file(apple, "in_progress", 0, "null", "{}", AUTO);
        assertThat(server.post(path, "{\"file_id\":\"%s\"}".formatted(apple)).ok())
                .isEqualTo(shown);

        assertThat(server.get(path + '/' + apple).ok()).isEqualTo(shown);
        assertThat(server.get(path).ok())
                .isEqualTo(
                        "{\"object\":\"list\",\"data\":[%s],\"first_id\":\"%s\",\"last_id\":\"%s\",\"has_more\":false}"
                                .formatted(shown, apple, apple));
        assertThat(server.delete(path + '/' + apple).ok())
                .isEqualTo(
                        "{\"id\":\"%s\",\"object\":\"vector_store.file.deleted\",\"deleted\":true}".formatted(apple));
        assertThat(server.get(path + '/' + apple).status()).isEqualTo(404);
        assertThat(server.get(path).ok())
                .isEqualTo("{\"object\":\"list\",\"data\":[],\"first_id\":null,\"last_id\":null,\"has_more\":false}");
        assertThat(server.get(FILES + '/' + apple).status()).isEqualTo(200);
    }

    @Test
    void aFileIsPutInWithItsAttributesAndItsOwnCut() {
        assertThat(server.post(files, """
            {"file_id":"%s","attributes":{"b":true,"a":"x","n":1.50},\
            "chunking_strategy":{"type":"static","static":{"max_chunk_size_tokens":4096,"chunk_overlap_tokens":0}}}\
            """.formatted(apple)).ok())
                .isEqualTo(file(
                        apple,
                        "in_progress",
                        0,
                        "null",
                        "{\"a\":\"x\",\"b\":true,\"n\":1.5}",
                        "{\"max_chunk_size_tokens\":4096,\"chunk_overlap_tokens\":0}"));
        assertThat(server.post(files, """
            {"file_id":"%s","attributes":null,"chunking_strategy":{"type":"auto"}}\
            """.formatted(pear)).ok())
                .isEqualTo(file(pear, "in_progress", 0, "null", "{}", AUTO));
    }

    @Test
    void aFileThatWasReadHasItsText() {
        server.attached(store, apple);
        assertThat(server.get("%s/%s/content".formatted(files, apple)).ok())
                .isEqualTo(
                        "{\"object\":\"vector_store.file_content.page\",\"data\":[],\"has_more\":false,\"next_page\":null}");

        read();

        assertThat(server.get(files + '/' + apple).ok())
                .isEqualTo(file(apple, "completed", 10 + 64 * 4, "null", "{}", AUTO));
        assertThat(server.get("%s/%s/content".formatted(files, apple)).ok())
                .isEqualTo(
                        "{\"object\":\"vector_store.file_content.page\",\"data\":[{\"type\":\"text\",\"text\":\"apple"
                                + " tree\"}],\"has_more\":false,\"next_page\":null}");
        assertThat(server.get(STORES + '/' + store).ok())
                .contains(
                        "\"usage_bytes\":266,\"file_counts\":{\"in_progress\":0,\"completed\":1,\"failed\":0,\"cancelled\":0,\"total\":1}");
    }

    @Test
    void aFileThatCantBeReadSaysWhy() {
        server.room().documents().unreadable("apple", "An apple is no document");
        server.attached(store, apple);

        read();

        assertThat(server.get(files + '/' + apple).ok())
                .isEqualTo(file(
                        apple,
                        "failed",
                        0,
                        "{\"code\":\"invalid_file\",\"message\":\"An apple is no document\"}",
                        "{}",
                        AUTO));
    }

    @Test
    void theAttributesOfAFileAreReplaced() {
        String path = server.attached(store, apple);

        assertThat(server.post(path, "{\"attributes\":{\"a\":1,\"b\":\"x\"}}").ok())
                .contains("\"attributes\":{\"a\":1,\"b\":\"x\"}");
        assertThat(server.post(path, "{\"attributes\":{\"c\":false}}").ok()).contains("\"attributes\":{\"c\":false}");
        assertThat(server.get(path).ok()).contains("\"attributes\":{\"c\":false}");
        assertThat(server.post(path, "{\"attributes\":null}").ok()).contains("\"attributes\":{}");
    }

    @Test
    void aListIsReadInPartsAndByHowFarFilesAre() {
        List<String> ids = new ArrayList<>();
        server.room().documents().unreadable("unreadable", "It is broken");
        for (String text : List.of("a", "unreadable", "c", "d")) {
            ids.add(server.upload(text + ".txt", text));
            server.attached(store, ids.getLast());
            server.room().wait(Duration.ofSeconds(1));
        }

        assertThat(server.get(files + "?limit=2").ids()).containsExactly(ids.get(3), ids.get(2));
        assertThat(server.get(files + "?limit=2").body()).endsWith(",\"has_more\":true}");
        assertThat(server.get(files + "?order=asc&after=" + ids.get(1)).ids()).isEqualTo(ids.subList(2, 4));
        assertThat(server.get(files + "?limit=1&before=" + ids.get(0)).ids()).containsExactly(ids.get(1));
        assertThat(server.get(files + "?filter=in_progress").ids()).isEqualTo(ids.reversed());
        assertThat(server.get(files + "?filter=completed").ids()).isEmpty();

        read();

        assertThat(server.get(files + "?filter=in_progress").ids()).isEmpty();
        assertThat(server.get(files + "?filter=completed&order=asc").ids())
                .containsExactly(ids.get(0), ids.get(2), ids.get(3));
        assertThat(server.get(files + "?filter=failed").ids()).containsExactly(ids.get(1));
        assertThat(server.get(files + "?filter=cancelled").ids()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/openai/v1"})
    void aBatchIsReadTogether(String root) {
        String path = "%s/vector_stores/%s/file_batches".formatted(root, store);
        Answer made = server.post(path, """
            {"file_ids":["%s","%s"],"attributes":{"kind":"fruit"},"chunking_strategy":{"type":"static",\
            "static":{"max_chunk_size_tokens":200,"chunk_overlap_tokens":20}}}\
            """.formatted(apple, pear));
        String batch = made.id();
        assertThat(batch).startsWith("vsfb_");
        assertThat(made.ok()).isEqualTo(batch(batch, "in_progress", 2, 0, 0));

        assertThat(server.get(path + '/' + batch).ok()).isEqualTo(made.ok());
        assertThat(server.get("%s/%s/files".formatted(path, batch)).ids()).containsExactlyInAnyOrder(apple, pear);
        assertThat(server.get(files + '/' + apple).ok())
                .contains("\"attributes\":{\"kind\":\"fruit\"}")
                .contains("{\"max_chunk_size_tokens\":200,\"chunk_overlap_tokens\":20}");
        read();
        assertThat(server.get(path + '/' + batch).ok()).isEqualTo(batch(batch, "completed", 0, 2, 0));
        assertThat(server.get("%s/%s/files?filter=completed&limit=1".formatted(path, batch))
                        .ok())
                .endsWith(",\"has_more\":true}");
        assertThat(server.post("%s/%s/cancel".formatted(path, batch), "").ok())
                .isEqualTo(batch(batch, "completed", 0, 2, 0));
    }

    @Test
    void eachFileOfABatchCanSayItselfHowItIsPutIn() {
        server.post(batches, """
            {"files":[{"file_id":"%s","attributes":{"a":1}},{"file_id":"%s"}],"file_ids":null,\
            "attributes":{"ignored":true},"chunking_strategy":{"type":"static",\
            "static":{"max_chunk_size_tokens":200,"chunk_overlap_tokens":20}}}\
            """.formatted(apple, pear)).ok();

        assertThat(server.get(files + '/' + apple).ok())
                .isEqualTo(file(apple, "in_progress", 0, "null", "{\"a\":1}", AUTO));
        assertThat(server.get(files + '/' + pear).ok()).isEqualTo(file(pear, "in_progress", 0, "null", "{}", AUTO));
    }

    @Test
    void aBatchIsCalledOff() {
        String batch = server.post(batches, "{\"file_ids\":[\"%s\",\"%s\"]}".formatted(apple, pear))
                .id();

        assertThat(server.post("%s/%s/cancel".formatted(batches, batch), "").ok())
                .isEqualTo(batch(batch, "cancelled", 0, 0, 2));

        assertThat(server.get("%s/%s/files?filter=cancelled".formatted(batches, batch))
                        .ids())
                .hasSize(2);
        assertThat(server.get(files + '/' + apple).json().at("status").string()).isEqualTo("cancelled");
    }

    @Test
    void whoWaitsIsToldWhenToAskAgain() {
        String batch = "%s/%s"
                .formatted(
                        batches,
                        server.post(batches, "{\"file_ids\":[\"%s\"]}".formatted(apple))
                                .id());
        for (String path : List.of(batch, files + '/' + apple)) {
            assertThat(server.get(path).header("openai-poll-after-ms")).isEqualTo("500");
        }

        read();

        for (String path : List.of(batch, files + '/' + apple)) {
            assertThat(server.get(path).header("openai-poll-after-ms")).isEmpty();
        }
    }

    @Test
    void aFileThatIsDeletedIsInNoStore() {
        String path = server.attached(store, apple);

        server.delete(FILES + '/' + apple).ok();

        assertThat(server.get(path).status()).isEqualTo(404);
        assertThat(server.get(files).ids()).isEmpty();
    }

    private void read() {
        server.startReading();
        server.awaitRead(store);
    }

    private String file(String id, String status, int bytes, String error, String attributes, String chunking) {
        return ("{\"id\":\"%s\",\"object\":\"vector_store.file\",\"created_at\":%d,\"vector_store_id\":\"%s\","
                        + "\"usage_bytes\":%d,\"status\":\"%s\",\"last_error\":%s,\"attributes\":%s,"
                        + "\"chunking_strategy\":{\"type\":\"static\",\"static\":%s}}")
                .formatted(id, THEN, store, bytes, status, error, attributes, chunking);
    }

    private String batch(String id, String status, int inProgress, int completed, int cancelled) {
        return ("{\"id\":\"%s\",\"object\":\"vector_store.files_batch\",\"created_at\":%d,\"vector_store_id\":\"%s\","
            + "\"status\":\"%s\",\"file_counts\":{\"in_progress\":%d,\"completed\":%d,\"failed\":0,\"cancelled\":%d,\"total\":2}}")
                .formatted(id, THEN, store, status, inProgress, completed, cancelled);
    }
}
