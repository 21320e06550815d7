package dev.parley.application.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.StoreFiles.Claim;
import dev.parley.application.retrieval.AttachFiles.Attachment;
import dev.parley.application.testing.InMemoryLibrary;
import dev.parley.application.testing.ReadingRoom;
import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.Ranking;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.StoreFile.LastError;
import dev.parley.domain.retrieval.StoreFile.Status;
import dev.parley.domain.retrieval.VectorStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of files that were put into stores. */
@Timeout(20)
final class IngestFilesTest {

    private ReadingRoom room = ReadingRoom.inMemory();

    @Test
    void aFileIsReadAndFound() {
        VectorStore store = room.store("s");
        StoreFile file = attached(store, "a.txt", "An apple a day");

        assertThat(room.ingestion().readNext()).isTrue();
        assertThat(room.ingestion().readNext()).isFalse();

        StoreFile now = now(file);
        assertThat(now.status()).isEqualTo(Status.COMPLETED);
        assertThat(now.usageBytes()).isEqualTo(14 + 64 * 4);
        assertThat(room.storeFiles().content(owner(), store.id(), file.id()))
                .extracting(Chunk::text)
                .containsExactly("An apple a day");
        assertThat(found(store, "apple")).singleElement().satisfies(hit -> {
            assertThat(hit.filename()).isEqualTo("a.txt");
            assertThat(hit.chunk().metadata().text())
                    .isEqualTo("{\"document_id\":\"%s\",\"token_count\":4}".formatted(file.id()));
        });
    }

    @Test
    void aLongFileIsCutAsItsClientWantsIt() {
        VectorStore store = room.store("s");
        StoreFile file = room.attach()
                .attach(
                        owner(),
                        store.id(),
                        new Attachment(
                                room.uploaded("a.txt", "word ".repeat(190)).id(),
                                Attributes.NONE,
                                Optional.of(new Chunking(100, 10))));

        room.ingestion().readNext();

        assertThat(room.storeFiles().content(owner(), store.id(), file.id()))
                .extracting(Chunk::tokens)
                .containsExactly(100, 100);
    }

    @Test
    void aFileThatCantBeReadFailsWithItsReason() {
        room.documents().unreadable("%PDF", "the document is encrypted; save it without a password");
        VectorStore store = room.store("s");
        StoreFile encrypted = attached(store, "a.pdf", "%PDF 7");
        StoreFile blank = attached(store, "b.txt", " \n ");

        readAll();

        assertThat(now(encrypted).lastError())
                .contains(new LastError(
                        LastError.Code.INVALID_FILE, "the document is encrypted; save it without a password"));
        assertThat(now(blank).lastError().orElseThrow().message()).contains("No text was found");
        assertThat(room.stores().get(owner(), store.id()).holdings().files().failed())
                .isEqualTo(2);
    }

    @Test
    void aFileThatIsDeletedBeforeItIsReadIsOfNoInterest() {
        VectorStore store = room.store("s");
        StoreFile file = attached(store, "a.txt", "apple");
        room.files().delete(owner(), file.file().orElseThrow());

        assertThat(room.ingestion().readNext()).isFalse();
        assertThat(found(store, "apple")).isEmpty();
    }

    @Test
    void whenTheModelDoesNotAnswerTheFileIsReadLaterAndInTheEndFails() {
        VectorStore store = room.store("s");
        StoreFile file = attached(store, "a.txt", "apple");
        room.embedder().breakDown("no answer");

        for (int attempt = 1; attempt <= 2 * IngestFiles.MOST_ATTEMPTS; attempt++) {
            readWhenFree();
            assertThat(now(file).status()).as("after attempt %d", attempt).isEqualTo(Status.IN_PROGRESS);
        }
        room.wait(IngestFiles.LONGEST_OUTAGE);
        readWhenFree();

        assertThat(now(file).status()).isEqualTo(Status.FAILED);
        assertThat(now(file).lastError().orElseThrow().code()).isEqualTo(LastError.Code.SERVER_ERROR);
        assertThat(now(file).lastError().orElseThrow().message()).contains("no answer");
    }

    @Test
    void aModelThatAnswersAgainIsAskedAgain() {
        VectorStore store = room.store("s");
        StoreFile file = attached(store, "a.txt", "apple");
        room.embedder().breakDown("no answer");
        readWhenFree();
        room.embedder().recover();

        readWhenFree();

        assertThat(now(file).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aModelThatHasChangedItsDimensionFailsTheFileAndHarmsNothing() {
        VectorStore store = room.store("s");
        attached(store, "a.txt", "apple");
        readAll();
        room.embedder().changeTo(32);
        StoreFile file = attached(store, "b.txt", "pear");

        readAll();

        assertThat(now(file).lastError().orElseThrow().message())
                .contains("32 numbers now")
                .contains("64")
                .contains("new vector store");
        room.embedder().changeTo(64);
        assertThat(found(store, "apple")).hasSize(1);
    }

    @Test
    void aFileThatEndsEveryProcessIsNotReadForEver() {
        VectorStore store = room.store("s");
        StoreFile file = attached(store, "a.txt", "apple");
        for (int attempt = 0; attempt < IngestFiles.MOST_ATTEMPTS; attempt++) {
            Claim died = room.library().storeFiles().claim(Duration.ZERO).orElseThrow();
            assertThat(died.file().id()).isEqualTo(file.id());
        }

        room.ingestion().readNext();

        assertThat(now(file).lastError().orElseThrow().message()).contains("ended each time");
    }

    /** The thread that reads it is to read the others. */
    @Test
    void aFileThatBreaksTheMachineFailsAlone() {
        VectorStore store = room.store("s");
        StoreFile file = attached(store, "a.txt", "apple");
        room.embedder().breakDown(new OutOfMemoryError("as if"));

        readAll();

        assertThat(now(file).lastError().orElseThrow().code()).isEqualTo(LastError.Code.SERVER_ERROR);
        room.embedder().recover();
        attached(store, "b.txt", "pear");
        readAll();
        assertThat(found(store, "pear")).hasSize(1);
    }

    @Test
    void aStoreThatIsFullFailsTheFile() {
        room = ReadingRoom.in(new InMemoryLibrary(1).library());
        VectorStore store = room.store("s");
        attached(store, "a.txt", "apple");
        readAll();
        StoreFile file = attached(store, "b.txt", "pear");

        readAll();

        assertThat(now(file).lastError().orElseThrow().message()).contains("more than 1 chunks");
        assertThat(found(store, "apple")).hasSize(1);
    }

    @Test
    void aFileThatIsTakenOutWhileItIsReadLeavesNothing() throws InterruptedException {
        VectorStore store = room.store("s");
        StoreFile file = attached(store, "a.txt", "apple");
        Semaphore held = room.embedder().hold();
        Thread reading = Thread.ofVirtual().start(room.ingestion()::readNext);
        awaitAsked(1);

        room.attach().detach(owner(), store.id(), file.id());
        held.release(10);
        reading.join();

        assertThat(room.library().index().content(owner(), store.id(), file.id()))
                .isEmpty();
    }

    @Test
    void filesAreReadInTheBackground() throws InterruptedException {
        VectorStore store = room.store("s");
        room.ingestion().start();
        StoreFile one = attached(store, "a.txt", "apple");
        StoreFile two = attached(store, "b.txt", "pear");

        while (now(one).status() == Status.IN_PROGRESS || now(two).status() == Status.IN_PROGRESS) {
            Thread.onSpinWait();
        }

        assertThat(now(one).status()).isEqualTo(Status.COMPLETED);
        assertThat(now(two).status()).isEqualTo(Status.COMPLETED);
        room.ingestion().stop();
    }

    @Test
    void whatAProcessThatEndsHasNotReadIsReadByTheNext() throws InterruptedException {
        VectorStore store = room.store("s");
        StoreFile file = attached(store, "a.txt", "apple");
        Semaphore held = room.embedder().hold();
        room.ingestion().start();
        awaitAsked(1);

        Thread stopping = Thread.ofVirtual().start(room.ingestion()::stop);
        room.embedder().breakDown("the process ends");
        held.release(10);
        stopping.join();
        room.embedder().recover();
        held.release(10);
        StoreFile left = now(file);
        ReadingRoom next = ReadingRoom.in(room.library());
        next.ingestion().readNext();

        assertThat(left.status()).isIn(Status.IN_PROGRESS, Status.COMPLETED);
        assertThat(now(file).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void noReaderIsLeftWaitingWhenAllAreToEnd() {
        VectorStore store = room.store("s");
        for (int round = 0; round < 20; round++) {
            StoreFile file = attached(store, "a.txt", "apple");
            IngestFiles patient = room.ingestion(20, Duration.ofHours(1));
            patient.start();
            while (now(file).status() == Status.IN_PROGRESS) {
                Thread.onSpinWait();
            }

            patient.stop(); // one that was left would take longer than this test may
        }
    }

    private Owner owner() {
        return room.owner();
    }

    private void readAll() {
        while (room.ingestion().readNext()) {
            // there may be more
        }
    }

    /** A file that is to be read later is not free at once. */
    private void readWhenFree() {
        while (!room.ingestion().readNext()) {
            Thread.onSpinWait();
        }
    }

    private void awaitAsked(int count) {
        while (room.embedder().asked().size() < count) {
            Thread.onSpinWait();
        }
    }

    private StoreFile attached(VectorStore store, String name, String text) {
        return room.attach()
                .attach(
                        owner(),
                        store.id(),
                        new Attachment(room.uploaded(name, text).id(), Attributes.NONE, Optional.empty()));
    }

    private StoreFile now(StoreFile file) {
        return room.storeFiles().get(owner(), file.store(), file.id());
    }

    private List<Hit> found(VectorStore store, String words) {
        return room.search()
                .search(
                        owner(),
                        store.id(),
                        SearchStore.Query.of(words, 5, new Ranking(new Ranking.Mode.Meaning(), 0)),
                        new Cancellation());
    }
}
