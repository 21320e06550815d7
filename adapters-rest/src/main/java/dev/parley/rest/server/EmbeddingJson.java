package dev.parley.rest.server;

import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Vectors as the two interfaces write them. */
final class EmbeddingJson {

    private EmbeddingJson() {}

    /** @param tokens of all the texts together */
    static String ofOpenAi(String model, List<float[]> vectors, boolean inBase64, long tokens) {
        List<RawJson> data = new ArrayList<>(vectors.size());
        for (int index = 0; index < vectors.size(); index++) {
            float[] vector = vectors.get(index);
            data.add(new ObjectText()
                    .string("object", "embedding")
                    .number("index", index)
                    .raw("embedding", inBase64 ? base64(vector) : numbers(vector))
                    .end());
        }
        RawJson usage = new ObjectText()
                .number("prompt_tokens", tokens)
                .number("total_tokens", tokens)
                .end();
        return new ObjectText()
                .string("object", "list")
                .array("data", data)
                .string("model", model)
                .raw("usage", usage)
                .end()
                .text();
    }

    static String ofAgents(List<float[]> vectors) {
        return new ObjectText()
                .array(
                        "embeddings",
                        vectors.stream().map(EmbeddingJson::numbers).toList())
                .end()
                .text();
    }

    private static RawJson numbers(float[] vector) {
        StringBuilder text = new StringBuilder(12 * vector.length).append('[');
        for (int place = 0; place < vector.length; place++) {
            if (place > 0) {
                text.append(',');
            }
            text.append(vector[place]);
        }
        return new RawJson(text.append(']').toString());
    }

    /** Each number in four bytes, the lowest first. */
    private static RawJson base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : vector) {
            bytes.putFloat(number);
        }
        return ObjectText.quoted(Base64.getEncoder().encodeToString(bytes.array()));
    }
}
