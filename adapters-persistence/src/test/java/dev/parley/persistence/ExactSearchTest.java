package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.ChunkIndex;
import dev.parley.application.testing.BagOfWords;
import dev.parley.application.testing.Library;
import dev.parley.application.testing.LibraryScene;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.VectorStore;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The search without pgvector: with room for the vectors it keeps them, without room it does not, and both find the same. */
final class ExactSearchTest {

    private static final PersistenceProcess ROOMY = PersistenceProcess.shared();
    private static final PersistenceProcess NARROW =
            PersistenceProcess.on(ROOMY.database(), Map.of("parley.retrieval.vector-cache-size", "1KB"));

    private static final String WAITING = """
        select count(*) from pg_locks where not granted and relation = 'store_chunk'::regclass
        """;

    private final Library library = ROOMY.library();
    private final LibraryScene scene = LibraryScene.in(library);
    private final VectorStore store = scene.store();

    @AfterAll
    static void end() {
        NARROW.close();
    }

    @Test
    void whatAnotherProcessHasChangedIsFound() {
        scene.document(store, "d", Attributes.NONE, "apple", "pear");
        assertThat(scene.near(store, "apple")).containsExactly("apple");

        NARROW.library()
                .index()
                .put(
                        scene.owner(),
                        LibraryScene.inserted(store, "d", Attributes.NONE),
                        LibraryScene.chunks("apple pie"));
        assertThat(scene.near(store, "apple")).containsExactly("apple pie");

        NARROW.library().storeFiles().remove(scene.owner(), store.id(), new DocumentId("d"));
        assertThat(scene.near(store, "apple")).isEmpty();
    }

    /** The driver reads its answers in another way once a statement has proved to come often. */
    @Test
    void aScoreIsTheSameHoweverOftenItIsAskedFor() {
        scene.document(store, "d", Attributes.NONE, "apple banana cherry");
        float[] query = BagOfWords.vector("apple pear", LibraryScene.DIMENSION);

        try (PersistenceProcess fresh = PersistenceProcess.on(ROOMY.database(), Map.of())) {
            ChunkIndex index = fresh.library().index();
            assertThat(Stream.generate(() -> index.byVector(scene.owner(), store.id(), query, LibraryScene.all(1))
                                    .getFirst()
                                    .score())
                            .limit(10)
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void aDocumentThatIsThereAgainIsNotTakenForTheOldOne() {
        scene.document(store, "d", Attributes.NONE, "apple");
        assertThat(scene.near(store, "apple")).containsExactly("apple");

        library.storeFiles().remove(scene.owner(), store.id(), new DocumentId("d"));
        scene.document(store, "d", Attributes.NONE, "pear");

        assertThat(scene.near(store, "apple pear")).containsExactly("pear");
    }

    @Test
    void withAndWithoutRoomTheSameIsFound() {
        Random random = new Random(3);
        for (int document = 0; document < 20; document++) {
            String[] texts = IntStream.range(0, 30)
                    .mapToObj(_ -> "w%d w%d w%d".formatted(random.nextInt(50), random.nextInt(50), random.nextInt(50)))
                    .toArray(String[]::new);
            scene.document(store, "d" + document, LibraryScene.attributes("{\"n\":%d}".formatted(document)), texts);
        }

        for (String query : List.of("w1 w2", "w7", "w40 w41 w42")) {
            assertThat(scores(NARROW.library(), query)).isEqualTo(scores(library, query));
        }
    }

    /** What can't be kept can't be shared, so nobody waits for it. */
    @Test
    void withoutRoomSeveralSearchAStoreAtOnce() throws Exception {
        scene.document(store, "d", Attributes.NONE, "a b c d e", "b c", "c", "d", "e", "f", "g", "h");
        List<Double> expected = scores(library, "b");
        List<FutureTask<List<Double>>> searches = Stream.generate(
                        () -> new FutureTask<>(() -> scores(NARROW.library(), "b")))
                .limit(2)
                .toList();
        try (Connection other = NARROW.database().connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table store_chunk in access exclusive mode");
            searches.forEach(Thread.ofVirtual()::start);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!NARROW.ask(WAITING).equals("2")) {
                assertThat(System.nanoTime() - end)
                        .as("both are at the vectors")
                        .isNegative();
                LockSupport.parkNanos(5_000_000);
            }
            other.rollback();
        }
        for (FutureTask<List<Double>> search : searches) {
            assertThat(search.get(20, TimeUnit.SECONDS)).isEqualTo(expected);
        }
    }

    private List<Double> scores(Library where, String query) {
        float[] vector = BagOfWords.vector(query, LibraryScene.DIMENSION);
        return where.index().byVector(scene.owner(), store.id(), vector, LibraryScene.all(15)).stream()
                // sums of floats differ in their last digits with the order in which they are added
                .map(hit -> Math.round(hit.score() * 1e5) / 1e5)
                .toList();
    }
}
