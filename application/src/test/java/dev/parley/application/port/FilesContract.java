package dev.parley.application.port;

import static dev.parley.application.testing.LibraryScene.LONG_AGO;
import static dev.parley.application.testing.StoreScene.someOwner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.Library;
import dev.parley.application.testing.LibraryScene;
import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.StoredFile;
import dev.parley.domain.retrieval.VectorStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every place for uploaded files does. It may hold the data of other tests. */
public abstract class FilesContract {

    private static final FileId UNKNOWN = new FileId("file-unknown");

    private Library library;
    private Files files;
    private LibraryScene scene;
    private Owner owner;

    /** A library, which may be the same one for all tests. */
    protected abstract Library library();

    @BeforeEach
    final void open() {
        library = library();
        files = library.files();
        scene = LibraryScene.in(library);
        owner = scene.owner();
    }

    @Test
    void aFileComesBackAsItWasAdded() {
        byte[] every = new byte[256];
        for (int value = 0; value < every.length; value++) {
            every[value] = (byte) value;
        }
        StoredFile awkward = new StoredFile(
                new FileId("file-" + UUID.randomUUID()),
                AgentFixture.AWKWARD_TEXT,
                "user_data",
                every.length,
                Optional.empty(),
                LONG_AGO,
                Optional.of(LONG_AGO.plus(Duration.ofDays(3))));
        files.add(owner, awkward, every);
        StoredFile plain = scene.upload("a.txt", "hello");

        assertThat(files.find(owner, awkward.id())).contains(awkward);
        assertThat(files.content(owner, awkward.id()).orElseThrow()).isEqualTo(every);
        assertThat(files.find(owner, plain.id())).contains(plain);
        assertThat(files.content(owner, plain.id()).orElseThrow()).asString().isEqualTo("hello");
        assertThat(files.find(owner, UNKNOWN)).isEmpty();
        assertThat(files.content(owner, UNKNOWN)).isEmpty();
    }

    @Test
    void aFileCanBeEmptyOrLarge() {
        byte[] large = new byte[5_000_001];
        new Random(7).nextBytes(large);
        for (byte[] content : List.of(new byte[0], large)) {
            StoredFile file = LibraryScene.aFile("f", content.length, LONG_AGO);

            files.add(owner, file, content);

            assertThat(files.content(owner, file.id()).orElseThrow()).isEqualTo(content);
        }
    }

    @Test
    void filesAreListedByAgeAndPurpose() {
        StoredFile one = scene.upload("1", "");
        StoredFile two = scene.upload("2", "");
        StoredFile other = new StoredFile(
                new FileId("file-" + UUID.randomUUID()),
                "3",
                "batch",
                0,
                Optional.empty(),
                LONG_AGO.plus(Duration.ofDays(1)),
                Optional.empty());
        files.add(owner, other, new byte[0]);

        assertThat(listed("", Listing.first(10, true))).containsExactly(other, two, one);
        assertThat(listed("", Listing.first(2, false))).containsExactly(one, two);
        assertThat(listed("assistants", Listing.first(10, false))).containsExactly(one, two);
        assertThat(listed("vision", Listing.first(10, false))).isEmpty();
        assertThat(listed("", new Listing(Optional.of(one.id().value()), Optional.empty(), 1, false)))
                .containsExactly(two);
        assertThat(listed("assistants", new Listing(Optional.of(other.id().value()), Optional.empty(), 1, true)))
                .containsExactly(two);
        assertThat(files.list(owner, "", new Listing(Optional.of("file-unknown"), Optional.empty(), 1, false)))
                .isEmpty();
    }

    @Test
    void aFileIsDeletedOutOfEveryStore() {
        VectorStore store = scene.store();
        StoreFile begun = scene.begun(store, "a.txt");
        StoreFile done = scene.begun(store, "b.txt");
        StoreFiles.Claim first = scene.claim(Duration.ofHours(1)).orElseThrow();
        StoreFiles.Claim second = scene.claim(Duration.ofHours(1)).orElseThrow();
        assertThat(second.file().id()).isEqualTo(done.id());
        library.index().complete(second, 1, LibraryScene.chunks("apple"));
        assertThat(scene.near(store, "apple")).isNotEmpty();

        assertThat(files.delete(owner, begun.file().orElseThrow())).isTrue();
        assertThat(files.delete(owner, done.file().orElseThrow())).isTrue();

        assertThat(files.find(owner, done.file().orElseThrow())).isEmpty();
        assertThat(files.content(owner, done.file().orElseThrow())).isEmpty();
        assertThat(library.storeFiles().find(owner, store.id(), done.id())).isEmpty();
        assertThat(library.storeFiles().renew(first, Duration.ofHours(1))).isFalse();
        assertThat(scene.near(store, "apple")).isEmpty();
        assertThat(scene.with(store, "apple")).isEmpty();
        assertThat(files.delete(owner, UNKNOWN)).isFalse();
    }

    /** So long ago that nothing of other tests has expired by then. */
    @Test
    void filesThatHaveExpiredAreDeletedOutOfEveryStore() {
        Instant then = Instant.parse("2001-03-04T05:06:07Z");
        StoredFile over = expiring(then);
        StoredFile earlier = expiring(then.minusSeconds(1));
        StoredFile later = expiring(then.plusMillis(1));
        StoredFile never = scene.upload("never.txt", "n");
        VectorStore store = scene.store();
        library.storeFiles().begin(owner, store.id(), List.of(scene.toRead(store, over), scene.toRead(store, later)));

        assertThat(files.deleteExpired(then, 1)).isEqualTo(1);
        assertThat(files.find(owner, earlier.id())).as("the first to expire").isEmpty();
        assertThat(files.deleteExpired(then, 10)).isEqualTo(1);
        assertThat(files.deleteExpired(then, 10)).isZero();

        assertThat(files.find(owner, over.id())).isEmpty();
        assertThat(files.content(owner, over.id())).isEmpty();
        assertThat(library.storeFiles()
                        .find(owner, store.id(), new DocumentId(over.id().value())))
                .isEmpty();
        assertThat(files.find(owner, later.id())).contains(later);
        assertThat(files.content(owner, never.id())).isPresent();
        assertThat(library.storeFiles()
                        .find(owner, store.id(), new DocumentId(later.id().value())))
                .isPresent();
        assertThat(files.deleteExpired(then.plusMillis(1), 10)).isEqualTo(1);
    }

    private StoredFile expiring(Instant end) {
        StoredFile file = new StoredFile(
                new FileId("file-" + UUID.randomUUID()),
                "a.txt",
                "assistants",
                1,
                Optional.empty(),
                end.minus(Duration.ofDays(1)),
                Optional.of(end));
        files.add(owner, file, new byte[1]);
        return file;
    }

    @Test
    void anotherOwnerSeesAndChangesNothing() {
        Owner other = someOwner();
        StoredFile file = scene.upload("a.txt", "hello");

        assertThat(files.find(other, file.id())).isEmpty();
        assertThat(files.content(other, file.id())).isEmpty();
        assertThat(files.list(other, "", Listing.first(10, true)).orElseThrow().items())
                .isEmpty();
        assertThat(files.delete(other, file.id())).isFalse();

        assertThat(files.find(owner, file.id())).contains(file);
    }

    private List<StoredFile> listed(String purpose, Listing listing) {
        return files.list(owner, purpose, listing).orElseThrow().items();
    }
}
