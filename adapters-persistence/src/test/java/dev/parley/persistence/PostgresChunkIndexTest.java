package dev.parley.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.ChunkIndexContract;
import dev.parley.application.testing.Library;
import dev.parley.application.testing.LibraryScene;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.VectorStore;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresChunkIndexTest extends ChunkIndexContract {

    private static final PersistenceProcess SMALL = PersistenceProcess.on(
            PersistenceProcess.shared().database(), Map.of("parley.retrieval.exact-search-limit", 10));

    @Test
    void aRareWordCountsMoreThanSeveralThatAreEverywhere() {
        LibraryScene scene = LibraryScene.in(library());
        VectorStore store = scene.store();
        for (int number = 0; number < 20; number++) {
            scene.document(store, "d" + number, Attributes.NONE, "A kitchen recipe with much butter, number " + number);
        }
        scene.document(store, "rare", Attributes.NONE, "A recipe with saffron, for some other day of the long year");

        assertThat(scene.with(store, "much butter in a saffron kitchen").getFirst())
                .contains("saffron");
    }

    /** Whatever PostgreSQL makes of it as a word of its own, it is looked for as it stands. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's o'clock",
                "C:\\temp\\a'b.txt",
                "/usr/local/bin",
                "a@example.org",
                "x&y|z:*",
                "naïve-café",
                "9,289 5.5e3"
            })
    void aQueryOfSignsIsAQuery(String query) {
        LibraryScene scene = LibraryScene.in(library());
        VectorStore store = scene.store();
        scene.document(store, "d", Attributes.NONE, "See " + query + " there", "Nothing of the kind");

        assertThat(scene.with(store, query)).containsExactly("See " + query + " there");
    }

    @AfterAll
    static void end() {
        SMALL.close();
    }

    @Override
    protected Library library() {
        return PersistenceProcess.shared().library();
    }

    @Override
    protected Library smallLibrary() {
        return SMALL.library();
    }
}
