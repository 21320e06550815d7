package dev.parley.inference.openai;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of an error, in whatever form. What it does not say is empty.
 *
 * @param param the field of the request that is to blame
 */
record ErrorBody(String message, String type, String code, String param) {

    static final ErrorBody NONE = new ErrorBody("", "", "", "");

    ErrorBody {
        requireNonNull(message, "message");
        requireNonNull(type, "type");
        requireNonNull(code, "code");
        requireNonNull(param, "param");
    }

    /** Reads what can be read: an error may be cut off, a web page, or nothing at all. */
    static ErrorBody of(byte[] bytes, int start, int end) {
        int from = start;
        while (from < end && bytes[from] <= ' ' && bytes[from] >= 0) {
            from++;
        }
        if (from == end || bytes[from] == '<') {
            return NONE;
        }
        if (bytes[from] != '{' && bytes[from] != '[') {
            return new ErrorBody(new String(bytes, from, end - from, StandardCharsets.UTF_8), "", "", "");
        }
        Reading reading = new Reading();
        try (JsonParser json = JsonCodec.FACTORY.createParser(bytes, from, end - from)) {
            JsonToken first = json.nextToken();
            reading.readObject(json, first == JsonToken.START_ARRAY ? json.nextToken() : first);
        } catch (IOException _) {
            // what was read so far is all there is to know
        }
        return reading.body();
    }

    /** All the words of it in lower case, to look for some. */
    String words() {
        return (message + ' ' + type + ' ' + code).toLowerCase(Locale.ROOT);
    }

    private static final class Reading {
        private String message = "";
        private String type = "";
        private String code = "";
        private String param = "";

        void readObject(JsonParser json, @Nullable JsonToken start) throws IOException {
            if (start != JsonToken.START_OBJECT) {
                return;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                switch (field) {
                    case "error" -> {
                        if (value == JsonToken.VALUE_STRING) {
                            message = json.getText();
                        } else {
                            readObject(json, value);
                        }
                    }
                    case "message", "detail" -> message = text(json, message);
                    case "type" -> type = text(json, type);
                    case "code" -> code = text(json, code);
                    case "param" -> param = text(json, param);
                    default -> json.skipChildren();
                }
            }
        }

        /** A list says what is wrong with each field: as it is, for there is no better way to tell. */
        private static String text(JsonParser json, String otherwise) throws IOException {
            return switch (json.currentToken()) {
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getText();
                case START_ARRAY, START_OBJECT -> {
                    StringWriter copy = new StringWriter();
                    try (var out = JsonCodec.FACTORY.createGenerator(copy)) {
                        out.copyCurrentStructure(json);
                    }
                    yield copy.toString();
                }
                default -> otherwise;
            };
        }

        ErrorBody body() {
            return new ErrorBody(message, type, code, param);
        }
    }
}
