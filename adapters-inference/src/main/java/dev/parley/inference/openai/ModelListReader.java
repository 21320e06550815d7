package dev.parley.inference.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads what a provider answers when it is asked for its models. */
final class ModelListReader {

    private static final int MOST = 10_000;

    private ModelListReader() {}

    /** The ids in their order. Takes the list bare, or in an object under {@code data} or {@code models}. */
    static List<String> read(byte[] body) throws IOException {
        List<String> ids = new ArrayList<>();
        try (JsonParser json = JsonCodec.FACTORY.createParser(body)) {
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_ARRAY) {
                readList(json, ids);
            } else if (first == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String field = json.currentName();
                    JsonToken value = json.nextToken();
                    if (value == JsonToken.START_ARRAY
                            && ids.isEmpty()
                            && (field.equals("data") || field.equals("models"))) {
                        readList(json, ids);
                    } else {
                        json.skipChildren();
                    }
                }
            } else {
                throw new IOException("a list of models that is neither a JSON object nor an array");
            }
        }
        return List.copyOf(ids);
    }

    private static void readList(JsonParser json, List<String> ids) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == null) {
                throw new IOException("a list of models that does not end");
            }
            if (json.currentToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean id = json.currentName().equals("id");
                    if (json.nextToken() == JsonToken.VALUE_STRING
                            && id
                            && ids.size() < MOST
                            && !json.getText().isBlank()) {
                        ids.add(json.getText());
                    } else {
                        json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
        }
    }
}
