package dev.parley.retrieval.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** The pieces of words that a model of BERT's family knows, with their numbers. */
final class Vocabulary {

    private static final String UNKNOWN = "[UNK]";

    private final Map<String, Integer> numbers;
    private final int unknown;

    private Vocabulary(Map<String, Integer> numbers) {
        this.numbers = numbers;
        this.unknown = numberOf(UNKNOWN);
    }

    /** @param json a {@code tokenizer.json}, of which {@code model.vocab} is read */
    static Vocabulary read(InputStream json) throws IOException {
        Map<String, Integer> numbers = HashMap.newHashMap(32_768);
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isModel = parser.currentName().equals("model");
                parser.nextToken();
                if (isModel) {
                    readModel(parser, numbers);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new Vocabulary(numbers);
    }

    private static void readModel(JsonParser parser, Map<String, Integer> numbers) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isVocabulary = parser.currentName().equals("vocab");
            parser.nextToken();
            if (isVocabulary) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String piece = parser.currentName();
                    numbers.put(piece, parser.nextIntValue(-1));
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    /** The number of what the vocabulary is known to have. */
    int numberOf(String piece) {
        Integer number = numbers.get(piece);
        if (number == null) {
            throw new IllegalStateException("a vocabulary without " + piece);
        }
        return number;
    }

    /** The number of a piece; -1 when there is no such piece. */
    int find(String piece) {
        return numbers.getOrDefault(piece, -1);
    }

    /** The number that stands for a word that can't be put together. */
    int unknown() {
        return unknown;
    }
}
