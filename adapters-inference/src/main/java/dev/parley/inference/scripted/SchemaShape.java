package dev.parley.inference.scripted;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a JSON Schema says of the values that fit it, as far as a sample needs it.
 *
 * @param fixed a value that fits for sure: a constant, a default, the first of an enumeration
 * @param properties in their order
 * @param elements those that an array must have at least
 */
record SchemaShape(
        String type,
        Optional<String> fixed,
        Map<String, SchemaShape> properties,
        List<String> required,
        List<SchemaShape> elements) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_ELEMENTS = 16;

    SchemaShape {
        requireNonNull(type, "type");
        requireNonNull(fixed, "fixed");
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        required = List.copyOf(required);
        elements = List.copyOf(elements);
    }

    /** Of which nothing else is known. */
    private static SchemaShape unknown(String type) {
        return new SchemaShape(type, Optional.empty(), Map.of(), List.of(), List.of());
    }

    /** Reads a schema; what can't be understood is an object of which nothing is known. */
    static SchemaShape of(String schema) {
        try (JsonParser json = JSON.createParser(schema)) {
            json.nextToken();
            return read(json, "object");
        } catch (IOException _) {
            return unknown("object");
        }
    }

    private static SchemaShape read(JsonParser json, String otherwise) throws IOException {
        String type = otherwise;
        Optional<String> fixed = Optional.empty();
        Map<String, SchemaShape> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        SchemaShape element = unknown("string");
        int elements = 0;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return unknown(type);
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "type" -> type = first(json, type);
                case "const", "default" -> fixed = Optional.of(copy(json));
                case "enum" -> {
                    if (value == JsonToken.START_ARRAY && json.nextToken() != JsonToken.END_ARRAY) {
                        fixed = Optional.of(copy(json));
                        finishArray(json);
                    }
                }
                case "properties" -> {
                    if (value == JsonToken.START_OBJECT) {
                        while (json.nextToken() == JsonToken.FIELD_NAME) {
                            String name = json.currentName();
                            json.nextToken();
                            properties.put(name, read(json, "string"));
                        }
                    }
                }
                case "required" -> {
                    if (value == JsonToken.START_ARRAY) {
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            required.add(json.getText());
                        }
                    }
                }
                case "items" -> element = read(json, "string");
                case "minItems" -> elements = Math.min(json.getValueAsInt(), MOST_ELEMENTS);
                default -> json.skipChildren();
            }
        }
        return new SchemaShape(type, fixed, properties, required, Collections.nCopies(Math.max(0, elements), element));
    }

    /** A type, or the first of several. */
    private static String first(JsonParser json, String otherwise) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        if (json.currentToken() == JsonToken.START_ARRAY && json.nextToken() == JsonToken.VALUE_STRING) {
            String type = json.getText();
            finishArray(json);
            return type;
        }
        json.skipChildren();
        return otherwise;
    }

    private static void finishArray(JsonParser json) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            json.skipChildren();
        }
    }

    private static String copy(JsonParser json) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.copyCurrentStructureExact(json);
        }
        return text.toString();
    }
}
