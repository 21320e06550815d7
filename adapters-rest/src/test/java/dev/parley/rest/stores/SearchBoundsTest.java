package dev.parley.rest.stores;

import static dev.parley.rest.stores.StoresOverHttp.STORES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.stores.StoresOverHttp.Answer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much one search can ask for, in either language. */
@Timeout(60)
final class SearchBoundsTest {

    private final StoresOverHttp server = new StoresOverHttp();
    private final String store = server.store();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSearchHasAtMostSixteenQueries() {
        requireAtMost(16, "query", queries -> {
            String texts = IntStream.range(0, queries).mapToObj(_ -> "\"a\"").collect(Collectors.joining(","));
            return server.post("%s/%s/search".formatted(STORES, store), "{\"query\":[%s]}".formatted(texts));
        });
    }

    @Test
    void aQuestionFindsAtMostAThousandChunks() {
        requireAtMost(
                1000,
                "max_chunks",
                most -> server.post(
                        "/v1/vector-io/query",
                        "{\"vector_db_id\":\"%s\",\"query\":\"a\",\"params\":{\"max_chunks\":%d}}"
                                .formatted(store, most)));
        requireAtMost(
                1000,
                "max_chunks",
                most -> server.post(
                        "/v1/tool-runtime/rag-tool/query",
                        "{\"vector_db_ids\":[\"%s\"],\"content\":\"a\",\"query_config\":{\"max_chunks\":%d}}"
                                .formatted(store, most)));
    }

    private static void requireAtMost(int most, String name, IntFunction<Answer> search) {
        search.apply(most).ok();
        Answer tooMany = search.apply(most + 1);
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.body()).contains(name, String.valueOf(most));
    }
}
