package dev.parley.rest.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.parley.domain.Refusal;
import dev.parley.rest.json.JsonValue.JsonArray;
import dev.parley.rest.json.JsonValue.JsonBoolean;
import dev.parley.rest.json.JsonValue.JsonNull;
import dev.parley.rest.json.JsonValue.JsonNumber;
import dev.parley.rest.json.JsonValue.JsonObject;
import dev.parley.rest.json.JsonValue.JsonString;
import dev.parley.rest.json.JsonValue.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns bytes into a value, or says in one sentence why they are not JSON that this server takes. */
final class JsonSource {

    /** Deep enough for any schema a person wrote; shallow enough for every reader of what is kept of it. */
    private static final int MAX_DEPTH = 500;

    private static final int MAX_NUMBER_LENGTH = 1000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    // the server limits whole bodies; one long text may be all of a body
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String text;
    private final JsonParser parser;

    private JsonSource(String text, JsonParser parser) {
        this.text = text;
        this.parser = parser;
    }

    /** @throws Refusal when the bytes are not one JSON value in UTF-8 */
    static JsonValue parse(byte[] bytes) {
        if (bytes.length == 0) {
            throw invalid("The body is empty; it must be a JSON object");
        }
        String text = decode(bytes);
        // characters in an array, not a reader: the parser then tells places in the whole text
        try (JsonParser parser = FACTORY.createParser(text.toCharArray())) {
            return new JsonSource(text, parser).document();
        } catch (JsonEOFException _) {
            throw invalid("The body is not complete JSON: it ends in the middle of a value");
        } catch (StreamConstraintsException _) {
            throw invalid(
                    "The body has values nested deeper than %d levels, or a number of more than %d digits; send simpler JSON"
                            .formatted(MAX_DEPTH, MAX_NUMBER_LENGTH));
        } catch (JsonProcessingException broken) {
            throw invalid("The body is not valid JSON: see line %d, column %d"
                    .formatted(
                            broken.getLocation().getLineNr(),
                            broken.getLocation().getColumnNr()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String decode(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw invalid("The body is not valid UTF-8; send JSON encoded in UTF-8");
        }
    }

    private JsonValue document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw invalid("The body is empty; it must be a JSON object");
        }
        JsonValue value = value(first);
        if (parser.nextToken() != null) {
            throw invalid("The body has something behind its JSON value; send one value only");
        }
        return value;
    }

    private JsonValue value(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> new JsonString(checked(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            case VALUE_NULL -> new JsonNull();
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("the parser gave " + token + " where a value begins");
        };
    }

    private JsonObject object() throws IOException {
        int start = start();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = checked(parser.currentName());
            members.put(name, value(parser.nextToken()));
        }
        return new JsonObject(members, new Span(text, start, end()));
    }

    private JsonArray array() throws IOException {
        int start = start();
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token));
        }
        return new JsonArray(items, new Span(text, start, end()));
    }

    private int start() {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private int end() {
        return (int) parser.currentLocation().getCharOffset();
    }

    /** No text may hold what a database or a UTF-8 encoder has no place for. */
    private String checked(String value) {
        for (int index = 0; index < value.length(); index++) {
            char at = value.charAt(index);
            if (at == 0) {
                throw invalidText("the character NUL (\\u0000)");
            }
            if (Character.isSurrogate(at)) {
                boolean paired = Character.isHighSurrogate(at)
                        && index + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(index + 1));
                if (!paired) {
                    throw invalidText("half of a surrogate pair (\\u%04x)".formatted((int) at));
                }
                index++;
            }
        }
        return value;
    }

    private Refusal invalidText(String what) {
        String path = path(parser.getParsingContext());
        return path.isEmpty()
                ? invalid("The body holds " + what + ", which no text may")
                : Refusal.invalid(path, path + " holds " + what + ", which no text may");
    }

    private static String path(JsonStreamContext context) {
        if (context.inRoot()) {
            return "";
        }
        String parent = path(context.getParent());
        if (context.inArray()) {
            return parent + '[' + context.getCurrentIndex() + ']';
        }
        String name = context.getCurrentName();
        // a name that is itself the culprit has no place in a message
        return name == null || name.indexOf(0) >= 0 ? parent : JsonField.member(parent, name);
    }

    private static Refusal invalid(String message) {
        return Refusal.of(Refusal.Code.INVALID, message);
    }
}
