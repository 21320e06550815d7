package dev.parley.retrieval.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Embedder;
import dev.parley.application.port.Embedder.EmbeddingFailed;
import dev.parley.application.port.Embedder.Purpose;
import dev.parley.application.port.EmbedderContract;
import dev.parley.retrieval.token.Cl100kTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InProcessEmbedderTest extends EmbedderContract {

    /** The libraries of the runtime are loaded once for a process, wherever they were first. */
    private static final Path LIBRARIES = Path.of("target", "native");

    private static InProcessEmbedder shared;

    @BeforeAll
    static void open() {
        shared = new InProcessEmbedder(new NativeLibraries(LIBRARIES), 2);
    }

    @AfterAll
    static void close() {
        shared.close();
    }

    @Override
    protected Embedder embedder() {
        return shared;
    }

    @Test
    void theLibrariesAreInTheFolderAndNothingElseIs() throws Exception {
        embed("anything");

        try (var files = Files.walk(LIBRARIES)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(2);
        }
    }

    @Test
    void paraphrasesAreNearerThanWhatSharesWordsOnly() throws Exception {
        float[] question = shared.embed(List.of("How do I reset my password?"), Purpose.QUERY, new Cancellation())
                .getFirst();

        assertThat(dot(question, embed("Forgotten credentials can be renewed in the account settings.")))
                .isGreaterThan(dot(question, embed("Do I like my new bicycle, and how do I ride it?")) + 0.05);
    }

    /** Numbers have more pieces than tokens: the chunk is as long as chunks may be, and its end is behind the first window. */
    @Test
    void theEndOfALongTextCountsToo() throws Exception {
        String table = "0471 2936 8850 1724 ".repeat(120);
        String end = "The harbour master keeps the keys of the lighthouse in a blue tin. ".repeat(6);
        float[] question = shared.embed(
                        List.of("Where are the lighthouse keys kept?"), Purpose.QUERY, new Cancellation())
                .getFirst();

        double without = dot(question, embed(table));
        assertThat(new Cl100kTokens().ends(table + end).length).isGreaterThan(510);
        assertThat(dot(question, embed(table + end))).isGreaterThan(without + 0.05);
        assertThat(dot(question, embed(end + table))).isGreaterThan(without + 0.05);
    }

    @Test
    void aLongTextIsTheMeanOfItsWindows() throws Exception {
        String half = "word ".repeat(shared.model().maxTokens());
        String other = "lighthouse ".repeat(shared.model().maxTokens());
        float[] one = embed(half);
        float[] two = embed(other);

        float[] both = embed(half + other);

        assertThat(dot(both, both)).isEqualTo(1.0, within(1e-4));
        assertThat(dot(both, one)).isEqualTo(dot(both, two), within(1e-4));
        assertThat(dot(both, one)).isEqualTo(Math.sqrt((1 + dot(one, two)) / 2), within(1e-4));
    }

    @Test
    void questionsAndDocumentsAreReadDifferently() throws Exception {
        assertThat(shared.embed(List.of("bicycle"), Purpose.QUERY, new Cancellation())
                        .getFirst())
                .isNotEqualTo(embed("bicycle"));
    }

    @Test
    void severalCallersGetTheirOwn() throws Exception {
        float[] alone = embed("text 7 of many");
        List<CompletableFuture<float[]>> asked = IntStream.range(0, 16)
                .mapToObj(place -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return embed("text %d of many".formatted(place));
                    } catch (EmbeddingFailed failed) {
                        throw new CompletionException(failed);
                    }
                }))
                .toList();

        assertThat(asked.get(7).join()).isEqualTo(alone);
        assertThat(asked.get(8).join()).isNotEqualTo(alone);
    }

    @Test
    void aLongListIsLeftInTheMiddleWhenItIsCalledOff() {
        Cancellation cancellation = new Cancellation();
        List<String> endless = Collections.nCopies(1_000_000, "a text");
        CompletableFuture<EmbeddingFailed> ended = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                EmbeddingFailed.class, () -> shared.embed(endless, Purpose.DOCUMENT, cancellation)));

        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(ended).succeedsWithin(Duration.ofSeconds(30));
        assertThat(ended.join().explanation()).contains("called off");
    }

    @Test
    void nothingIsLoadedBeforeTheFirstText(@TempDir Path folder) {
        try (InProcessEmbedder idle = new InProcessEmbedder(new NativeLibraries(folder), 2)) {
            assertThat(idle.model().dimension()).isEqualTo(384);
            assertThat(folder).isEmptyDirectory();
        }
    }

    private static float[] embed(String text) throws EmbeddingFailed {
        return shared.embed(List.of(text), Purpose.DOCUMENT, new Cancellation()).getFirst();
    }
}
