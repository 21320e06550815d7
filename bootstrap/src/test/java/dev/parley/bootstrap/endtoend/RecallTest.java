package dev.parley.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Two hundred documents in five formats, ten on each of twenty topics, and questions in other words than theirs, each of which
 * one document answers. All of it goes through the product: uploaded, parsed, cut, embedded in the process, kept in PostgreSQL and
 * searched over HTTP. A document on the right topic that does not answer is a miss: there are more of them than places.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.MethodName.class)
class RecallTest {

    private static final int PLACES = 5;

    private static final LibraryServer SERVER = LibraryServer.start(Map.of());
    private static final Map<String, String> TITLES = new HashMap<>();
    private static final Map<String, Recall> MEASURED = new LinkedHashMap<>();

    private static String store = "";

    /** How many of the questions had their document first, and among the first five. */
    private record Recall(double first, double amongFive, List<String> missed) {}

    @BeforeAll
    static void read() {
        long begun = System.nanoTime();
        String topic = "";
        for (String line : lines("facts.txt")) {
            if (line.startsWith("# ")) {
                topic = line.substring(2);
                continue;
            }
            String[] fact = line.split("\\|", 2);
            DocumentWriter.Format format = DocumentWriter.Format.values()[TITLES.size() % 5];
            String name = "document-%d.%s".formatted(TITLES.size() + 1, format.extension());
            TITLES.put(SERVER.upload(name, format.write(topic + ": " + fact[0], fact[1])), fact[0]);
        }
        store = SERVER.store(new ArrayList<>(TITLES.keySet()));
        Json counts = SERVER.readThrough(store).at("file_counts");
        assertThat(counts.number("completed")).isEqualTo(200);
        for (String mode : List.of("vector", "keyword", "hybrid")) {
            MEASURED.put(mode, measure(mode));
        }
        System.out.printf(
                "%d documents read and %d questions asked in %d ms%n",
                TITLES.size(), 3 * lines("questions.txt").size(), (System.nanoTime() - begun) / 1_000_000);
        MEASURED.forEach((mode, recall) -> System.out.printf(
                "%s: recall@1 %.3f, recall@5 %.3f, missed %s%n",
                mode, recall.first(), recall.amongFive(), recall.missed()));
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void byMeaning() {
        assertThat(recall("vector").amongFive()).isGreaterThan(0.5);
    }

    private static Recall recall(String mode) {
        return Objects.requireNonNull(MEASURED.get(mode));
    }

    private static Recall measure(String mode) {
        List<String> questions = lines("questions.txt");
        int first = 0;
        List<String> missed = new ArrayList<>();
        for (String line : questions) {
            String[] labelled = line.split("\\|", 2);
            int place = found(labelled[1], mode).indexOf(labelled[0]);
            first += place == 0 ? 1 : 0;
            if (place < 0) {
                missed.add(labelled[0]);
            }
        }
        double all = questions.size();
        return new Recall(first / all, (all - missed.size()) / all, missed);
    }

    /** The titles of what is found, the best first. */
    private static List<String> found(String question, String mode) {
        return SERVER
                .posted(
                        "/v1/vector-io/query",
                        Map.of(
                                "vector_db_id",
                                store,
                                "query",
                                question,
                                "params",
                                Map.of("max_chunks", PLACES, "mode", mode)))
                .items("chunks")
                .stream()
                .map(chunk -> Objects.requireNonNull(TITLES.get(chunk.text("metadata", "document_id"))))
                .toList();
    }

    private static List<String> lines(String name) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RecallTest.class.getResourceAsStream("/retrieval/" + name), name), UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
