package dev.parley.domain.message;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** A JSON value that a rule has to look into. What is merely carried stays a {@link JsonText}. */
public sealed interface JsonValue {

    /** {@code null}. */
    record Nothing() implements JsonValue {
        @Override
        public String toString() {
            return "null";
        }
    }

    /** {@code true} or {@code false}. */
    record Flag(boolean value) implements JsonValue {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** A number, as exact as it was written. */
    record Number(BigDecimal value) implements JsonValue {
        public Number {
            requireNonNull(value, "value");
        }

        public static Number of(long value) {
            return new Number(BigDecimal.valueOf(value));
        }

        public static Number of(double value) {
            return new Number(BigDecimal.valueOf(value));
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** A string. */
    record Text(String value) implements JsonValue {
        public Text {
            requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return JsonText.ofString(value).text();
        }
    }

    /** An array. */
    record Array(List<JsonValue> elements) implements JsonValue {
        public Array {
            elements = List.copyOf(elements);
        }

        public static Array ofTexts(List<String> texts) {
            return new Array(texts.stream().<JsonValue>map(Text::new).toList());
        }

        @Override
        public String toString() {
            return elements.stream().map(JsonValue::toString).collect(Collectors.joining(",", "[", "]"));
        }
    }

    /** An object; its members keep their order, and of a name that comes twice the last counts. */
    record Members(SequencedMap<String, JsonValue> byName) implements JsonValue {

        /** {@code {}}. */
        public static final Members NONE = new Members(new LinkedHashMap<>());

        public Members {
            SequencedMap<String, JsonValue> copy = new LinkedHashMap<>();
            byName.forEach((name, value) -> copy.put(requireNonNull(name, "name"), requireNonNull(value, name)));
            byName = Collections.unmodifiableSequencedMap(copy);
        }

        /** The member; empty when there is none, or it is {@code null}. */
        public Optional<JsonValue> given(String name) {
            return Optional.ofNullable(byName.get(name)).filter(value -> !(value instanceof Nothing));
        }

        /** The member as a text; empty when it is none. */
        public Optional<String> text(String name) {
            return given(name)
                    .filter(Text.class::isInstance)
                    .map(Text.class::cast)
                    .map(Text::value);
        }

        /** The same with one more member, or with this one in the place of its namesake. */
        public Members with(String name, JsonValue value) {
            SequencedMap<String, JsonValue> all = new LinkedHashMap<>(byName);
            all.put(name, value);
            return new Members(all);
        }

        /** These and the others; where both have one of a name, the other's. */
        public Members with(Members others) {
            SequencedMap<String, JsonValue> all = new LinkedHashMap<>(byName);
            all.putAll(others.byName);
            return new Members(all);
        }

        @Override
        public String toString() {
            return byName.entrySet().stream()
                    .map(member -> JsonText.ofString(member.getKey()).text() + ':' + member.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    /**
     * Reads a text.
     *
     * @return empty when it is not JSON, or nests deeper than anybody means it to
     */
    static Optional<JsonValue> parse(String text) {
        return JsonReader.read(text);
    }

    /**
     * The members of an object.
     *
     * @return empty when the text is no object
     */
    static Optional<Members> members(String text) {
        return parse(text).filter(Members.class::isInstance).map(Members.class::cast);
    }

    /** An object of these members, in no particular order. */
    static Members object(Map<String, JsonValue> members) {
        return new Members(new LinkedHashMap<>(members));
    }

    /** The value as text, without blanks. */
    default JsonText json() {
        return new JsonText(toString());
    }
}
