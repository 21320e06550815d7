package dev.parley.rest.stores;

import static dev.parley.rest.stores.StoresOverHttp.STORES;
import static dev.parley.rest.stores.StoresOverHttp.THEN;
import static dev.parley.rest.stores.StoresOverHttp.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.json.JsonField;
import dev.parley.rest.stores.StoresOverHttp.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vector stores and their search, over HTTP. */
@Timeout(60)
final class VectorStoresControllerTest {

    private static final String EMPTY = ("{\"id\":\"%s\",\"object\":\"vector_store\",\"created_at\":%d,\"name\":\"\","
        + "\"usage_bytes\":0,\"file_counts\":{\"in_progress\":0,\"completed\":0,\"failed\":0,\"cancelled\":0,\"total\":0},"
        + "\"status\":\"completed\",\"expires_after\":null,\"expires_at\":null,\"last_active_at\":%d,\"metadata\":{}}")
            .formatted(id("vs_", 1), THEN, THEN);

    private final StoresOverHttp server = new StoresOverHttp();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {STORES, "/v1/openai" + STORES})
    void aStoreIsCreatedReadListedAndDeleted(String stores) {
        assertThat(server.post(stores, "{}").ok()).isEqualTo(EMPTY);

        String store = id("vs_", 1);
        assertThat(server.get(stores + '/' + store).ok()).isEqualTo(EMPTY);
        assertThat(server.get(stores).ok())
                .isEqualTo(
                        "{\"object\":\"list\",\"data\":[%s],\"first_id\":\"%s\",\"last_id\":\"%s\",\"has_more\":false}"
                                .formatted(EMPTY, store, store));
        assertThat(server.delete(stores + '/' + store).ok())
                .isEqualTo("{\"id\":\"%s\",\"object\":\"vector_store.deleted\",\"deleted\":true}".formatted(store));
        assertThat(server.get(stores + '/' + store).status()).isEqualTo(404);
        assertThat(server.get(stores).ok())
                .isEqualTo("{\"object\":\"list\",\"data\":[],\"first_id\":null,\"last_id\":null,\"has_more\":false}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"name\":null,\"file_ids\":null,\"metadata\":null,\"expires_after\":null,\"chunking_strategy\":null}",
                "{\"file_ids\":[],\"metadata\":{},\"chunking_strategy\":{\"type\":\"auto\"},\"description\":\"of\"}"
            })
    void nothingNeedsToBeSaidOfAStore(String body) {
        assertThat(server.post(STORES, body).ok()).isEqualTo(EMPTY);
    }

    @Test
    void aStoreHasWhatItsClientSaysAndBeginsWithItsFiles() {
        String first = server.upload("a.txt", "apple");
        String second = server.upload("b.txt", "pear");

        assertThat(server.post(STORES, """
            {"name":"fruit","metadata":{"topic":"fruit"},"expires_after":{"anchor":"last_active_at","days":7},\
            "chunking_strategy":{"type":"static","static":{"max_chunk_size_tokens":100,"chunk_overlap_tokens":50}},\
            "file_ids":["%s","%s"]}\
            """.formatted(first, second)).ok())
                .isEqualTo(
                        "{\"id\":\"%s\",\"object\":\"vector_store\",\"created_at\":%d,\"name\":\"fruit\",\"usage_bytes\":0,"
                                        .formatted(id("vs_", 3), THEN)
                                + "\"file_counts\":{\"in_progress\":2,\"completed\":0,\"failed\":0,\"cancelled\":0,\"total\":2},"
                                + "\"status\":\"in_progress\",\"expires_after\":{\"anchor\":\"last_active_at\",\"days\":7},"
                                + "\"expires_at\":%d,\"last_active_at\":%d,\"metadata\":{\"topic\":\"fruit\"}}"
                                        .formatted(THEN + 7 * 86_400, THEN));
        assertThat(server.get("%s/%s/files/%s".formatted(STORES, id("vs_", 3), first))
                        .ok())
                .contains("{\"max_chunk_size_tokens\":100,\"chunk_overlap_tokens\":50}");
    }

    @Test
    void whatIsNotSaidAgainOfAStoreStays() {
        String path = STORES + '/' + server.post(STORES, """
            {"name":"fruit","metadata":{"topic":"fruit"},"expires_after":{"anchor":"last_active_at","days":7}}\
            """).id();

        assertThat(described(server.post(path, "{}"))).isEqualTo("fruit {\"topic\":\"fruit\"} 7");
        assertThat(described(server.post(path, "{\"name\":\"trees\"}"))).isEqualTo("trees {\"topic\":\"fruit\"} 7");
        assertThat(described(server.post(path, "{\"name\":null,\"metadata\":null}")))
                .isEqualTo("trees {\"topic\":\"fruit\"} 7");
        assertThat(described(server.post(path, "{\"metadata\":{}}"))).isEqualTo("trees {} 7");
        assertThat(described(server.post(path, "{\"expires_after\":{\"anchor\":\"last_active_at\",\"days\":365}}")))
                .isEqualTo("trees {} 365");
        assertThat(described(server.post(path, "{\"expires_after\":null}"))).isEqualTo("trees {} never");
        assertThat(described(server.get(path))).isEqualTo("trees {} never");
    }

    private static String described(Answer store) {
        JsonField in = store.json();
        return "%s %s %s"
                .formatted(
                        in.at("name").string(),
                        in.at("metadata").opaque().text(),
                        in.at("expires_after")
                                .optional(expiry ->
                                        String.valueOf(expiry.at("days").integer(1)))
                                .orElse("never"));
    }

    @Test
    void aListIsReadInParts() {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            ids.add(server.store());
            server.room().wait(Duration.ofSeconds(1));
        }

        assertThat(server.get(STORES).ids()).isEqualTo(ids.reversed());
        assertThat(server.get(STORES + "?order=asc&limit=3").ids()).isEqualTo(ids.subList(0, 3));
        assertThat(server.get(STORES + "?order=asc&limit=100&after=" + ids.get(2))
                        .ids())
                .isEqualTo(ids.subList(3, 5));
        assertThat(server.get(STORES + "?limit=2&before=" + ids.get(0)).ids()).containsExactly(ids.get(2), ids.get(1));
        assertThat(server.get("%s?after=%s&before=%s".formatted(STORES, ids.get(4), ids.get(2)))
                        .ids())
                .containsExactly(ids.get(3));
        assertThat(server.get(STORES + "?limit=5").body()).endsWith(",\"has_more\":false}");
        assertThat(server.get(STORES + "?limit=4").body())
                .endsWith(
                        ",\"first_id\":\"%s\",\"last_id\":\"%s\",\"has_more\":true}".formatted(ids.get(4), ids.get(1)));
    }

    @Test
    void whatAStoreHasIsFound() {
        String store = orchard();

        JsonField page = search(store, "{\"query\":\"apple\"}").json();

        assertThat(page.at("object").string()).isEqualTo("vector_store.search_results.page");
        assertThat(page.at("search_query").opaque().text()).isEqualTo("[\"apple\"]");
        assertThat(page.at("has_more").bool()).isFalse();
        assertThat(page.at("next_page").isGiven()).isFalse();
        JsonField best = page.at("data").list(hit -> hit).getFirst();
        double score = best.at("score").number();
        assertThat(score).isBetween(0.5, 1.0);
        assertThat(best.opaque().text())
                .isEqualTo(
                        "{\"file_id\":\"%s\",\"filename\":\"apple.txt\",\"score\":%s,".formatted(id("file-", 2), score)
                                + "\"attributes\":{\"kind\":\"fruit\",\"ripe\":true,\"weight\":1.5},"
                                + "\"content\":[{\"type\":\"text\",\"text\":\"apple tree\"}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{\"query\":\"tree\"} | apple.txt, pear.txt, nut.txt",
                "{\"query\":[\"apple\",\"pear\"],\"max_num_results\":2} | apple.txt, pear.txt",
                "{\"query\":\"pear tree\",\"max_num_results\":1,\"rewrite_query\":true} | pear.txt",
                "{\"query\":\"tree\",\"filters\":null,\"ranking_options\":null} | apple.txt, pear.txt, nut.txt",
                "{\"query\":\"tree\",\"filters\":{\"type\":\"eq\",\"key\":\"kind\",\"value\":\"nut\"}} | nut.txt",
                "{\"query\":\"tree\",\"filters\":{\"type\":\"ne\",\"key\":\"kind\",\"value\":\"nut\"}} | apple.txt,"
                        + " pear.txt",
                "{\"query\":\"tree\",\"filters\":{\"type\":\"gt\",\"key\":\"weight\",\"value\":1.5}} | pear.txt",
                "{\"query\":\"tree\",\"filters\":{\"type\":\"lte\",\"key\":\"weight\",\"value\":1.5}} | apple.txt,"
                        + " nut.txt",
                "{\"query\":\"tree\",\"filters\":{\"type\":\"eq\",\"key\":\"ripe\",\"value\":true}} | apple.txt",
                "{\"query\":\"tree\",\"filters\":{\"type\":\"in\",\"key\":\"weight\",\"value\":[1.5,2]}} | apple.txt,"
                        + " pear.txt",
                "{\"query\":\"tree\",\"filters\":{\"type\":\"nin\",\"key\":\"weight\",\"value\":[1.5,2]}} | nut.txt",
                "{\"query\":\"tree\",\"filters\":{\"type\":\"and\",\"filters\":[{\"type\":\"eq\",\"key\":\"kind\",\"value\":\"fruit\"},{\"type\":\"lt\",\"key\":\"weight\",\"value\":2}]}}"
                    + " | apple.txt",
                "{\"query\":\"tree\",\"filters\":{\"type\":\"or\",\"filters\":[{\"type\":\"eq\",\"key\":\"kind\",\"value\":\"nut\"},{\"type\":\"gte\",\"key\":\"weight\",\"value\":2}]}}"
                    + " | pear.txt, nut.txt",
                "{\"query\":\"apple"
                        + " tree\",\"ranking_options\":{\"ranker\":\"default-2024-11-15\",\"score_threshold\":0.9}} |"
                        + " apple.txt",
                "{\"query\":\"apple\",\"ranking_options\":{\"hybrid_search\":{\"embedding_weight\":0,\"text_weight\":1}}}"
                    + " | apple.txt",
                "{\"query\":\"stone\"} | none"
            })
    void aSearchIsNarrowed(String body, @Nullable String found) {
        String store = orchard();

        assertThat(search(store, body)
                        .json()
                        .at("data")
                        .list(hit -> hit.at("filename").string()))
                .containsExactlyInAnyOrder(found == null ? new String[0] : found.split(", "));
    }

    @Test
    void aStoreThatHasExpiredIsThereButOfNoUse() {
        String store = server.post(STORES, "{\"expires_after\":{\"anchor\":\"last_active_at\",\"days\":1}}")
                .id();

        server.room().wait(Duration.ofDays(1));

        assertThat(server.get(STORES + '/' + store).json().at("status").string())
                .isEqualTo("expired");
        Answer search = search(store, "{\"query\":\"apple\"}");
        assertThat(search.status()).isEqualTo(409);
        assertThat(search.header("x-should-retry")).isEqualTo("false");
        assertThat(search.error().at("message").string())
                .isEqualTo("The vector store '%s' has expired, 1 days after it was last used; make a new one"
                        .formatted(store));
    }

    private Answer search(String store, String body) {
        return server.post("%s/%s/search".formatted(STORES, store), body);
    }

    /** A store of three files, which have been read. */
    private String orchard() {
        String store = server.post(STORES, "{\"name\":\"orchard\"}").id();
        tree(store, "apple", "{\"kind\":\"fruit\",\"weight\":1.50,\"ripe\":true}");
        tree(store, "pear", "{\"kind\":\"fruit\",\"weight\":2}");
        tree(store, "nut", "{\"kind\":\"nut\",\"weight\":0.5,\"ripe\":false}");
        server.startReading();
        server.awaitRead(store);
        return store;
    }

    private void tree(String store, String name, String attributes) {
        server.post(
                        "%s/%s/files".formatted(STORES, store),
                        "{\"file_id\":\"%s\",\"attributes\":%s}"
                                .formatted(server.upload(name + ".txt", name + " tree"), attributes))
                .ok();
    }
}
