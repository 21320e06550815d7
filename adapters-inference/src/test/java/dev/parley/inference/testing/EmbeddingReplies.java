package dev.parley.inference.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What servers answer to requests for embeddings. */
public final class EmbeddingReplies {

    /** In which of their forms. */
    public enum Form {
        NUMBERS,
        BASE64,
        /** The last text's vector first, each with its index. */
        BACKWARDS,
        WITHOUT_INDEX
    }

    private EmbeddingReplies() {}

    /** The texts that a request is about. */
    public static List<String> texts(RecordedRequest request) {
        List<String> texts = new ArrayList<>();
        if (Json.parseObject(request.body()).get("input") instanceof List<?> input) {
            input.forEach(text -> texts.add(String.valueOf(text)));
        }
        return texts;
    }

    /** A vector for each of them. */
    public static Reply reply(RecordedRequest request, Form form, Function<String, float[]> model) {
        return reply(form, texts(request).stream().map(model).toList());
    }

    public static Reply reply(Form form, List<float[]> vectors) {
        List<String> entries = IntStream.range(0, vectors.size())
                .mapToObj(index -> entry(form, index, vectors.get(index)))
                .toList();
        return Reply.json(
                200,
                "{\"object\":\"list\",\"data\":[%s],\"model\":\"a-model\",\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}"
                        .formatted(String.join(",", form == Form.BACKWARDS ? entries.reversed() : entries)));
    }

    private static String entry(Form form, int index, float[] vector) {
        String numbers = form == Form.BASE64
                ? '"' + base64(vector) + '"'
                : IntStream.range(0, vector.length)
                        .mapToObj(place -> Float.toString(vector[place]))
                        .collect(Collectors.joining(",", "[", "]"));
        return form == Form.WITHOUT_INDEX
                ? "{\"embedding\":%s}".formatted(numbers)
                : "{\"object\":\"embedding\",\"index\":%d,\"embedding\":%s}".formatted(index, numbers);
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : vector) {
            bytes.putFloat(number);
        }
        return new String(Base64.getEncoder().encode(Arrays.copyOf(bytes.array(), bytes.capacity())), UTF_8);
    }
}
