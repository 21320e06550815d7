package dev.parley.application.port;

import static dev.parley.application.testing.LibraryScene.all;
import static dev.parley.application.testing.LibraryScene.attributes;
import static dev.parley.application.testing.LibraryScene.chunks;
import static dev.parley.application.testing.StoreScene.someOwner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.ChunkIndex.Choice;
import dev.parley.application.port.ChunkIndex.Embedded;
import dev.parley.application.port.ChunkIndex.Indexing;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.BagOfWords;
import dev.parley.application.testing.Library;
import dev.parley.application.testing.LibraryScene;
import dev.parley.application.testing.Together;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.AttributeFilter;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.SearchTermsReader;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.VectorStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every index of chunks does. It may hold the data of other tests. */
public abstract class ChunkIndexContract {

    private static final float[] APPLE = BagOfWords.vector("apple", LibraryScene.DIMENSION);

    private ChunkIndex index;
    private LibraryScene scene;
    private Owner owner;
    private VectorStore store;

    /** A library, which may be the same one for all tests, with room for a few thousand chunks in each store. */
    protected abstract Library library();

    /** A library of this owner's own, with room for 10 chunks in each store; it may be another view of the other one. */
    protected abstract Library smallLibrary();

    @BeforeEach
    final void open() {
        Library library = library();
        index = library.index();
        scene = LibraryScene.in(library);
        owner = scene.owner();
        store = scene.store();
    }

    // ---- what is kept

    @Test
    void aChunkComesBackAsItWasPut() {
        List<Embedded> awkward = List.of(new Embedded(
                new Chunk(
                        0,
                        "apple " + AgentFixture.AWKWARD_TEXT,
                        17,
                        JsonValue.members("{\"b\":[1,{\"c\":null}],\"a\":\"ü\"}")
                                .orElseThrow()
                                .json()),
                APPLE));
        StoreFile document = LibraryScene.inserted(store, "d", attributes("{\"n\":1}"));

        assertThat(index.put(owner, document, awkward)).isEqualTo(new Indexing.Done());

        Chunk chunk = awkward.getFirst().chunk();
        assertThat(index.byVector(owner, store.id(), APPLE, all(5)))
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.chunk().text()).isEqualTo(chunk.text());
                    assertThat(hit.chunk().tokens()).isEqualTo(17);
                    assertThat(JsonValue.parse(hit.chunk().metadata().text()))
                            .isEqualTo(JsonValue.parse(chunk.metadata().text()));
                    assertThat(hit.document()).isEqualTo(document.id());
                    assertThat(hit.filename()).isEqualTo(document.filename());
                    assertThat(hit.attributes()).isEqualTo(document.attributes());
                    assertThat(hit.score()).isBetween(0.999, 1.0);
                });
        assertThat(scene.with(store, "apple")).containsExactly(chunk.text());
        assertThat(index.content(owner, store.id(), document.id())).hasSize(1);
    }

    /** What PostgreSQL has no character for. */
    @Test
    void aTextWithWhatIsNoCharacterIsKeptAllTheSame() {
        scene.document(store, "d", Attributes.NONE, "apple \u0000 \uD800 pie");

        assertThat(scene.with(store, "pie"))
                .singleElement()
                .asString()
                .startsWith("apple ")
                .endsWith(" pie");
    }

    @Test
    void aDocumentIsReplacedByOneOfItsName() {
        scene.document(store, "d", attributes("{\"n\":1}"), "apple", "banana", "cherry");
        StoreFile again = scene.document(store, "d", attributes("{\"n\":2}"), "pear");

        assertThat(scene.near(store, "apple banana cherry pear")).containsExactly("pear");
        assertThat(scene.with(store, "apple banana cherry pear")).containsExactly("pear");
        assertThat(texts(index.content(owner, store.id(), again.id()))).containsExactly("pear");
    }

    @Test
    void theSameDocumentPutTwiceIsThereOnce() {
        scene.document(store, "d", Attributes.NONE, "apple", "pear");
        scene.document(store, "d", Attributes.NONE, "apple", "pear");

        assertThat(texts(index.content(owner, store.id(), new DocumentId("d")))).containsExactly("apple", "pear");
        assertThat(scene.near(store, "apple")).containsExactly("apple");
    }

    @Test
    void mergedChunksComeBesideThoseThatAreThere() {
        StoreFile document = LibraryScene.inserted(store, "d", Attributes.NONE);
        assertThat(index.merge(owner, document, chunks("apple", "pear"))).isEqualTo(new Indexing.Done());
        assertThat(index.merge(owner, document, chunks("pear", "cherry"))).isEqualTo(new Indexing.Done());

        assertThat(texts(index.content(owner, store.id(), document.id())))
                .containsExactlyInAnyOrder("apple", "pear", "cherry");
        assertThat(scene.near(store, "cherry")).containsExactly("cherry");
        assertThat(index.merge(
                        owner,
                        LibraryScene.inserted(LibraryScene.aStore(LibraryScene.LONG_AGO), "d", Attributes.NONE),
                        chunks("a")))
                .isEqualTo(new Indexing.Gone());
    }

    @RepeatedTest(3)
    void ofSeveralWhoReplaceADocumentAtOnceOneIsThere() {
        List<Indexing> outcomes = Together.run(IntStream.range(0, 4)
                .mapToObj(number -> (Callable<Indexing>) () -> index.put(
                        owner,
                        LibraryScene.inserted(store, "d", Attributes.NONE),
                        chunks("apple " + number, "pear " + number)))
                .toList());

        assertThat(outcomes).containsOnly(new Indexing.Done());
        List<String> texts = texts(index.content(owner, store.id(), new DocumentId("d")));
        assertThat(texts).hasSize(2);
        assertThat(texts.getFirst())
                .startsWith("apple")
                .endsWith(texts.getLast().substring(5));
    }

    @Test
    void aStoreThatIsFullTakesNoMoreAndStaysAsItIs() {
        Library small = smallLibrary();
        LibraryScene there = LibraryScene.in(small);
        VectorStore full = there.store();
        there.document(full, "d", Attributes.NONE, "1", "2", "3", "4", "5", "6", "7", "8");
        StoreFile more = LibraryScene.inserted(full, "e", Attributes.NONE);

        Indexing refused = small.index().put(there.owner(), more, chunks("a", "b", "c"));

        assertThat(refused).isInstanceOfSatisfying(Indexing.Full.class, reason -> {
            assertThat(reason.limit()).isEqualTo(10);
            assertThat(reason.remedy()).isNotBlank();
        });
        assertThat(small.index().merge(there.owner(), more, chunks("a", "b", "c")))
                .isInstanceOf(Indexing.Full.class);
        assertThat(small.storeFiles().find(there.owner(), full.id(), more.id())).isEmpty();
        assertThat(there.near(full, "a")).isEmpty();
        assertThat(small.index().put(there.owner(), more, chunks("a", "b"))).isEqualTo(new Indexing.Done());
        there.document(full, "d", Attributes.NONE, "1", "2", "3", "4", "5", "6", "7", "eight");
        assertThat(there.near(full, "a")).containsExactly("a");
    }

    // ---- what is found

    @Test
    void theNearestChunksComeFirstWithTheCosineAsScore() {
        scene.document(store, "d", Attributes.NONE, "apple pear", "apple", "apple pear cherry plum", "quince");

        List<Hit> hits = index.byVector(owner, store.id(), APPLE, all(2));

        assertThat(hits).extracting(hit -> hit.chunk().text()).containsExactly("apple", "apple pear");
        assertThat(hits.getFirst().score()).isBetween(0.999, 1.0);
        assertThat(hits.getLast().score()).isBetween(0.70, 0.72);
    }

    @Test
    void chunksWithAllOfTheWordsComeFirst() {
        scene.document(
                store,
                "d",
                Attributes.NONE,
                "An apple lies on the table, an apple of the best",
                "There is an apple, and far away from it there is a pear",
                "Nothing of the kind");

        List<Hit> hits = index.byWords(owner, store.id(), "apple pear", all(5));

        assertThat(hits).hasSize(2);
        assertThat(hits.getFirst().chunk().text()).contains("pear");
        assertThat(hits.getFirst().score()).isGreaterThan(hits.getLast().score());
        assertThat(hits).allSatisfy(hit -> assertThat(hit.score()).isBetween(0.000001, 1.0));
    }

    @Test
    void aPhraseMustBeThereAndAWordBehindAMinusMustNot() {
        scene.document(store, "d", Attributes.NONE, "green apple pie", "apple green pie", "green apple cake");

        assertThat(scene.with(store, "\"green apple\""))
                .containsExactlyInAnyOrder("green apple pie", "green apple cake");
        assertThat(scene.with(store, "apple -cake")).containsExactlyInAnyOrder("green apple pie", "apple green pie");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"''", "' '", "'!'", "\"", "'& | ! <->'", "'''", "\\", "-", "%"})
    void whatHasNoWordsFindsNothing(String query) {
        scene.document(store, "d", Attributes.NONE, "apple");

        assertThat(scene.with(store, query)).isEmpty();
    }

    @Test
    void aStoreHasItsOwnChunksAlone() {
        VectorStore other = scene.store();
        scene.document(store, "d", Attributes.NONE, "apple");
        scene.document(other, "d", Attributes.NONE, "apple pear");

        assertThat(scene.near(store, "apple")).containsExactly("apple");
        assertThat(scene.with(other, "apple")).containsExactly("apple pear");
        assertThat(index.byVector(someOwner(), store.id(), APPLE, all(5))).isEmpty();
        assertThat(index.byWords(someOwner(), store.id(), "apple", all(5))).isEmpty();
        assertThat(index.content(someOwner(), store.id(), new DocumentId("d"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"eq\",\"key\":\"n\",\"value\":2} | two",
                "{\"type\":\"eq\",\"key\":\"n\",\"value\":2.0} | two",
                "{\"type\":\"eq\",\"key\":\"n\",\"value\":\"2\"} | text",
                "{\"type\":\"ne\",\"key\":\"n\",\"value\":2} | one,text,none",
                "{\"type\":\"gt\",\"key\":\"n\",\"value\":1} | two",
                "{\"type\":\"gte\",\"key\":\"n\",\"value\":1} | one,two",
                "{\"type\":\"lt\",\"key\":\"n\",\"value\":2} | one",
                "{\"type\":\"lte\",\"key\":\"n\",\"value\":2} | one,two",
                "{\"type\":\"gte\",\"key\":\"n\",\"value\":\"2\"} | text",
                "{\"type\":\"in\",\"key\":\"n\",\"value\":[1,\"2\"]} | one,text",
                "{\"type\":\"nin\",\"key\":\"n\",\"value\":[1,\"2\"]} | two,none",
                "{\"type\":\"in\",\"key\":\"n\",\"value\":[]} | ``",
                "{\"type\":\"eq\",\"key\":\"b\",\"value\":true} | one",
                "{\"type\":\"eq\",\"key\":\"quoted '\\\"?:x\",\"value\":\"it's\"} | two",
                "{\"type\":\"and\",\"filters\":[{\"type\":\"gte\",\"key\":\"n\",\"value\":1},{\"type\":\"eq\",\"key\":\"b\",\"value\":true}]}"
                    + " | one",
                "{\"type\":\"or\",\"filters\":[{\"type\":\"eq\",\"key\":\"n\",\"value\":2},{\"type\":\"eq\",\"key\":\"b\",\"value\":true}]}"
                    + " | one,two"
            })
    void aFilterChoosesByAttributes(String filter, String expected) {
        scene.document(store, "one", attributes("{\"n\":1,\"b\":true}"), "apple one");
        scene.document(store, "two", attributes("{\"n\":2,\"quoted '\\\"?:x\":\"it's\"}"), "apple two");
        scene.document(store, "text", attributes("{\"n\":\"2\"}"), "apple text");
        scene.document(store, "none", Attributes.NONE, "apple none");
        Choice choice =
                new Choice(SearchTermsReader.filter(JsonValue.parse(filter).orElseThrow(), "filters"), 10);
        List<String> documents = expected.isEmpty() ? List.of() : List.of(expected.split(","));

        assertThat(documents(index.byVector(owner, store.id(), APPLE, choice)))
                .containsExactlyInAnyOrderElementsOf(documents);
        assertThat(documents(index.byWords(owner, store.id(), "apple", choice)))
                .containsExactlyInAnyOrderElementsOf(documents);
    }

    /** A filter is no afterthought: what it leaves out takes no place among the wanted. */
    @Test
    void asManyAsAreWantedAreFoundWhateverTheFilterLeavesOut() {
        List<String> better = new ArrayList<>();
        IntStream.range(0, 300).forEach(number -> better.add("apple"));
        scene.document(store, "many", attributes("{\"n\":1}"), better.toArray(String[]::new));
        scene.document(store, "few", attributes("{\"n\":2}"), "apple pear", "apple plum");
        AttributeFilter filter =
                new AttributeFilter.Compare("n", AttributeFilter.Operator.EQ, Attributes.Value.Number.of(2));

        assertThat(documents(index.byVector(owner, store.id(), APPLE, new Choice(filter, 2))))
                .containsExactly("few", "few");
        assertThat(documents(index.byWords(owner, store.id(), "apple", new Choice(filter, 2))))
                .containsExactly("few", "few");
    }

    private static List<String> documents(List<Hit> hits) {
        return hits.stream().map(hit -> hit.document().value()).toList();
    }

    private static List<String> texts(List<Chunk> chunks) {
        return chunks.stream().map(Chunk::text).toList();
    }
}
