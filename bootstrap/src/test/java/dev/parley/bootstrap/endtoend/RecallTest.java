package dev.parley.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How many of what is asked for is found. Two hundred documents in five formats, ten on each of twenty topics; questions in other
 * words than theirs, and words as somebody types who remembers some; one document answers each. All of it goes through the
 * product: uploaded, parsed, cut, embedded in the process, kept in PostgreSQL and searched over HTTP. A document on the right
 * topic that does not answer is a miss: there are more of them than places.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class RecallTest {

    private static final int PLACES = 5;

    private static final LibraryServer SERVER = LibraryServer.start(Map.of());
    private static final Map<String, String> TITLES = new HashMap<>();
    private static final Map<String, Recall> MEASURED = new TreeMap<>();

    private static String store = "";

    /** How many of the questions had their document first, and among the first five. */
    private record Recall(double first, double amongFive, List<String> missed) {}

    @BeforeAll
    static void read() {
        upload();
        store = SERVER.store(new ArrayList<>(TITLES.keySet()));
        assertThat(SERVER.readThrough(store).number("file_counts", "completed")).isEqualTo(200);
        for (String mode : List.of("vector", "keyword", "hybrid")) {
            MEASURED.put("questions " + mode, measure("questions.txt", mode));
            MEASURED.put("words " + mode, measure("words.txt", mode));
        }
        MEASURED.forEach((what, recall) -> System.out.printf(
                "%s: recall@1 %.3f, recall@5 %.3f, not found %s%n",
                what, recall.first(), recall.amongFive(), recall.missed()));
    }

    private static void upload() {
        String topic = "";
        for (String line : lines("facts.txt")) {
            if (line.startsWith("# ")) {
                topic = line.substring(2);
                continue;
            }
            String[] fact = line.split("\\|", 2);
            DocumentWriter.Format[] formats = DocumentWriter.Format.values();
            DocumentWriter.Format format = formats[TITLES.size() % formats.length];
            String name = "document-%d.%s".formatted(TITLES.size() + 1, format.extension());
            TITLES.put(SERVER.upload(name, format.write(topic + ": " + fact[0], fact[1])), fact[0]);
        }
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    /**
     * Below what was measured by one or two documents of each set, since another processor may round the quantized model
     * otherwise.
     */
    @ParameterizedTest
    @CsvSource({
        "questions vector, 0.75, 0.92", // measured: 0.833, 0.955
        "questions keyword, 0.20, 0.38", // 0.25, 0.424: they are in other words, which is what this search can't do
        "questions hybrid, 0.65, 0.93", // 0.712, 0.970
        "words vector, 0.80, 0.90", // 0.875, 0.969
        "words keyword, 0.95, 0.96", // 1, 1
        "words hybrid, 0.95, 0.96" // 1, 1
    })
    void theDocumentIsFound(String what, double first, double amongFive) {
        Recall recall = recall(what);

        assertThat(recall.first()).as("recall@1 of " + what).isGreaterThanOrEqualTo(first);
        assertThat(recall.amongFive()).as("recall@5 of " + what).isGreaterThanOrEqualTo(amongFive);
    }

    /** Whoever does not know how they will be asked takes this one. */
    @ParameterizedTest
    @ValueSource(strings = {"questions", "words"})
    void bothTogetherFindWhatTheBetterOneFinds(String kind) {
        double better = Math.max(
                recall(kind + " vector").amongFive(), recall(kind + " keyword").amongFive());

        assertThat(recall(kind + " hybrid").amongFive()).isGreaterThanOrEqualTo(better - 0.03);
    }

    private static Recall recall(String what) {
        return Objects.requireNonNull(MEASURED.get(what), what);
    }

    private static Recall measure(String file, String mode) {
        List<String> questions = lines(file);
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
