package dev.parley.application.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.VectorStores.Description;
import dev.parley.application.port.VectorStores.Expiring;
import dev.parley.application.retrieval.InsertChunks.NewChunk;
import dev.parley.application.retrieval.InsertDocuments.Document;
import dev.parley.application.retrieval.InsertDocuments.Given;
import dev.parley.application.retrieval.QueryDocuments.Found;
import dev.parley.application.retrieval.QueryDocuments.Question;
import dev.parley.application.testing.InMemoryLibrary;
import dev.parley.application.testing.ReadingRoom;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Code;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.message.Part;
import dev.parley.domain.retrieval.AttributeFilter;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.Ranking;
import dev.parley.domain.retrieval.Ranking.Mode;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are inserted and found again. */
final class SearchTest {

    private ReadingRoom room = ReadingRoom.inMemory();
    private Owner owner;
    private VectorStore store;

    @BeforeEach
    void open() {
        owner = room.owner();
        store = room.database("fruit");
    }

    // ---- inserting

    @Test
    void aDocumentIsFoundWithWhatIsSaidOfIt() {
        insert(new Document(
                new DocumentId("doc"),
                "An apple has 140 g",
                Given.TEXT_OR_ADDRESS,
                Optional.of("text/plain"),
                members("{\"shelf\":2,\"tags\":[\"a\"],\"document_id\":\"not this\"}")));

        Hit hit = search("apple").getFirst();

        assertThat(hit.document()).isEqualTo(new DocumentId("doc"));
        assertThat(hit.attributes().json().toString()).isEqualTo("{\"document_id\":\"not this\",\"shelf\":2}");
        assertThat(hit.chunk().metadata().text())
                .isEqualTo("{\"shelf\":2,\"tags\":[\"a\"],\"document_id\":\"doc\",\"token_count\":5}");
    }

    @Test
    void theSameDocumentAgainIsThereOnceAndAnotherTextUnderItsNameInItsPlace() {
        room.inserted(store, "doc", "apple");
        room.inserted(store, "doc", "apple");
        assertThat(texts(search("apple"))).containsExactly("apple");

        room.inserted(store, "doc", "pear");
        assertThat(texts(search("apple pear"))).containsExactly("pear");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/a.html", " HTTP://example.com/a.html\n", "data:text/plain,apple"})
    void aTextThatIsAnAddressIsFetchedAndRead(String address) {
        room.documents().page(address.strip(), "text/html", "apple pie");

        room.inserted(store, "doc", address);

        assertThat(room.documents().fetched()).containsExactly(address.strip());
        assertThat(room.documents().read().getFirst().mediaType()).contains("text/html");
        assertThat(texts(search("apple"))).containsExactly("apple pie");
    }

    @Test
    void aTextThatBeginsWithAnAddressIsATextAllTheSame() {
        room.inserted(store, "doc", "https://example.com/ has an apple");

        assertThat(room.documents().fetched()).isEmpty();
        assertThat(search("apple")).hasSize(1);
    }

    @Test
    void whatCantBeFetchedOrReadIsRefusedByItsFieldAndNothingIsInserted() {
        room.documents().unreadable("%PDF", "it is encrypted");
        Document pdf = new Document(
                new DocumentId("p"), "%PDF", Given.TEXT, Optional.of("application/pdf"), JsonValue.Members.NONE);

        Refusal fetch = refused(
                () -> insert(ReadingRoom.document("a", "apple"), ReadingRoom.document("b", "http://10.0.0.1/secret")));
        Refusal read = refused(() -> insert(pdf));
        Refusal file = refused(() -> insert(ReadingRoom.document("c", "file:///etc/passwd")));

        assertThat(fetch.field()).contains("documents[1].content");
        assertThat(fetch.explanation()).contains("nothing is there");
        assertThat(read.field()).contains("documents[0].content");
        assertThat(read.explanation()).contains("it is encrypted");
        assertThat(file.field()).contains("documents[0].content");
        assertThat(search("apple")).isEmpty();
    }

    @Test
    void documentsAreCutAsLongAsIsWanted() {
        room.insert()
                .insert(
                        owner,
                        store.id(),
                        List.of(ReadingRoom.document("doc", "a b c d e f g h i j")),
                        4,
                        new Cancellation());

        assertThat(texts(room.storeFiles().content(owner, store.id(), new DocumentId("doc")).stream()
                        .map(chunk -> new Hit(store.id(), new DocumentId("doc"), "", Attributes.NONE, chunk, 0))
                        .toList()))
                .containsExactly("a b c d ", "d e f g ", "g h i j");
        assertThat(refused(() -> room.insert().insert(owner, store.id(), List.of(), 0, new Cancellation()))
                        .field())
                .contains("chunk_size_in_tokens");
    }

    /** Before their vectors are made. */
    @Test
    void moreThanACallerCanWaitForIsRefused() {
        InsertDocuments.Document large = ReadingRoom.document("large", "a ".repeat(10_001));
        assertThat(refused(() -> room.insert().insert(owner, store.id(), List.of(large), 1, new Cancellation())))
                .satisfies(refusal -> {
                    assertThat(refusal.field()).contains("documents[0].content");
                    assertThat(refusal.explanation()).contains("10000 chunks");
                });
        InsertDocuments.Document described = new InsertDocuments.Document(
                new DocumentId("described"),
                "a",
                InsertDocuments.Given.TEXT,
                Optional.empty(),
                JsonValue.Members.NONE.with("note", new JsonValue.Text("x".repeat(20_000))));
        assertThat(refused(() -> room.insert().insert(owner, store.id(), List.of(described), 512, new Cancellation()))
                        .field())
                .contains("documents[0].metadata");
        assertThat(room.embedder().asked()).isEmpty();
    }

    @Test
    void chunksAreInsertedAsTheyAreAndTheSameOnceOnly() {
        List<NewChunk> chunks = List.of(
                new NewChunk("apple", members("{\"document_id\":\"one\",\"page\":3}")),
                new NewChunk("pear", members("{\"document_id\":\"two\",\"token_count\":99}")));
        room.insertChunks().insert(owner, store.id(), chunks, new Cancellation());
        room.insertChunks().insert(owner, store.id(), chunks, new Cancellation());

        assertThat(search("apple"))
                .singleElement()
                .satisfies(hit -> assertThat(hit.chunk().metadata().text())
                        .isEqualTo("{\"document_id\":\"one\",\"page\":3,\"token_count\":1}"));
        assertThat(search("pear").getFirst().chunk().metadata().text()).contains("99");
    }

    @Test
    void aChunkMustNameItsDocumentAndHaveAText() {
        assertThat(refused(() -> room.insertChunks()
                                .insert(
                                        owner,
                                        store.id(),
                                        List.of(new NewChunk("apple", JsonValue.Members.NONE)),
                                        new Cancellation()))
                        .field())
                .contains("chunks[0].metadata.document_id");
        assertThat(refused(() -> room.insertChunks()
                                .insert(
                                        owner,
                                        store.id(),
                                        List.of(new NewChunk(" ", members("{\"document_id\":\"a\"}"))),
                                        new Cancellation()))
                        .field())
                .contains("chunks[0].content");
    }

    @Test
    void aFullStoreRefusesWithTheRemedy() {
        room = ReadingRoom.in(new InMemoryLibrary(1).library());
        open();
        room.inserted(store, "a", "apple");

        Refusal refusal = refused(() -> room.inserted(store, "b", "pear"));

        assertThat(refusal.code()).isEqualTo(Code.UNSUPPORTED);
        assertThat(refusal.explanation()).contains("more than 1 chunks").contains("use another store");
        assertThat(texts(search("apple pear"))).containsExactly("apple");
    }

    @Test
    void aModelThatIsGoneOrChangedRefusesAndHarmsNothing() {
        room.inserted(store, "a", "apple");
        room.embedder().breakDown("connection refused");
        assertThat(refused(() -> search("apple")).code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(refused(() -> room.inserted(store, "a", "pear")).explanation())
                .contains("connection refused");
        room.embedder().recover();

        room.embedder().changeTo(32);
        assertThat(refused(() -> search("apple")).explanation())
                .contains("32 numbers now")
                .contains("64");
        assertThat(refused(() -> room.inserted(store, "a", "pear")).code()).isEqualTo(Code.CONFLICT);
        room.embedder().changeTo(64);

        assertThat(texts(search("apple pear"))).containsExactly("apple");
    }

    // ---- searching

    @Test
    void byMeaningByWordsAndByBoth() {
        room.inserted(store, "a", "apple apple pear");
        room.inserted(store, "b", "apple");
        room.inserted(store, "c", "quince");

        assertThat(texts(search("apple", new Ranking(new Mode.Meaning(), 0))))
                .containsExactly("apple", "apple apple pear");
        assertThat(texts(search("apple quince", new Ranking(new Mode.Words(), 0))))
                .hasSize(3);
        assertThat(texts(search("apple", new Ranking(Mode.Both.EVENLY, 0))))
                .containsExactlyInAnyOrder("apple", "apple apple pear");
        assertThat(texts(search("apple", new Ranking(new Mode.Meaning(), 0.95))))
                .containsExactly("apple");
    }

    @Test
    void wordsNeedNoModel() {
        room.inserted(store, "a", "apple");
        room.embedder().breakDown("no answer");

        assertThat(texts(search("apple", new Ranking(new Mode.Words(), 0)))).containsExactly("apple");
    }

    @Test
    void ofSeveralQueriesTheOneThatFitsBestCounts() {
        room.inserted(store, "a", "apple");
        room.inserted(store, "b", "pear");
        SearchStore.Query query =
                new SearchStore.Query(List.of("apple", "pear", " "), 5, AttributeFilter.All.NONE, Ranking.DEFAULT);

        List<Hit> hits = room.search().search(owner, store.id(), query, new Cancellation());

        assertThat(hits).hasSize(2).allSatisfy(hit -> assertThat(hit.score()).isGreaterThan(0.99));
    }

    @Test
    void aFilterChoosesDocuments() {
        insert(new Document(new DocumentId("a"), "apple red", Given.TEXT, Optional.empty(), members("{\"n\":1}")));
        insert(new Document(new DocumentId("b"), "apple green", Given.TEXT, Optional.empty(), members("{\"n\":2}")));
        AttributeFilter filter =
                new AttributeFilter.Compare("n", AttributeFilter.Operator.GT, Attributes.Value.Number.of(1));

        for (Mode mode : List.of(new Mode.Meaning(), new Mode.Words(), Mode.Both.EVENLY)) {
            SearchStore.Query query = new SearchStore.Query(List.of("apple"), 5, filter, new Ranking(mode, 0));
            assertThat(texts(room.search().search(owner, store.id(), query, new Cancellation())))
                    .containsExactly("apple green");
        }
    }

    @Test
    void whatCantBeSearchedIsRefused() {
        assertThat(refused(() -> search(" ")).field()).contains("query");
        assertThat(refused(() -> room.search()
                                .search(
                                        owner,
                                        new VectorStoreId("x"),
                                        SearchStore.Query.of("a", 1, Ranking.DEFAULT),
                                        new Cancellation()))
                        .field())
                .contains("vector_store_id");
    }

    @Test
    void aStoreExpiresAfterItWasLastUsed() {
        room.inserted(store, "a", "apple");
        Instant before = room.stores().get(owner, store.id()).lastActiveAt();
        room.edit()
                .describe(
                        owner,
                        store.id(),
                        new Description(
                                Optional.empty(), Optional.empty(), new Expiring.After(new VectorStore.Expiry(1))));
        room.wait(Duration.ofHours(20));
        assertThat(search("apple")).hasSize(1);
        assertThat(room.stores().get(owner, store.id()).lastActiveAt()).isEqualTo(before.plus(Duration.ofHours(20)));
        room.wait(Duration.ofHours(20));
        assertThat(search("apple")).hasSize(1);
        room.wait(Duration.ofHours(25));

        assertThat(refused(() -> search("apple")).explanation()).contains("has expired");
        assertThat(refused(() -> room.inserted(store, "b", "pear")).code()).isEqualTo(Code.CONFLICT);
    }

    // ---- the answer of the Agents API

    @Test
    void whatSeveralStoresHaveIsToldInTheWordsOfTheContract() {
        VectorStore other = room.database("other");
        room.inserted(store, "document-1", "apple pear");
        room.inserted(other, "document-2", "apple");

        Found found = query(Question.of("apple", List.of(store.id(), other.id())));

        assertThat(found.content().parts())
                .extracting(Part::text)
                .containsExactly(
                        "knowledge_search tool found 2 chunks:\nBEGIN of knowledge_search tool results.\n",
                        "Result 1:\nDocument_id:docum\nContent: apple\n",
                        "Result 2:\nDocument_id:docum\nContent: apple pear\n",
                        "END of knowledge_search tool results.\n",
                        "The above results were retrieved to help answer the user's query: \"apple\". Use them as"
                                + " supporting information only in answering this query.\n");
        assertThat(found.metadata().toString()).isEqualTo("{\"document_ids\":[\"document-2\",\"document-1\"]}");
    }

    @Test
    void noMoreIsToldThanIsWanted() {
        room.inserted(store, "a", "apple one");
        room.inserted(store, "b", "apple two two");
        room.inserted(store, "c", "apple three three three");
        Mode mode = new Mode.Meaning();

        assertThat(query(new Question("apple", List.of(store.id()), 2, 100, mode))
                        .hits())
                .hasSize(2);
        assertThat(query(new Question("apple", List.of(store.id()), 5, 5, mode)).hits())
                .hasSize(2);
        assertThat(query(new Question("quince", List.of(store.id()), 5, 5, mode))
                        .hits())
                .isEmpty();
        assertThat(query(new Question("apple", List.of(), 5, 5, mode)).hits()).isEmpty();
    }

    private Found query(Question question) {
        return room.query().query(owner, question, new Cancellation());
    }

    private void insert(Document... documents) {
        room.insert().insert(owner, store.id(), List.of(documents), 512, new Cancellation());
    }

    private List<Hit> search(String words) {
        return search(words, Ranking.DEFAULT);
    }

    private List<Hit> search(String words, Ranking ranking) {
        return room.search().search(owner, store.id(), SearchStore.Query.of(words, 5, ranking), new Cancellation());
    }

    private static List<String> texts(List<Hit> hits) {
        return hits.stream().map(hit -> hit.chunk().text()).toList();
    }

    private static JsonValue.Members members(String json) {
        return JsonValue.members(json).orElseThrow();
    }

    private static Refusal refused(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call);
    }
}
