package dev.parley.inference.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the vectors of an answer: each by its {@code index}, as numbers or in Base64, brought to length 1. */
final class VectorReader {

    /** What is wrong with an answer, as the end of a sentence about whoever gave it. */
    @SuppressWarnings("serial") // never leaves the process
    static final class NoVectors extends Exception {
        NoVectors(String message) {
            super(message);
        }
    }

    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    /** More numbers than any model's vector has. */
    private static final int MOST_NUMBERS = 1 << 16;

    private final float[][] vectors;
    private int count;

    private VectorReader(int texts) {
        vectors = new float[texts][];
    }

    /** @param texts how many vectors there must be */
    static List<float[]> read(byte[] answer, int length, int texts) throws NoVectors {
        VectorReader reader = new VectorReader(texts);
        try (JsonParser json = JSON.createParser(answer, 0, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new NoVectors("with something that is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isData = json.currentName().equals("data");
                if (json.nextToken() == JsonToken.START_ARRAY && isData) {
                    reader.readData(json);
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException | IllegalArgumentException _) {
            throw new NoVectors("with something that can't be read");
        }
        if (reader.count != texts) {
            throw new NoVectors("with %d vectors for %d texts".formatted(reader.count, texts));
        }
        return Arrays.asList(reader.vectors);
    }

    private void readData(JsonParser json) throws IOException, NoVectors {
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw new NoVectors("with a list of something else");
            }
            int index = count;
            float[] vector = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                switch (field) {
                    case "index" -> index = value == JsonToken.VALUE_NUMBER_INT ? json.getIntValue() : -1;
                    case "embedding" -> vector = vector(json, value);
                    default -> json.skipChildren();
                }
            }
            put(index, vector);
        }
    }

    private void put(int index, float @Nullable [] vector) throws NoVectors {
        count++;
        if (vector == null) {
            throw new NoVectors("with an entry that has no vector");
        }
        if (index < 0 || index >= vectors.length) {
            throw new NoVectors("with more vectors than texts, or numbers them otherwise");
        }
        if (vectors[index] != null) {
            throw new NoVectors("with two vectors for the same text");
        }
        vectors[index] = toLengthOne(vector);
    }

    private static float @Nullable [] vector(JsonParser json, JsonToken value) throws IOException, NoVectors {
        return switch (value) {
            case START_ARRAY -> numbers(json);
            case VALUE_STRING -> decoded(json.getText());
            default -> {
                json.skipChildren();
                yield null;
            }
        };
    }

    private static float[] numbers(JsonParser json) throws IOException, NoVectors {
        float[] numbers = new float[1024];
        int size = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
                throw new NoVectors("with vectors of something else than numbers");
            }
            if (size == MOST_NUMBERS) {
                throw new NoVectors("with vectors of more than %d numbers".formatted(MOST_NUMBERS));
            }
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = json.getFloatValue();
        }
        return Arrays.copyOf(numbers, size);
    }

    /** Each number in four bytes, the lowest first. */
    private static float[] decoded(String text) {
        FloatBuffer buffer = ByteBuffer.wrap(Base64.getDecoder().decode(text))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] numbers = new float[buffer.remaining()];
        buffer.get(numbers);
        return numbers;
    }

    private static float[] toLengthOne(float[] vector) throws NoVectors {
        double square = 0;
        for (float number : vector) {
            square += (double) number * number;
        }
        if (square == 0 || !Double.isFinite(square)) {
            throw new NoVectors("with a vector that has no direction, or numbers that are none");
        }
        double length = Math.sqrt(square);
        float[] unit = new float[vector.length];
        for (int place = 0; place < vector.length; place++) {
            unit[place] = (float) (vector[place] / length);
        }
        return unit;
    }
}
