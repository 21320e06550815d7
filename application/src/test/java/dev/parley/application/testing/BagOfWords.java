package dev.parley.application.testing;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Embedder;
import dev.parley.domain.retrieval.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A model whose vectors say which words a text has: texts that share words are near one another, others are not. */
public final class BagOfWords implements Embedder {

    private final String id;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable Error> error = new AtomicReference<>();
    private final AtomicReference<@Nullable Semaphore> gate = new AtomicReference<>();
    private volatile int dimension;

    public BagOfWords(String id, int dimension) {
        this.id = id;
        this.dimension = dimension;
    }

    @Override
    public Description description() {
        return new Description("test", id, OptionalInt.of(dimension));
    }

    /** A vector of length 1; that of a text without words points somewhere of its own. */
    public static float[] vector(String text, int dimension) {
        float[] vector = new float[dimension];
        for (String word : Words.of(text)) {
            vector[Math.floorMod(word.hashCode() * 31 + word.length(), dimension)] += 1;
        }
        double length = 0;
        for (float number : vector) {
            length += number * number;
        }
        if (length == 0) {
            vector[0] = 1;
            return vector;
        }
        for (int place = 0; place < dimension; place++) {
            vector[place] /= (float) Math.sqrt(length);
        }
        return vector;
    }

    /** Gives vectors of another dimension from now on. */
    public void changeTo(int other) {
        dimension = other;
    }

    /** Gives no vectors from now on. */
    public void breakDown(String why) {
        failure.set(why);
    }

    /** Every call ends so from now on. */
    public void breakDown(Error how) {
        error.set(how);
    }

    /** Gives vectors again. */
    public void recover() {
        failure.set(null);
        error.set(null);
    }

    /** Makes every call wait, from now on, until it may go on. */
    public Semaphore hold() {
        Semaphore held = new Semaphore(0);
        gate.set(held);
        return held;
    }

    /** The texts that it was asked for. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public EmbeddingModel model() throws EmbeddingFailed {
        answer();
        return new EmbeddingModel(id, dimension, 1_000);
    }

    @Override
    public List<float[]> embed(List<String> texts, Purpose purpose, Cancellation cancellation) throws EmbeddingFailed {
        answer();
        asked.addAll(texts);
        Semaphore held = gate.get();
        if (held != null) {
            held.acquireUninterruptibly();
        }
        List<float[]> vectors = new ArrayList<>();
        texts.forEach(text -> vectors.add(vector(text, dimension)));
        return vectors;
    }

    private void answer() throws EmbeddingFailed {
        Error how = error.get();
        if (how != null) {
            throw how;
        }
        String why = failure.get();
        if (why != null) {
            throw new EmbeddingFailed(why);
        }
    }

    /** The words of texts. */
    static final class Words {

        private Words() {}

        static List<String> of(String text) {
            return List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")).stream()
                    .filter(word -> !word.isEmpty())
                    .toList();
        }
    }
}
