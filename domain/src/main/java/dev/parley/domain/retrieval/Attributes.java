package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.message.JsonValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** What a document's sender says of it, so that searches can choose by it. */
public record Attributes(Map<String, Value> values) {

    public static final Attributes NONE = new Attributes(Map.of());

    private static final int MOST = 16;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_TEXT = 512;
    /** What any client can read as a number of its own. */
    private static final int MOST_DIGITS = 40;

    private static final int LARGEST_EXPONENT = 300;

    /** Written out, without an exponent, the longest of those numbers has so many digits. */
    private static final int LONGEST_WRITTEN = MOST_DIGITS + LARGEST_EXPONENT;

    /** A value of an attribute. */
    public sealed interface Value {

        record Text(String text) implements Value {
            public Text {
                requireNonNull(text, "text");
            }
        }

        /** A number; 2 and 2.0 are the same one. */
        record Number(BigDecimal number) implements Value {
            public Number {
                number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
            }

            public static Number of(double number) {
                return new Number(BigDecimal.valueOf(number));
            }

            /** A number that every reader has; empty for one with too many digits, or too large an exponent. */
            private static Optional<Number> usual(BigDecimal written) {
                // before its zeros are taken off: of a scale near the end of all scales, that overflows
                return Optional.of(written)
                        .filter(number ->
                                number.signum() == 0 || isWithin(number, LONGEST_WRITTEN, 2 * LONGEST_WRITTEN))
                        .map(Number::new)
                        .filter(number -> isWithin(number.number(), MOST_DIGITS, LARGEST_EXPONENT));
            }

            private static boolean isWithin(BigDecimal number, int digits, int exponent) {
                return number.precision() <= digits && Math.abs((long) number.scale()) <= exponent;
            }
        }

        record Flag(boolean flag) implements Value {}

        /** The value of a JSON text, number or flag; empty for anything else. */
        static Optional<Value> of(JsonValue json) {
            return switch (json) {
                case JsonValue.Text(String text) -> Optional.of(new Text(text));
                case JsonValue.Number(BigDecimal number) -> Number.usual(number).map(Value.class::cast);
                case JsonValue.Flag(boolean flag) -> Optional.of(new Flag(flag));
                case JsonValue.Nothing _, JsonValue.Array _, JsonValue.Members _ -> Optional.empty();
            };
        }

        default JsonValue json() {
            return switch (this) {
                case Text(String text) -> new JsonValue.Text(text);
                case Number(BigDecimal number) ->
                    new JsonValue.Number(number.scale() < 0 ? number.setScale(0) : number);
                case Flag(boolean flag) -> new JsonValue.Flag(flag);
            };
        }
    }

    public Attributes {
        values = Map.copyOf(values);
    }

    /** Those members of an object that can be attributes; the others are left out. */
    public static Attributes among(JsonValue.Members members) {
        Map<String, Value> values = new LinkedHashMap<>();
        members.byName().forEach((name, json) -> Value.of(json).ifPresent(value -> values.put(name, value)));
        return new Attributes(values);
    }

    public Optional<Value> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** An object of them, in the order of their names. */
    public JsonValue.Members json() {
        SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
        values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> members.put(entry.getKey(), entry.getValue().json()));
        return new JsonValue.Members(members);
    }

    /**
     * Makes sure that they are no more than the contract allows.
     *
     * @throws Refusal naming the field
     */
    public Attributes requireAllowed(String field) {
        if (values.size() > MOST) {
            throw Refusal.invalid(field, "At most %d attributes are allowed; remove some".formatted(MOST))
                    .because(Reason.LIST_TOO_LONG);
        }
        values.forEach((key, value) -> {
            if (key.length() > LONGEST_KEY) {
                throw Refusal.invalid(
                                field,
                                "The names of attributes have at most %d characters: '%s'".formatted(LONGEST_KEY, key))
                        .because(Reason.TEXT_TOO_LONG);
            }
            if (value instanceof Value.Text(String text) && text.length() > LONGEST_TEXT) {
                throw Refusal.invalid(
                                field,
                                "The value of the attribute '%s' is longer than %d characters"
                                        .formatted(key, LONGEST_TEXT))
                        .because(Reason.TEXT_TOO_LONG);
            }
        });
        return this;
    }
}
