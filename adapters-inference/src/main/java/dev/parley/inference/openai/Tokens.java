package dev.parley.inference.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one JSON object after the other, from bytes that stay where they are. One parser lives as long as the
 * stream.
 */
final class Tokens implements AutoCloseable {

    private final JsonParser json;
    private final ByteArrayFeeder feeder;

    Tokens() throws IOException {
        json = JsonCodec.FACTORY.createNonBlockingByteArrayParser();
        feeder = (ByteArrayFeeder) json.getNonBlockingInputFeeder();
    }

    /** Goes to the first token of the next object; nothing may be left of the one before. */
    void begin(byte[] buffer, int start, int end) throws IOException {
        feeder.feedInput(buffer, start, end);
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("an event that is not a JSON object");
        }
    }

    /** Makes sure that the bytes held one object and no more. */
    void end() throws IOException {
        if (json.nextToken() != JsonToken.NOT_AVAILABLE) {
            throw new IOException("an event that is more than one JSON object");
        }
    }

    JsonToken next() throws IOException {
        JsonToken token = json.nextToken();
        if (token == null || token == JsonToken.NOT_AVAILABLE) {
            throw new IOException("an event that ends in the middle of its JSON");
        }
        return token;
    }

    /** Goes to the value of the current object's next field; false at the object's end. */
    boolean nextField() throws IOException {
        if (next() != JsonToken.FIELD_NAME) {
            return false;
        }
        next();
        return true;
    }

    /** The field whose value is next to be read. */
    String field() throws IOException {
        return json.currentName();
    }

    boolean is(JsonToken token) {
        return json.currentToken() == token;
    }

    /** Writes the current value as it is. */
    void copyTo(JsonGenerator out) throws IOException {
        out.copyCurrentStructureExact(json);
    }

    /** Passes over the current value, whatever it is. */
    void skip() throws IOException {
        json.skipChildren();
    }

    /** Whether the current value is what a reader wants to look into; passed over if not. */
    boolean enter(JsonToken struct) throws IOException {
        if (is(struct)) {
            return true;
        }
        skip();
        return false;
    }

    /** The current value if it is a string that is not empty; else null, and the value is passed over. */
    @Nullable
    String text() throws IOException {
        if (is(JsonToken.VALUE_STRING)) {
            return json.getTextLength() == 0 ? null : json.getText();
        }
        skip();
        return null;
    }

    /** The current value, a text or the value in its place as text again; null when there is nothing in it. */
    @Nullable
    String textOrCopy() throws IOException {
        return json.currentToken().isStructStart() ? copy() : text();
    }

    /** The text of an array of objects that each have some under this name, or just a text. */
    @Nullable
    String textOfParts(String name) throws IOException {
        if (!is(JsonToken.START_ARRAY)) {
            return text();
        }
        StringBuilder texts = new StringBuilder();
        while (next() != JsonToken.END_ARRAY) {
            if (enter(JsonToken.START_OBJECT)) {
                while (nextField()) {
                    String text = field().equals(name) ? text() : skipped();
                    if (text != null) {
                        texts.append(text);
                    }
                }
            }
        }
        return texts.isEmpty() ? null : texts.toString();
    }

    /** The current value if it is a number, and at least 0. */
    int index(int otherwise) throws IOException {
        if (is(JsonToken.VALUE_NUMBER_INT)) {
            return Math.max(0, json.getIntValue());
        }
        skip();
        return otherwise;
    }

    /** The current value as a count; 0 when it is none. */
    long count() throws IOException {
        if (json.currentToken().isNumeric()) {
            return Math.max(0, json.getValueAsLong());
        }
        skip();
        return 0;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    @Nullable
    private String skipped() throws IOException {
        skip();
        return null;
    }

    private String copy() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonCodec.FACTORY.createGenerator(text)) {
            copyTo(out);
        }
        return text.toString();
    }
}
