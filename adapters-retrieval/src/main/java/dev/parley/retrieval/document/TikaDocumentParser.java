package dev.parley.retrieval.document;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.DocumentParser;
import dev.parley.domain.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads documents by Apache Tika, in this process, without a network and without other programs. Tika is loaded with the
 * first of them.
 *
 * <p>Each is read on a thread of its own, and given up at the end of its time. Java has no way to end a thread that does
 * not look up: one that loops where nothing of ours is called goes on, and keeps its place among those that read at a
 * time. Everywhere else, it ends at its next byte read, unpacked or written.
 */
public final class TikaDocumentParser implements DocumentParser {

    private static final Logger LOG = LoggerFactory.getLogger(TikaDocumentParser.class);

    /** Deep enough for documents that nest their parts, and not for those that do nothing else. */
    private static final long STACK = 4L << 20;

    private static final String CALLED_OFF = "Reading the document was called off. Try again later.";

    private final DocumentLimits limits;
    private final Semaphore places;
    private final ReentrantLock loading = new ReentrantLock();

    @Nullable
    private DocumentReader loaded;

    public TikaDocumentParser(DocumentLimits limits) {
        this(limits, new Semaphore(limits.atATime(), true));
    }

    /** @param places of those who read at a time */
    TikaDocumentParser(DocumentLimits limits, Semaphore places) {
        this.limits = requireNonNull(limits, "limits");
        this.places = requireNonNull(places, "places");
    }

    @Override
    public String text(Raw document) throws UnreadableDocument {
        takePlace();
        Reading reading = new Reading(limits);
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("document").stackSize(STACK).start(() -> {
            try {
                text.complete(ScopedValue.where(Reading.CURRENT, reading).call(() -> reader().text(document, reading)));
            } catch (UnreadableDocument unreadable) {
                text.completeExceptionally(unreadable);
            } catch (StackOverflowError tooDeep) {
                text.completeExceptionally(new UnreadableDocument("The document nests its parts too deep to be read"));
            } catch (OutOfMemoryError tooLarge) {
                // what it had is free again now; the rest of the server goes on
                LOG.error("A document took all memory that there was", tooLarge);
                text.completeExceptionally(
                        new UnreadableDocument("Reading the document takes more memory than this server has"));
            } catch (Throwable mistake) {
                LOG.error("A document could not be read, by a mistake of this server", mistake);
                text.completeExceptionally(
                        new UnreadableDocument("The document can't be read; the server's log says why"));
            } finally {
                places.release();
            }
        });
        return await(text, reading);
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(limits.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw Refusal.of(
                        Refusal.Code.UNAVAILABLE, "The server is busy reading other documents. Try again later.");
            }
        } catch (InterruptedException interrupted) {
            throw calledOff();
        }
    }

    private String await(CompletableFuture<String> text, Reading reading) throws UnreadableDocument {
        try {
            return text.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            reading.abandon(Reading.tooSlow(limits));
            throw new UnreadableDocument(Reading.tooSlow(limits));
        } catch (InterruptedException interrupted) {
            reading.abandon(CALLED_OFF);
            throw calledOff();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnreadableDocument unreadable) {
                throw unreadable.isUnsupported()
                        ? UnreadableDocument.unsupported(unreadable.explanation())
                        : new UnreadableDocument(unreadable.explanation());
            }
            throw new IllegalStateException("The thread that reads documents ended otherwise", failed);
        }
    }

    /** Says nothing of the document, and the thread stays interrupted. */
    private static Refusal calledOff() {
        Thread.currentThread().interrupt();
        return Refusal.of(Refusal.Code.UNAVAILABLE, CALLED_OFF);
    }

    private DocumentReader reader() {
        loading.lock();
        try {
            DocumentReader ready = loaded;
            if (ready == null) {
                ready = new DocumentReader(limits);
                loaded = ready;
            }
            return ready;
        } finally {
            loading.unlock();
        }
    }
}
