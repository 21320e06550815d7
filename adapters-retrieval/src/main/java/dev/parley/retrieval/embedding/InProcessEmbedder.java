package dev.parley.retrieval.embedding;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Embedder;
import dev.parley.domain.retrieval.EmbeddingModel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code bge-small-en-v1.5}, which the jar carries, in this process. It is loaded with the first text; until then it costs
 * nothing. Reads English best.
 */
public final class InProcessEmbedder implements Embedder, AutoCloseable {

    public static final String ID = "bge-small-en-v1.5";

    private static final Logger LOG = LoggerFactory.getLogger(InProcessEmbedder.class);

    private static final String PROVIDER = "in-process";

    /** What the model was trained to read before a question. */
    private static final String QUESTION = "Represent this sentence for searching relevant passages: ";

    /** What it reads at once, less what stands around a text. */
    private static final EmbeddingModel MODEL = new EmbeddingModel(ID, OnnxModel.DIMENSION, OnnxModel.MOST_PIECES - 2);

    private final NativeLibraries libraries;
    private final int threads;

    /** Of the system's own: a virtual thread would hold on to one of them for as long as native code runs. */
    private final ThreadPoolExecutor workers;

    private final ReentrantLock loading = new ReentrantLock();

    @Nullable
    private volatile OnnxModel loaded;

    /** @param threads how many texts, or windows of one, are read at a time */
    public InProcessEmbedder(NativeLibraries libraries, int threads) {
        this.libraries = libraries;
        this.threads = threads;
        this.workers =
                new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread worker = new Thread(work, "embedding");
                    worker.setDaemon(true);
                    return worker;
                });
        workers.allowCoreThreadTimeOut(true);
    }

    @Override
    public EmbeddingModel model() {
        return MODEL;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Description description() {
        return new Description(PROVIDER, ID, OptionalInt.of(MODEL.dimension()));
    }

    /**
     * Texts of several callers take turns, so that a question need not wait for all of a long document. A text that is longer
     * than the model reads is read in windows, of which its vector is the mean: so all of it counts.
     */
    @Override
    public List<float[]> embed(List<String> texts, Purpose purpose, Cancellation cancellation) throws EmbeddingFailed {
        requireWanted(cancellation);
        if (texts.isEmpty()) {
            return List.of();
        }
        OnnxModel model = model(cancellation);
        Iterator<Window> windows = texts.stream()
                .flatMap(text -> windows(model, prefix(purpose), text))
                .iterator();
        List<float[]> vectors = new ArrayList<>(texts.size());
        List<float[]> ofOneText = new ArrayList<>();
        Deque<UnderWay> underWay = new ArrayDeque<>();
        try {
            while (vectors.size() < texts.size()) {
                requireWanted(cancellation);
                while (underWay.size() < threads && windows.hasNext()) {
                    Window window = windows.next();
                    underWay.add(
                            new UnderWay(workers.submit(() -> model.vector(window.numbers())), window.endsItsText()));
                }
                UnderWay first = underWay.getFirst();
                ofOneText.add(await(first.vector()));
                underWay.removeFirst();
                if (first.endsItsText()) {
                    vectors.add(OnnxModel.together(ofOneText));
                    ofOneText.clear();
                }
            }
            return vectors;
        } finally {
            underWay.forEach(unwanted -> unwanted.vector().cancel(false));
        }
    }

    /** A stretch of a text that the model reads at once. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once and never compared
    private record Window(long[] numbers, boolean endsItsText) {}

    private record UnderWay(Future<float[]> vector, boolean endsItsText) {}

    private static Stream<Window> windows(OnnxModel model, String prefix, String text) {
        List<long[]> windows = model.windows(prefix, text);
        return IntStream.range(0, windows.size())
                .mapToObj(place -> new Window(windows.get(place), place == windows.size() - 1));
    }

    private static String prefix(Purpose purpose) {
        return switch (purpose) {
            case DOCUMENT -> "";
            case QUERY -> QUESTION;
        };
    }

    private static float[] await(Future<float[]> vector) throws EmbeddingFailed {
        try {
            return vector.get();
        } catch (ExecutionException failed) {
            LOG.error("The embedding model {} failed on a text", ID, failed.getCause());
            throw new EmbeddingFailed("The embedding model '%s' failed; the server's log says why".formatted(ID));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw calledOff();
        }
    }

    private OnnxModel model(Cancellation cancellation) throws EmbeddingFailed {
        OnnxModel ready = loaded;
        if (ready != null) {
            return ready;
        }
        loading.lock();
        try {
            requireWanted(cancellation);
            OnnxModel meanwhile = loaded;
            if (meanwhile != null) {
                return meanwhile;
            }
            long begun = System.nanoTime();
            OnnxModel model = OnnxModel.load(libraries);
            LOG.info("embedding model {} is loaded ({} ms)", ID, (System.nanoTime() - begun) / 1_000_000);
            loaded = model;
            return model;
        } catch (IOException unusable) {
            LOG.warn("The embedding model {} can't be loaded", ID, unusable);
            throw new EmbeddingFailed(
                    ("The embedding model '%s' of this server can't be loaded: %s. Its operator can put"
                                    + " that right, or configure another one under parley.embeddings")
                            .formatted(ID, unusable.getMessage()));
        } finally {
            loading.unlock();
        }
    }

    private static void requireWanted(Cancellation cancellation) throws EmbeddingFailed {
        if (cancellation.requested().isPresent()) {
            throw calledOff();
        }
    }

    private static EmbeddingFailed calledOff() {
        return new EmbeddingFailed("The embedding was called off");
    }

    /** Waits for the texts under way. */
    @Override
    public void close() {
        workers.close();
        OnnxModel ready = loaded;
        if (ready != null) {
            ready.close();
        }
    }
}
