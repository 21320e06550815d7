package dev.parley.rest.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.testing.ReadingRoom;
import dev.parley.domain.Refusal;
import io.micronaut.http.HttpRequest;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much one search of a store can ask for. */
class SearchBoundsTest {

    private final ReadingRoom room = ReadingRoom.inMemory();
    private final VectorStoresController controller = new VectorStoresController(
            room.create(), room.stores(), room.edit(), room.search(), InstantSource.system());

    @Test
    void aSearchHasAtMostSixteenQueries() {
        Refusal tooMany = refused(17);

        assertThat(tooMany.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(tooMany.field()).contains("query");
        assertThat(tooMany.explanation()).contains("maximum length 16");
        assertThat(refused(16).explanation()).contains("'vs_1' not found");
    }

    private Refusal refused(int queries) {
        String texts = IntStream.range(0, queries).mapToObj(_ -> "\"a\"").collect(Collectors.joining(","));
        byte[] body = "{\"query\":[%s]}".formatted(texts).getBytes(UTF_8);
        return catchThrowableOfType(
                Refusal.class,
                () -> controller.search(HttpRequest.POST("/v1/vector_stores/vs_1/search", body), "vs_1"));
    }
}
