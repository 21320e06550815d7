package dev.parley.rest.json;

import java.util.List;
import java.util.Map;

/** A value as it was read. Numbers keep their text, and objects and arrays know the piece of source they stand in. */
public sealed interface JsonValue {

    record JsonString(String value) implements JsonValue {}

    /** @param text as it was written: {@code 1.10} is not {@code 1.1} */
    record JsonNumber(String text) implements JsonValue {}

    record JsonBoolean(boolean value) implements JsonValue {}

    record JsonNull() implements JsonValue {}

    record JsonObject(Map<String, JsonValue> members, Span span) implements JsonValue {}

    record JsonArray(List<JsonValue> items, Span span) implements JsonValue {}

    /** A piece of the source. It is cut out only when asked for: values nest, and their texts overlap. */
    record Span(String source, int start, int end) {

        public String text() {
            return source.substring(start, end);
        }
    }

    /** What a person would call the value in a sentence. */
    default String kind() {
        return switch (this) {
            case JsonString _ -> "a string";
            case JsonNumber _ -> "a number";
            case JsonBoolean _ -> "a boolean";
            case JsonNull _ -> "null";
            case JsonObject _ -> "an object";
            case JsonArray _ -> "an array";
        };
    }
}
