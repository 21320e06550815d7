package dev.parley.rest.agents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.testing.ReadingRoom;
import dev.parley.domain.Refusal;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How much one question to vector databases can ask for. */
class RetrievalBoundsTest {

    private final ReadingRoom room = ReadingRoom.inMemory();
    private final VectorIoController chunks = new VectorIoController(room.insertChunks(), room.search());
    private final RagToolController documents = new RagToolController(room.insert(), room.query());

    @Test
    void atMostAThousandChunksAreFound() {
        Function<Integer, Refusal> ofChunks = most -> refused(
                chunks::query,
                "{\"vector_db_id\":\"db\",\"query\":\"a\",\"params\":{\"max_chunks\":%d}}".formatted(most));
        Function<Integer, Refusal> ofDocuments = most -> refused(
                documents::query,
                "{\"vector_db_ids\":[\"db\"],\"content\":\"a\",\"query_config\":{\"max_chunks\":%d}}".formatted(most));

        for (Function<Integer, Refusal> query : List.of(ofChunks, ofDocuments)) {
            Refusal tooMany = query.apply(1001);
            assertThat(tooMany.code()).isEqualTo(Refusal.Code.INVALID);
            assertThat(tooMany.explanation()).contains("max_chunks must be at most 1000");
            assertThat(query.apply(1000).explanation()).contains("'db' not found");
        }
    }

    private static Refusal refused(Function<HttpRequest<byte[]>, ?> query, String body) {
        return catchThrowableOfType(
                Refusal.class, () -> query.apply(HttpRequest.POST("/v1/query", body.getBytes(UTF_8))));
    }
}
