package dev.parley.application.port;

import static dev.parley.application.testing.LibraryScene.LONG_AGO;
import static dev.parley.application.testing.StoreScene.someOwner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.ChunkIndex.Indexing;
import dev.parley.application.port.StoreFiles.Choice;
import dev.parley.application.port.StoreFiles.Claim;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.Library;
import dev.parley.application.testing.LibraryScene;
import dev.parley.application.testing.Together;
import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.FileBatch;
import dev.parley.domain.retrieval.FileBatchId;
import dev.parley.domain.retrieval.FileCounts;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.StoreFile.LastError;
import dev.parley.domain.retrieval.StoreFile.Status;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every place for the documents of stores does. It may hold the data of other tests. */
public abstract class StoreFilesContract {

    private static final DocumentId UNKNOWN = new DocumentId("file-unknown");
    private static final Duration LONG = Duration.ofHours(1);
    private static final LastError ERROR = new LastError(LastError.Code.INVALID_FILE, AgentFixture.AWKWARD_TEXT);

    private Library library;
    private StoreFiles files;
    private LibraryScene scene;
    private Owner owner;
    private VectorStore store;

    /** A library, which may be the same one for all tests. */
    protected abstract Library library();

    @BeforeEach
    final void open() {
        library = library();
        files = library.storeFiles();
        scene = LibraryScene.in(library);
        owner = scene.owner();
        store = scene.store();
    }

    @Test
    void aFileComesBackAsItWasBegun() {
        StoreFile plain = scene.begun(store, "a.txt");
        StoreFile awkward = StoreFile.toRead(
                store.id(),
                scene.upload(AgentFixture.AWKWARD_TEXT, ""),
                LibraryScene.attributes("{\"n\":-1.50,\"big\":1e20,\"t\":\"ü\\\"\",\"b\":false}"),
                new Chunking(100, 50),
                LONG_AGO,
                Optional.empty());
        assertThat(files.begin(owner, store.id(), List.of(awkward))).isTrue();

        assertThat(files.find(owner, store.id(), plain.id())).contains(plain);
        assertThat(files.find(owner, store.id(), awkward.id())).contains(awkward);
        assertThat(files.find(owner, store.id(), UNKNOWN)).isEmpty();
        assertThat(files.begin(owner, new VectorStoreId("vs_unknown"), List.of(plain)))
                .isFalse();
    }

    @Test
    void aDocumentThatWasNeverUploadedIsListedToo() {
        StoreFile document = scene.document(store, AgentFixture.AWKWARD_TEXT, Attributes.NONE, "apple");

        assertThat(files.find(owner, store.id(), document.id())).contains(document);
        assertThat(listed(Choice.ALL)).containsExactly(document);
        assertThat(scene.claim(Duration.ZERO)).isEmpty();
    }

    @Test
    void filesAreListedByStatusAndBatch() {
        StoreFile done = scene.document(store, "done", Attributes.NONE, "apple");
        StoreFile begun = scene.begun(store, "begun.txt");
        FileBatch batch = batch(scene.toRead(store, scene.upload("b.txt", "")));

        assertThat(listed(Choice.ALL)).hasSize(3).startsWith(done, begun);
        assertThat(listed(new Choice(Optional.of(Status.COMPLETED), Optional.empty())))
                .containsExactly(done);
        assertThat(listed(new Choice(Optional.of(Status.IN_PROGRESS), Optional.empty())))
                .hasSize(2);
        assertThat(listed(new Choice(Optional.empty(), Optional.of(batch.id()))))
                .hasSize(1);
        assertThat(listed(new Choice(Optional.of(Status.FAILED), Optional.of(batch.id()))))
                .isEmpty();
        Listing afterFirst = new Listing(Optional.of("done"), Optional.empty(), 1, false);
        assertThat(files.list(owner, store.id(), Choice.ALL, afterFirst)).contains(new Page<>(List.of(begun), true));
        assertThat(files.list(
                        owner, store.id(), Choice.ALL, new Listing(Optional.of("unknown"), Optional.empty(), 1, false)))
                .isEmpty();
    }

    @Test
    void attributesAreReplaced() {
        StoreFile document = scene.document(store, "d", LibraryScene.attributes("{\"a\":1}"), "apple");
        Attributes other = LibraryScene.attributes("{\"b\":2}");

        Optional<StoreFile> described = files.describe(owner, store.id(), document.id(), other);

        assertThat(described)
                .hasValueSatisfying(now -> assertThat(now.attributes()).isEqualTo(other));
        assertThat(files.find(owner, store.id(), document.id())).isEqualTo(described);
        assertThat(library.index().byWords(owner, store.id(), "apple", LibraryScene.all(1)))
                .singleElement()
                .satisfies(hit -> assertThat(hit.attributes()).isEqualTo(other));
        assertThat(library.index()
                        .byVector(
                                owner,
                                store.id(),
                                LibraryScene.chunks("apple").getFirst().vector(),
                                LibraryScene.all(1)))
                .singleElement()
                .satisfies(hit -> assertThat(hit.attributes()).isEqualTo(other));
        assertThat(files.describe(owner, store.id(), UNKNOWN, other)).isEmpty();
    }

    @Test
    void aDocumentIsTakenOutWithItsChunks() {
        StoreFile document = scene.document(store, "d", Attributes.NONE, "apple");
        scene.document(store, "other", Attributes.NONE, "pear");

        assertThat(files.remove(owner, store.id(), document.id())).isTrue();

        assertThat(files.find(owner, store.id(), document.id())).isEmpty();
        assertThat(scene.near(store, "apple")).isEmpty();
        assertThat(scene.with(store, "apple")).isEmpty();
        assertThat(scene.with(store, "pear")).containsExactly("pear");
        assertThat(files.remove(owner, store.id(), document.id())).isFalse();
    }

    // ---- claims

    @Test
    void theOldestFileIsClaimedOnceAndItsClaimIsRenewed() {
        StoreFile older = scene.begun(store, "1.txt");
        StoreFile younger = scene.begun(store, "2.txt");

        Claim first = claim(LONG);
        Claim second = claim(LONG);

        assertThat(first.file()).isEqualTo(older);
        assertThat(first.attempt()).isEqualTo(1);
        assertThat(second.file()).isEqualTo(younger);
        assertThat(scene.claim(LONG)).isEmpty();
        assertThat(files.renew(first, LONG)).isTrue();
        assertThat(files.renew(first, Duration.ZERO)).isTrue();
        assertThat(claim(LONG).file()).isEqualTo(older);
    }

    @Test
    void aFileThatIsGivenBackIsClaimedAsIfItHadNotBeen() {
        StoreFile file = scene.begun(store, "1.txt");
        Claim first = claim(LONG);

        assertThat(files.giveBack(first, LONG)).isTrue();
        assertThat(scene.claim(LONG)).as("it rests").isEmpty();
        assertThat(files.renew(first, Duration.ZERO)).isTrue();

        Claim again = claim(LONG);
        assertThat(again.file()).isEqualTo(file);
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(files.giveBack(first, LONG)).isFalse();
    }

    @Test
    void aFileWhoseReaderIsNotHeardOfIsClaimedAgainAndTheOldClaimCountsNoMore() {
        scene.begun(store, "1.txt");
        Claim lost = claim(Duration.ZERO);

        Claim again = claim(LONG);

        assertThat(again.attempt()).isEqualTo(2);
        assertThat(files.renew(lost, LONG)).isFalse();
        assertThat(files.fail(lost, ERROR)).isFalse();
        assertThat(library.index().complete(lost, 1, LibraryScene.chunks("apple")))
                .isEqualTo(new Indexing.Gone());
        assertThat(library.index().complete(again, 1, LibraryScene.chunks("pear")))
                .isEqualTo(new Indexing.Done());
        assertThat(scene.near(store, "apple pear")).containsExactly("pear");
    }

    @Test
    void aFileThatFailsSaysWhy() {
        StoreFile file = scene.begun(store, "1.txt");
        Claim claim = claim(LONG);

        assertThat(files.fail(claim, ERROR)).isTrue();

        StoreFile now = files.find(owner, store.id(), file.id()).orElseThrow();
        assertThat(now.status()).isEqualTo(Status.FAILED);
        assertThat(now.lastError()).contains(ERROR);
        assertThat(files.renew(claim, LONG)).isFalse();
        assertThat(scene.claim(LONG)).isEmpty();
    }

    @Test
    void aFileThatIsBegunAnewIsFoundAsItWasUntilItIsReadAgain() {
        StoreFile file = scene.begun(store, "1.txt");
        Claim before = claim(LONG);
        library.index().complete(before, 7, LibraryScene.chunks("apple", "banana"));

        assertThat(files.begin(owner, store.id(), List.of(file))).isTrue();

        assertThat(scene.with(store, "apple")).containsExactly("apple");
        assertThat(files.renew(before, LONG)).isFalse();
        Claim after = claim(LONG);
        assertThat(after.attempt()).isEqualTo(1);
        assertThat(files.renew(before, LONG)).isFalse();
        library.index().complete(after, 3, LibraryScene.chunks("cherry"));
        assertThat(scene.near(store, "apple banana cherry")).containsExactly("cherry");
        StoreFile now = files.find(owner, store.id(), file.id()).orElseThrow();
        assertThat(now.status()).isEqualTo(Status.COMPLETED);
        assertThat(now.usageBytes()).isEqualTo(3);
    }

    @RepeatedTest(3)
    void ofSeveralWhoClaimAtOnceEachGetsAnother() {
        IntStream.range(0, 4).forEach(number -> scene.begun(store, number + ".txt"));

        List<Optional<Claim>> claims = Together.run(IntStream.range(0, 4)
                .mapToObj(_ -> (Callable<Optional<Claim>>) () -> scene.claim(LONG))
                .toList());

        assertThat(claims.stream()
                        .flatMap(Optional::stream)
                        .map(claim -> claim.file().id()))
                .doesNotHaveDuplicates()
                .hasSize(4);
    }

    // ---- batches

    @Test
    void aBatchCountsItsFiles() {
        StoreFile one = scene.toRead(store, scene.upload("1.txt", ""));
        StoreFile two = scene.toRead(store, scene.upload("2.txt", ""));
        FileBatch batch = batch(one, two);

        assertThat(files.findBatch(owner, store.id(), batch.id())).contains(batch);
        files.fail(claim(LONG), ERROR);
        library.index().complete(claim(LONG), 1, LibraryScene.chunks("apple"));

        FileBatch now = files.findBatch(owner, store.id(), batch.id()).orElseThrow();
        assertThat(now.counts()).isEqualTo(new FileCounts(0, 1, 1, 0));
        assertThat(now.status()).isEqualTo(Status.COMPLETED);
        assertThat(files.findBatch(owner, store.id(), new FileBatchId("vsfb_unknown")))
                .isEmpty();
    }

    @Test
    void whatOfABatchIsInProgressCanBeCalledOff() {
        StoreFile one = scene.toRead(store, scene.upload("1.txt", ""));
        StoreFile two = scene.toRead(store, scene.upload("2.txt", ""));
        FileBatch batch = batch(one, two);
        library.index().complete(claim(LONG), 1, LibraryScene.chunks("apple"));
        Claim underWay = claim(LONG);

        FileBatch cancelled = files.cancelBatch(owner, store.id(), batch.id()).orElseThrow();

        assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
        assertThat(cancelled.counts()).isEqualTo(new FileCounts(0, 1, 0, 1));
        assertThat(files.findBatch(owner, store.id(), batch.id())).contains(cancelled);
        assertThat(files.renew(underWay, LONG)).isFalse();
        assertThat(library.index().complete(underWay, 1, LibraryScene.chunks("pear")))
                .isEqualTo(new Indexing.Gone());
        assertThat(files.cancelBatch(owner, store.id(), new FileBatchId("vsfb_unknown")))
                .isEmpty();
    }

    @Test
    void anotherOwnerSeesAndChangesNothing() {
        Owner other = someOwner();
        StoreFile file = scene.begun(store, "1.txt");
        FileBatch batch = batch(scene.toRead(store, scene.upload("2.txt", "")));

        assertThat(files.begin(other, store.id(), List.of(file))).isFalse();
        assertThat(files.find(other, store.id(), file.id())).isEmpty();
        assertThat(files.list(other, store.id(), Choice.ALL, Listing.first(10, true))
                        .orElseThrow()
                        .items())
                .isEmpty();
        assertThat(files.describe(other, store.id(), file.id(), Attributes.NONE))
                .isEmpty();
        assertThat(files.remove(other, store.id(), file.id())).isFalse();
        assertThat(files.findBatch(other, store.id(), batch.id())).isEmpty();
        assertThat(files.cancelBatch(other, store.id(), batch.id())).isEmpty();

        assertThat(files.find(owner, store.id(), file.id())).contains(file);
    }

    private Claim claim(Duration lease) {
        return scene.claim(lease).orElseThrow();
    }

    private FileBatch batch(StoreFile... toRead) {
        FileBatch batch = new FileBatch(
                new FileBatchId("vsfb_" + UUID.randomUUID()),
                store.id(),
                LONG_AGO,
                false,
                new FileCounts(toRead.length, 0, 0, 0));
        List<StoreFile> inBatch = List.of(toRead).stream()
                .map(file -> new StoreFile(
                        file.store(),
                        file.id(),
                        file.file(),
                        file.filename(),
                        file.status(),
                        file.lastError(),
                        file.attributes(),
                        file.usageBytes(),
                        file.chunking(),
                        file.createdAt(),
                        Optional.of(batch.id())))
                .toList();
        assertThat(files.begin(owner, batch, inBatch)).isTrue();
        return batch;
    }

    private List<StoreFile> listed(Choice choice) {
        return files.list(owner, store.id(), choice, Listing.first(10, false))
                .orElseThrow()
                .items();
    }
}
