package dev.parley.application.testing;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Embedder;
import dev.parley.domain.retrieval.EmbeddingModel;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Texts are as near as they have words in common. Fails when it is told to. */
public final class ScriptedEmbedder implements Embedder {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int MAX_TOKENS = 512;

    private final String id;
    private final int dimension;
    private volatile String failure = "";

    public ScriptedEmbedder(String id, int dimension) {
        this.id = id;
        this.dimension = dimension;
    }

    /** From now on it fails with these words; with none it is well again. */
    public void failWith(String words) {
        failure = words;
    }

    @Override
    public EmbeddingModel model() {
        return new EmbeddingModel(id, dimension, MAX_TOKENS);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Description description() {
        return new Description("scripted", id, OptionalInt.of(dimension));
    }

    @Override
    public List<float[]> embed(List<String> texts, Purpose purpose, Cancellation cancellation) throws EmbeddingFailed {
        if (cancellation.requested().isPresent()) {
            throw new EmbeddingFailed("The embedding was called off");
        }
        if (!failure.isEmpty()) {
            throw new EmbeddingFailed(failure);
        }
        return texts.stream().map(this::vector).toList();
    }

    private float[] vector(String text) {
        float[] vector = new float[dimension];
        vector[0] = 0.01f; // a text without words has a direction too
        for (String word : BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (!word.isEmpty()) {
                vector[Math.floorMod(word.hashCode() * 31, dimension)] += 1;
            }
        }
        double square = 0;
        for (float number : vector) {
            square += (double) number * number;
        }
        for (int place = 0; place < dimension; place++) {
            vector[place] /= (float) Math.sqrt(square);
        }
        return vector;
    }
}
