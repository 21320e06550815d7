package dev.parley.domain.retrieval;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.retrieval.Attributes.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which documents a search looks at, by their attributes. {@code ne} and {@code nin} are the exact opposites of {@code eq} and
 * {@code in}, so they also hold for a document without the attribute. The others hold between two numbers or between two texts,
 * which are ordered by their code points, as dates written in the usual way want it; between anything else they never hold.
 */
public sealed interface AttributeFilter {

    /** How two values are compared. */
    enum Operator {
        EQ,
        NE,
        GT,
        GTE,
        LT,
        LTE
    }

    /** One attribute against one value. */
    record Compare(String key, Operator operator, Value value) implements AttributeFilter {
        public Compare {
            requireNonNull(key, "key");
            requireNonNull(operator, "operator");
            requireNonNull(value, "value");
        }

        @Override
        public boolean matches(Attributes attributes) {
            Optional<Value> actual = attributes.get(key);
            return switch (operator) {
                case EQ -> actual.filter(value::equals).isPresent();
                case NE -> actual.filter(value::equals).isEmpty();
                case GT -> order(actual) > 0;
                case GTE -> order(actual) >= 0;
                case LT -> actual.filter(this::isComparable).isPresent() && order(actual) < 0;
                case LTE -> actual.filter(this::isComparable).isPresent() && order(actual) <= 0;
            };
        }

        private boolean isComparable(Value actual) {
            return (actual instanceof Value.Number && value instanceof Value.Number)
                    || (actual instanceof Value.Text && value instanceof Value.Text);
        }

        /** Below zero, too, where there is nothing to compare. */
        private int order(Optional<Value> actual) {
            if (actual.isEmpty()) {
                return -1;
            }
            if (actual.get() instanceof Value.Number(var number) && value instanceof Value.Number(var other)) {
                return number.compareTo(other);
            }
            if (actual.get() instanceof Value.Text(String text) && value instanceof Value.Text(String other)) {
                return byCodePoints(text, other);
            }
            return -1;
        }

        private static int byCodePoints(String text, String other) {
            int[] units = text.codePoints().toArray();
            int[] others = other.codePoints().toArray();
            return Arrays.compare(units, others);
        }
    }

    /**
     * One attribute against several values.
     *
     * @param in whether it must be one of them, or must not
     */
    record Among(String key, boolean in, List<Value> values) implements AttributeFilter {
        public Among {
            requireNonNull(key, "key");
            values = List.copyOf(values);
        }

        @Override
        public boolean matches(Attributes attributes) {
            return in == attributes.get(key).filter(values::contains).isPresent();
        }
    }

    /** All of them hold. */
    record All(List<AttributeFilter> filters) implements AttributeFilter {

        /** Chooses every document. */
        public static final All NONE = new All(List.of());

        public All {
            filters = List.copyOf(filters);
        }

        @Override
        public boolean matches(Attributes attributes) {
            return filters.stream().allMatch(filter -> filter.matches(attributes));
        }
    }

    /** At least one of them holds. */
    record Any(List<AttributeFilter> filters) implements AttributeFilter {
        public Any {
            filters = List.copyOf(filters);
        }

        @Override
        public boolean matches(Attributes attributes) {
            return filters.stream().anyMatch(filter -> filter.matches(attributes));
        }
    }

    boolean matches(Attributes attributes);
}
