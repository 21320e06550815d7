package dev.parley.domain.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.StoreFile.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StoresAndFilesTest {

    private static final Instant THEN = Instant.parse("2025-04-28T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // in progress, days after which it expires, days since it was used
        "0, 0, 400, COMPLETED",
        "1, 0, 0, IN_PROGRESS",
        "0, 7, 6, COMPLETED",
        "0, 7, 7, EXPIRED",
        "3, 7, 8, EXPIRED"
    })
    void aStoreStandsAsItsFilesAndItsAgeHaveIt(int inProgress, int expires, int days, VectorStore.Status status) {
        VectorStore store = new VectorStore(
                new VectorStoreId("vs"),
                "",
                new VectorStore.Embedding("m", 3),
                Chunking.AUTO,
                Map.of(),
                THEN,
                THEN,
                expires == 0 ? Optional.empty() : Optional.of(new VectorStore.Expiry(expires)),
                new VectorStore.Holdings(new FileCounts(inProgress, 5, 1, 0), 0));

        assertThat(store.status(THEN.plus(Duration.ofDays(days)))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3, false, IN_PROGRESS",
        "0, 3, false, COMPLETED",
        "0, 3, true, CANCELLED",
        "1, 0, true, CANCELLED",
        "0, 0, true, COMPLETED"
    })
    void aBatchStandsAsItsFilesHaveIt(int inProgress, int calledOff, boolean cancelled, Status status) {
        FileBatch batch = new FileBatch(
                new FileBatchId("b"),
                new VectorStoreId("vs"),
                THEN,
                cancelled,
                new FileCounts(inProgress, 1, 2, calledOff));

        assertThat(batch.status()).isEqualTo(status);
        assertThat(batch.counts().total()).isEqualTo(inProgress + 3 + calledOff);
    }

    @Test
    void attributesAreThePlainValuesOfAnObject() {
        Attributes attributes = Attributes.among(
                JsonValue.members("{\"t\":\"x\",\"n\":2.50,\"b\":true,\"z\":null,\"a\":[1],\"o\":{},\"huge\":1e400}")
                        .orElseThrow());

        assertThat(attributes.json().toString()).isEqualTo("{\"b\":true,\"n\":2.5,\"t\":\"x\"}");
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2.0, 2", "1e3, 1000", "0.10, 0.1", "-0, 0", "-0.0, 0"})
    void aNumberIsItsValueAndIsWrittenAsPeopleDo(String written, String told) {
        Attributes attributes = Attributes.among(
                JsonValue.members("{\"n\":%s}".formatted(written)).orElseThrow());

        assertThat(attributes.json().toString()).isEqualTo("{\"n\":%s}".formatted(told));
    }

    @Test
    void attributesHaveTheContractsBounds() {
        String seventeen =
                IntStream.range(0, 17).mapToObj("\"k%d\":1"::formatted).collect(Collectors.joining(",", "{", "}"));

        for (String json : new String[] {
            seventeen, "{\"%s\":1}".formatted("k".repeat(65)), "{\"k\":\"%s\"}".formatted("v".repeat(513))
        }) {
            Attributes attributes = Attributes.among(JsonValue.members(json).orElseThrow());
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> attributes.requireAllowed("attributes"))
                    .satisfies(refusal -> assertThat(refusal.field()).contains("attributes"));
        }
    }

    @Test
    void aScoreIsFromNothingToOne() {
        for (double score : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Hit(
                            new VectorStoreId("vs"),
                            new DocumentId("d"),
                            "d",
                            Attributes.NONE,
                            new Chunk(0, "", 0, JsonValue.Members.NONE.json()),
                            score));
        }
    }
}
