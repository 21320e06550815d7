package dev.parley.application.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Listing;
import dev.parley.application.port.StoreFiles.Choice;
import dev.parley.application.port.VectorStores.Description;
import dev.parley.application.port.VectorStores.Expiring;
import dev.parley.application.retrieval.AttachFiles.Attachment;
import dev.parley.application.retrieval.CreateVectorStore.Wanted;
import dev.parley.application.testing.ReadingRoom;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Code;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.FileBatch;
import dev.parley.domain.retrieval.FileBatchId;
import dev.parley.domain.retrieval.FileCounts;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.StoreFile.Status;
import dev.parley.domain.retrieval.StoredFile;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and vector stores: what is made, read, listed and deleted, and what is refused. */
final class StoresAndFilesTest {

    private final ReadingRoom room = ReadingRoom.inMemory();
    private final Owner owner = room.owner();

    @Test
    void aStoreHasTheServersDefaultModelWhenItNamesNone() {
        VectorStore store = room.store("my store");

        assertThat(store.id().value()).startsWith("vs_");
        assertThat(store.embedding()).isEqualTo(new VectorStore.Embedding(ReadingRoom.MODEL, 64));
        assertThat(room.stores().get(owner, store.id())).isEqualTo(store);
        assertThat(room.stores().list(owner, Listing.first(5, true)).items()).containsExactly(store);
    }

    @Test
    void aDatabaseIsAStoreUnderItsOwnNameAndIsThereOnce() {
        VectorStore database = room.database("my-documents");

        assertThat(database.id().value()).isEqualTo("my-documents");
        assertThat(room.database("my-documents")).isEqualTo(database);
    }

    @Test
    void aModelThatNobodyHasIsRefusedByName() {
        Refusal refusal =
                refused(() -> room.create().create(owner, Wanted.database(new VectorStoreId("d"), "another")));

        assertThat(refusal.field()).contains("embedding_model");
        assertThat(refusal.explanation()).contains("another").contains(ReadingRoom.MODEL);
        assertThat(room.stores().list(owner, Listing.first(5, true)).items()).isEmpty();
    }

    @Test
    void aServerWithoutAModelSaysSo() {
        ReadingRoom bare = ReadingRoom.withoutModel();

        Refusal refusal = refused(() -> bare.store("s"));

        assertThat(refusal.code()).isEqualTo(Code.UNSUPPORTED);
        assertThat(refusal.explanation()).contains("no embedding model").contains("operator");
        assertThat(bare.fileSearch().kinds()).isEmpty();
    }

    @Test
    void aStoreIsDescribedAnewAndDeleted() {
        VectorStore store = room.store("s");
        Description description = new Description(
                Optional.of("t"), Optional.of(Map.of("a", "b")), new Expiring.After(new VectorStore.Expiry(2)));

        assertThat(room.edit().describe(owner, store.id(), description).name()).isEqualTo("t");
        room.edit().delete(owner, store.id());

        assertThat(refused(() -> room.stores().get(owner, store.id())).code()).isEqualTo(Code.NOT_FOUND);
        assertThat(refused(() -> room.edit().delete(owner, store.id())).code()).isEqualTo(Code.NOT_FOUND);
        assertThat(refused(() -> room.edit().describe(owner, store.id(), description))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void aFileIsUploadedAndReadBack() {
        StoredFile file = room.uploaded("a.txt", "hello");

        assertThat(file.id().value()).startsWith("file-");
        assertThat(file.bytes()).isEqualTo(5);
        assertThat(room.files().get(owner, file.id())).isEqualTo(file);
        assertThat(room.files().content(owner, file.id())).asString().isEqualTo("hello");
        assertThat(room.files()
                        .list(owner, "assistants", Listing.first(5, true))
                        .items())
                .containsExactly(file);
        room.files().delete(owner, file.id());
        assertThat(refused(() -> room.files().get(owner, file.id())).field()).contains("file_id");
        assertThat(refused(() -> room.files().delete(owner, file.id())).code()).isEqualTo(Code.NOT_FOUND);
        Listing after = new Listing(Optional.of("file-x"), Optional.empty(), 1, true);
        assertThat(refused(() -> room.files().list(owner, "", after)).field()).contains("after");
    }

    @Test
    void aFileThatCantBeKeptIsRefused() {
        assertThat(refused(() -> upload("a", "assistants", 1_001, Optional.empty()))
                        .explanation())
                .contains("1000 bytes")
                .contains("parley.retrieval.max-file-size");
        assertThat(refused(() -> upload("a", "assistants", 1_001, Optional.empty()))
                        .code())
                .isEqualTo(Code.TOO_LARGE);
        assertThat(refused(() -> upload("a", "assistants", 0, Optional.empty())).explanation())
                .contains("empty");
        for (String name : List.of("", " ", "a/", "a\\", "a/ ", "a".repeat(256))) {
            assertThat(refused(() -> upload(name, "assistants", 1, Optional.empty()))
                            .field())
                    .as(name)
                    .contains("file");
        }
        assertThat(refused(() -> upload("a", "fun", 1, Optional.empty())).field())
                .contains("purpose");
        assertThat(refused(() -> upload("a", "assistants", 1, Optional.of(Duration.ofMinutes(59))))
                        .field())
                .contains("expires_after.seconds");
        assertThat(upload("a", "assistants", 1_000, Optional.empty()).bytes()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @CsvSource({
        "a.txt, a.txt",
        "' a b ', a b",
        "../../etc/passwd, passwd",
        "C:\\me\\a.txt, a.txt",
        "a\u0000b\u001fc, a\uFFFDb\uFFFDc",
        "ä 🍏.txt, ä 🍏.txt"
    })
    void aNameHasNoFoldersAndNothingThatCantBeKept(String given, String kept) {
        assertThat(upload(given, "assistants", 1, Optional.empty()).filename()).isEqualTo(kept);
    }

    @Test
    void aFileExpires() {
        StoredFile file = upload("a", "assistants", 1, Optional.of(Duration.ofHours(1)));
        VectorStore store = room.store("s");

        room.wait(Duration.ofMinutes(59));
        assertThat(room.files().get(owner, file.id())).isEqualTo(file);
        room.wait(Duration.ofMinutes(1));

        assertThat(refused(() -> room.files().get(owner, file.id())).code()).isEqualTo(Code.NOT_FOUND);
        assertThat(refused(() -> room.files().content(owner, file.id())).code()).isEqualTo(Code.NOT_FOUND);
        assertThat(refused(() -> room.attach().attach(owner, store.id(), plain(file)))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void whatHasExpiredIsRemovedHoweverMuchItIs() {
        for (int number = 0; number < 120; number++) {
            upload("a", "assistants", 1, Optional.of(Duration.ofHours(1)));
        }
        StoredFile kept = upload("a", "assistants", 1, Optional.of(Duration.ofDays(30)));
        for (String name : List.of("one", "two")) {
            VectorStore store = room.database(name);
            room.edit()
                    .describe(
                            owner,
                            store.id(),
                            new Description(
                                    Optional.empty(),
                                    Optional.empty(),
                                    new Expiring.After(new VectorStore.Expiry(name.equals("one") ? 1 : 9))));
            room.inserted(store, "d", "apple");
        }
        assertThat(room.sweeping().sweep()).isEqualTo(new SweepExpired.Swept(0, 0));
        room.wait(Duration.ofDays(2));

        assertThat(room.sweeping().sweep()).isEqualTo(new SweepExpired.Swept(120, 1));

        assertThat(room.files().list(owner, "", Listing.first(200, true)).items())
                .containsExactly(kept);
        assertThat(room.stores().get(owner, new VectorStoreId("one")).holdings())
                .isEqualTo(VectorStore.Holdings.NONE);
        assertThat(room.stores()
                        .get(owner, new VectorStoreId("two"))
                        .holdings()
                        .files()
                        .completed())
                .isEqualTo(1);
    }

    @Test
    void anAttachedFileIsInProgressUntilItIsRead() {
        StoredFile file = room.uploaded("a.txt", "apple");
        VectorStore store = room.store("s");

        StoreFile attached = room.attach().attach(owner, store.id(), plain(file));

        assertThat(attached.status()).isEqualTo(Status.IN_PROGRESS);
        assertThat(attached.chunking()).isEqualTo(store.chunking());
        assertThat(room.storeFiles().get(owner, store.id(), attached.id())).isEqualTo(attached);
        assertThat(room.stores().get(owner, store.id()).status(store.createdAt()))
                .isEqualTo(VectorStore.Status.IN_PROGRESS);
        assertThat(room.storeFiles()
                        .list(owner, store.id(), Choice.ALL, Listing.first(5, true))
                        .items())
                .containsExactly(attached);
    }

    @Test
    void aStoreBeginsWithItsFiles() {
        StoredFile file = room.uploaded("a.txt", "apple");
        VectorStore store = create(file.id());

        assertThat(store.holdings().files().inProgress()).isEqualTo(1);
        assertThat(refused(() -> create(file.id(), new FileId("file-x"))).explanation())
                .contains("file-x");
        assertThat(room.stores().list(owner, Listing.first(5, true)).items()).hasSize(1);
    }

    @Test
    void whatIsNotThereIsNotAttached() {
        StoredFile file = room.uploaded("a.txt", "apple");
        VectorStore store = room.store("s");
        Attachment unknown = new Attachment(new FileId("file-x"), Attributes.NONE, Optional.empty());

        assertThat(refused(() -> room.attach().attach(owner, store.id(), unknown))
                        .field())
                .contains("file_id");
        assertThat(refused(() -> room.attach().attach(owner, new VectorStoreId("vs_x"), plain(file)))
                        .field())
                .contains("vector_store_id");
        assertThat(refused(() -> room.attach().attachBatch(owner, store.id(), List.of(plain(file), unknown)))
                        .field())
                .contains("file_id");
        assertThat(refused(() -> room.attach().attachBatch(owner, store.id(), List.of(plain(file), plain(file))))
                        .explanation())
                .contains("twice");
        assertThat(refused(() -> room.attach().attachBatch(owner, store.id(), List.of()))
                        .field())
                .contains("file_ids");
        assertThat(room.storeFiles()
                        .list(owner, store.id(), Choice.ALL, Listing.first(5, true))
                        .items())
                .isEmpty();
    }

    @Test
    void aBatchIsReadListedAndCalledOff() {
        VectorStore store = room.store("s");
        FileBatch batch = room.attach()
                .attachBatch(
                        owner, store.id(), List.of(plain(room.uploaded("a", "a")), plain(room.uploaded("b", "b"))));

        assertThat(batch.id().value()).startsWith("vsfb_");
        assertThat(room.storeFiles().batch(owner, store.id(), batch.id())).isEqualTo(batch);
        Choice ofBatch = new Choice(Optional.empty(), Optional.of(batch.id()));
        assertThat(room.storeFiles()
                        .list(owner, store.id(), ofBatch, Listing.first(5, true))
                        .items())
                .hasSize(2);
        assertThat(room.attach().cancelBatch(owner, store.id(), batch.id()).counts())
                .isEqualTo(new FileCounts(0, 0, 0, 2));
        FileBatchId unknown = new FileBatchId("vsfb_x");
        assertThat(refused(() -> room.storeFiles().batch(owner, store.id(), unknown))
                        .field())
                .contains("batch_id");
        assertThat(refused(() -> room.attach().cancelBatch(owner, store.id(), unknown))
                        .field())
                .contains("batch_id");
    }

    @Test
    void aDocumentIsDescribedAndTakenOut() {
        VectorStore store = room.store("s");
        StoreFile file = room.attach().attach(owner, store.id(), plain(room.uploaded("a", "a")));
        Attributes attributes = new Attributes(Map.of("k", new Attributes.Value.Flag(true)));

        assertThat(room.attach()
                        .describe(owner, store.id(), file.id(), attributes)
                        .attributes())
                .isEqualTo(attributes);
        room.attach().detach(owner, store.id(), file.id());

        DocumentId gone = file.id();
        assertThat(refused(() -> room.storeFiles().get(owner, store.id(), gone)).code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(refused(() -> room.storeFiles().content(owner, store.id(), gone))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(refused(() -> room.attach().detach(owner, store.id(), gone)).code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(refused(() -> room.attach().describe(owner, store.id(), gone, attributes))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(room.files().get(owner, file.file().orElseThrow())).isNotNull();
    }

    private VectorStore create(FileId... files) {
        return room.create()
                .create(
                        owner,
                        new Wanted(
                                Optional.empty(),
                                "s",
                                Optional.empty(),
                                Chunking.AUTO,
                                Map.of(),
                                Optional.empty(),
                                List.of(files)));
    }

    private StoredFile upload(String name, String purpose, int length, Optional<Duration> lifetime) {
        byte[] content = "x".repeat(length).getBytes(UTF_8);
        return room.upload().upload(owner, new UploadFile.Upload(name, purpose, Optional.empty(), content, lifetime));
    }

    private static Attachment plain(StoredFile file) {
        return new Attachment(file.id(), Attributes.NONE, Optional.empty());
    }

    private static Refusal refused(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call);
    }
}
