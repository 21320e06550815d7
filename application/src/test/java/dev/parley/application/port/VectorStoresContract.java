package dev.parley.application.port;

import static dev.parley.application.testing.LibraryScene.LONG_AGO;
import static dev.parley.application.testing.StoreScene.someOwner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.ChunkIndex.Indexing;
import dev.parley.application.port.VectorStores.Description;
import dev.parley.application.port.VectorStores.Expiring;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.Library;
import dev.parley.application.testing.LibraryScene;
import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.FileBatch;
import dev.parley.domain.retrieval.FileBatchId;
import dev.parley.domain.retrieval.FileCounts;
import dev.parley.domain.retrieval.StoredFile;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStore.Expiry;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every place for vector stores does. It may hold the data of other tests. */
public abstract class VectorStoresContract {

    private static final VectorStoreId UNKNOWN = new VectorStoreId("vs_unknown");
    private static final Description RENAMED =
            new Description(Optional.of("x"), Optional.empty(), new Expiring.AsBefore());

    private Library library;
    private VectorStores stores;
    private LibraryScene scene;
    private Owner owner;

    /** A library, which may be the same one for all tests. */
    protected abstract Library library();

    @BeforeEach
    final void open() {
        library = library();
        stores = library.stores();
        scene = LibraryScene.in(library);
        owner = scene.owner();
    }

    @Test
    void aStoreComesBackAsItWasAdded() {
        VectorStore awkward = new VectorStore(
                new VectorStoreId(AgentFixture.AWKWARD_TEXT),
                AgentFixture.AWKWARD_TEXT,
                new VectorStore.Embedding("a/model::b", 3),
                new Chunking(100, 0),
                Map.of(AgentFixture.AWKWARD_TEXT, AgentFixture.AWKWARD_TEXT, "", ""),
                LONG_AGO,
                LONG_AGO.plusSeconds(1),
                Optional.of(new Expiry(7)),
                VectorStore.Holdings.NONE);
        VectorStore plain = scene.store();
        scene.kept(awkward);

        assertThat(stores.find(owner, awkward.id())).contains(awkward);
        assertThat(stores.find(owner, plain.id())).contains(plain);
        assertThat(stores.find(owner, UNKNOWN)).isEmpty();
    }

    @Test
    void anIdIsTakenOnceByEachOwner() {
        VectorStore store = scene.store();
        VectorStore other = new VectorStore(
                store.id(),
                "another",
                store.embedding(),
                store.chunking(),
                Map.of(),
                LONG_AGO,
                LONG_AGO,
                Optional.empty(),
                VectorStore.Holdings.NONE);

        assertThat(stores.add(owner, other)).isFalse();

        assertThat(stores.find(owner, store.id())).contains(store);
        assertThat(stores.add(someOwner(), other)).isTrue();
    }

    @Test
    void aStoreIsDescribedAnew() {
        VectorStore store = scene.store();

        Optional<VectorStore> described = stores.describe(
                owner,
                store.id(),
                new Description(Optional.of("new"), Optional.of(Map.of()), new Expiring.After(new Expiry(1))));

        assertThat(described).hasValueSatisfying(now -> {
            assertThat(now.name()).isEqualTo("new");
            assertThat(now.metadata()).isEmpty();
            assertThat(now.expiry()).contains(new Expiry(1));
            assertThat(now.createdAt()).isEqualTo(store.createdAt());
        });
        assertThat(stores.find(owner, store.id())).isEqualTo(described);
        assertThat(stores.describe(owner, UNKNOWN, RENAMED)).isEmpty();
    }

    /** Two who change different things of a store both have their way. */
    @Test
    void whatIsNotDescribedAnewStays() {
        VectorStore store = scene.store();
        Map<String, String> labels = Map.of("a", "b");

        stores.describe(
                owner,
                store.id(),
                new Description(Optional.empty(), Optional.empty(), new Expiring.After(new Expiry(2))));
        stores.describe(owner, store.id(), RENAMED);
        stores.describe(
                owner, store.id(), new Description(Optional.empty(), Optional.of(labels), new Expiring.AsBefore()));

        assertThat(stores.find(owner, store.id())).hasValueSatisfying(now -> {
            assertThat(now.name()).isEqualTo("x");
            assertThat(now.metadata()).isEqualTo(labels);
            assertThat(now.expiry()).contains(new Expiry(2));
        });
        stores.describe(owner, store.id(), new Description(Optional.empty(), Optional.empty(), new Expiring.Never()));
        assertThat(stores.find(owner, store.id()).flatMap(VectorStore::expiry)).isEmpty();
    }

    @Test
    void whenAStoreWasUsedLastIsNoted() {
        VectorStore store = scene.store();

        stores.touch(owner, store.id(), store.createdAt().plusSeconds(90));
        stores.touch(owner, store.id(), store.createdAt().plusSeconds(60));
        stores.touch(owner, UNKNOWN, LONG_AGO);

        assertThat(stores.find(owner, store.id()).orElseThrow().lastActiveAt())
                .isEqualTo(store.createdAt().plusSeconds(90));
    }

    @Test
    void aStoreSaysWhatItHolds() {
        VectorStore store = scene.store();
        scene.document(store, "one", Attributes.NONE, "apple");
        scene.document(store, "two", Attributes.NONE, "pear");
        scene.begun(store, "three.txt");

        VectorStore now = stores.find(owner, store.id()).orElseThrow();

        assertThat(now.holdings()).isEqualTo(new VectorStore.Holdings(new FileCounts(1, 2, 0, 0), 200));
        assertThat(stores.list(owner, Listing.first(10, true)).orElseThrow().items())
                .containsExactly(now);
    }

    @Test
    void aStoreIsDeletedWithAllThatIsInItAndUploadsStay() {
        VectorStore store = scene.store();
        VectorStore other = scene.store();
        scene.document(store, "d", Attributes.NONE, "apple");
        scene.document(other, "d", Attributes.NONE, "pear");
        StoredFile upload = scene.upload("a.txt", "a");
        library.storeFiles().begin(owner, store.id(), List.of(scene.toRead(store, upload)));

        assertThat(stores.delete(owner, store.id())).isTrue();

        assertThat(stores.find(owner, store.id())).isEmpty();
        assertThat(scene.near(store, "apple")).isEmpty();
        assertThat(scene.with(store, "apple")).isEmpty();
        assertThat(scene.claim(Duration.ZERO)).isEmpty();
        assertThat(library.index().put(owner, LibraryScene.inserted(store, "d", Attributes.NONE), List.of()))
                .isEqualTo(new Indexing.Gone());
        assertThat(stores.delete(owner, store.id())).isFalse();
        assertThat(library.files().find(owner, upload.id())).contains(upload);
        assertThat(scene.near(other, "pear")).containsExactly("pear");
    }

    /** So long ago that nothing of other tests has expired by then. */
    @Test
    void storesThatHaveExpiredAreEmptiedAndStay() {
        Instant then = Instant.parse("2001-03-04T05:06:07Z");
        VectorStore over = expiring(then);
        VectorStore used = expiring(then);
        VectorStore later = expiring(then.plusMillis(1));
        stores.touch(owner, used.id(), used.createdAt().plusSeconds(1));
        for (VectorStore store : List.of(over, used, later)) {
            scene.document(store, "d", Attributes.NONE, "apple");
        }
        StoredFile upload = scene.upload("a.txt", "a");
        FileBatch batch = new FileBatch(
                new FileBatchId("vsfb_" + UUID.randomUUID()), over.id(), then, false, new FileCounts(1, 0, 0, 0));
        library.storeFiles().begin(owner, batch, List.of(scene.toRead(over, upload)));
        assertThat(scene.near(over, "apple")).hasSize(1);

        assertThat(stores.emptyExpired(then, 5)).isEqualTo(1);
        assertThat(stores.emptyExpired(then, 5))
                .as("what is empty counts no more")
                .isZero();

        VectorStore empty = stores.find(owner, over.id()).orElseThrow();
        assertThat(empty.holdings()).isEqualTo(VectorStore.Holdings.NONE);
        assertThat(empty.hasExpired(then)).isTrue();
        assertThat(scene.near(over, "apple")).isEmpty();
        assertThat(scene.with(over, "apple")).isEmpty();
        assertThat(library.storeFiles().findBatch(owner, over.id(), batch.id())).isEmpty();
        assertThat(scene.claim(Duration.ZERO)).as("nobody has to read it").isEmpty();
        assertThat(library.files().find(owner, upload.id())).contains(upload);
        assertThat(scene.near(used, "apple")).hasSize(1);
        assertThat(scene.near(later, "apple")).hasSize(1);
        assertThat(stores.emptyExpired(then.plusSeconds(1), 1)).isEqualTo(1);
        assertThat(stores.emptyExpired(then.plusSeconds(1), 5)).isEqualTo(1);
    }

    private VectorStore expiring(Instant end) {
        VectorStore made = LibraryScene.aStore(end.minus(Duration.ofDays(1)));
        return scene.kept(new VectorStore(
                made.id(),
                made.name(),
                made.embedding(),
                made.chunking(),
                made.metadata(),
                made.createdAt(),
                made.lastActiveAt(),
                Optional.of(new VectorStore.Expiry(1)),
                made.holdings()));
    }

    @Test
    void aListHasItsDirectionAndItsPlaces() {
        List<VectorStore> all = List.of(scene.store(), scene.store(), scene.store(), scene.store());
        List<String> ids = all.stream().map(store -> store.id().value()).toList();

        assertThat(listed(Listing.first(10, false))).isEqualTo(ids);
        assertThat(listed(Listing.first(10, true))).isEqualTo(ids.reversed());
        assertThat(listed(new Listing(Optional.of(ids.get(1)), Optional.empty(), 10, false)))
                .isEqualTo(ids.subList(2, 4));
        assertThat(listed(new Listing(Optional.of(ids.get(2)), Optional.empty(), 1, true)))
                .containsExactly(ids.get(1));
        assertThat(listed(new Listing(Optional.empty(), Optional.of(ids.get(3)), 2, false)))
                .isEqualTo(ids.subList(1, 3));
        assertThat(listed(new Listing(Optional.of(ids.get(0)), Optional.of(ids.get(3)), 10, false)))
                .isEqualTo(ids.subList(1, 3));
        assertThat(listed(new Listing(Optional.of(ids.get(3)), Optional.empty(), 10, false)))
                .isEmpty();
        assertThat(stores.list(owner, new Listing(Optional.of("vs_unknown"), Optional.empty(), 1, false)))
                .isEmpty();
        assertThat(stores.list(owner, new Listing(Optional.empty(), Optional.of("vs_unknown"), 1, false)))
                .isEmpty();
    }

    @Test
    void aListSaysWhetherThereIsMore() {
        VectorStore first = scene.store();
        scene.store();

        assertThat(stores.list(owner, Listing.first(1, false)).orElseThrow().hasMore())
                .isTrue();
        assertThat(stores.list(owner, Listing.first(2, false)).orElseThrow().hasMore())
                .isFalse();
        Listing before = new Listing(Optional.empty(), Optional.of(first.id().value()), 1, true);
        assertThat(stores.list(owner, before).orElseThrow().hasMore()).isFalse();
    }

    @Test
    void anotherOwnerSeesAndChangesNothing() {
        Owner other = someOwner();
        VectorStore store = scene.store();
        scene.document(store, "d", Attributes.NONE, "apple");

        assertThat(stores.find(other, store.id())).isEmpty();
        assertThat(stores.list(other, Listing.first(10, true)).orElseThrow().items())
                .isEmpty();
        assertThat(stores.describe(other, store.id(), RENAMED)).isEmpty();
        stores.touch(other, store.id(), LONG_AGO.plusSeconds(1_000_000));
        assertThat(stores.delete(other, store.id())).isFalse();

        assertThat(stores.find(owner, store.id()).orElseThrow().lastActiveAt()).isEqualTo(store.lastActiveAt());
        assertThat(scene.near(store, "apple")).containsExactly("apple");
    }

    private List<String> listed(Listing listing) {
        return stores.list(owner, listing).orElseThrow().items().stream()
                .map(store -> store.id().value())
                .toList();
    }
}
