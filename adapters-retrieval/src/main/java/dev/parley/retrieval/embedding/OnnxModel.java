package dev.parley.retrieval.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The model itself, loaded. Many threads may use it at a time. */
final class OnnxModel implements AutoCloseable {

    private static final String MODEL = "/bge-small-en-v1.5-q.onnx";
    private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";

    static final int DIMENSION = 384;

    /** Begin and end are two of them. */
    static final int MOST_PIECES = 512;

    /** Enough for the longest chunk that a client may cut itself, were each of its characters a piece. */
    private static final int MOST_WINDOWS = 400;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final WordPieces pieces;

    private OnnxModel(OrtEnvironment environment, OrtSession session, WordPieces pieces) {
        this.environment = environment;
        this.session = session;
        this.pieces = pieces;
    }

    /**
     * Blocks for about a second.
     *
     * @throws IOException when it can't be loaded on this machine, in words for its operator
     */
    static OnnxModel load(NativeLibraries libraries) throws IOException {
        libraries.provide();
        try (InputStream tokenizer = resource(TOKENIZER);
                InputStream model = resource(MODEL);
                OrtSession.SessionOptions options = options()) {
            WordPieces pieces = new WordPieces(Vocabulary.read(tokenizer));
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "parley");
            return new OnnxModel(environment, environment.createSession(model.readAllBytes(), options), pieces);
        } catch (OrtException | LinkageError unusable) {
            throw new IOException("the embedding runtime can't be loaded on this machine", unusable);
        }
    }

    /** One thread for each text: as many texts at a time as there are threads are faster than one text with all of them. */
    private static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        // what long texts need once would be kept for good
        options.setCPUArenaAllocator(false);
        options.setMemoryPatternOptimization(false);
        return options;
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = OnnxModel.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IOException("the embedding model is not in this build");
        }
        return resource;
    }

    /**
     * A text in the stretches that the model reads one at a time; one, unless it is long.
     *
     * @param prefix what is read before each of them
     */
    List<long[]> windows(String prefix, String text) {
        return pieces.windows(prefix, text, MOST_PIECES, MOST_WINDOWS);
    }

    /** The vector of one window, by itself: in one run with others, it would depend on them, as the weights are quantized. */
    float[] vector(long[] numbers) throws OrtException {
        long[] shape = {1, numbers.length};
        long[] ones = new long[numbers.length];
        Arrays.fill(ones, 1);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(numbers), shape);
                OnnxTensor attended = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[numbers.length]), shape)) {
            inputs.put("input_ids", ids);
            inputs.put("attention_mask", attended);
            inputs.put("token_type_ids", types);
            try (OrtSession.Result result = session.run(inputs)) {
                // the state of the first piece, which stands for the whole window
                float[] vector = new float[DIMENSION];
                FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
                states.get(vector);
                return toLengthOne(vector);
            }
        }
    }

    /** One vector for several windows: the direction of their sum, so that each of them counts the same. */
    static float[] together(List<float[]> windows) {
        if (windows.size() == 1) {
            return windows.getFirst();
        }
        float[] sum = new float[DIMENSION];
        for (float[] window : windows) {
            for (int place = 0; place < DIMENSION; place++) {
                sum[place] += window[place];
            }
        }
        return toLengthOne(sum);
    }

    private static float[] toLengthOne(float[] vector) {
        double square = 0;
        for (float number : vector) {
            square += (double) number * number;
        }
        double length = Math.sqrt(square);
        for (int place = 0; place < vector.length; place++) {
            vector[place] = (float) (vector[place] / length);
        }
        return vector;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException mistake) {
            throw new IllegalStateException("The embedding model can't be closed", mistake);
        }
    }
}
