package dev.parley.domain.retrieval;

import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.AttributeFilter.Operator;
import dev.parley.domain.retrieval.Attributes.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the filters and ranking options of searches, which stand in requests and in declared tools alike (responses-api 4.1). */
public final class SearchTermsReader {

    private static final int DEEPEST = 10;
    private static final int MOST_PARTS = 100;
    private static final List<String> RANKERS = List.of("auto", "none", "default-2024-11-15", "default_2024_08_21");

    private int parts;

    private SearchTermsReader() {}

    /**
     * Reads a filter.
     *
     * @param field where in the request it stands
     * @throws Refusal when it is none
     */
    public static AttributeFilter filter(JsonValue json, String field) {
        return new SearchTermsReader().filter(json, field, 0);
    }

    /**
     * Reads ranking options; by meaning alone unless {@code hybrid_search} is given.
     *
     * @param field where in the request they stand
     * @throws Refusal when they are none
     */
    public static Ranking ranking(JsonValue json, String field) {
        JsonValue.Members members = members(json, field);
        members.given("ranker").ifPresent(ranker -> {
            if (!(ranker instanceof JsonValue.Text(String name)) || !RANKERS.contains(name)) {
                throw Refusal.invalid(
                                field + ".ranker",
                                "The ranker must be one of %s; they are all the same here"
                                        .formatted(String.join(", ", RANKERS)))
                        .because(Refusal.Reason.INVALID_VALUE);
            }
        });
        double threshold = number(members, "score_threshold", field).orElse(0.0);
        if (threshold < 0 || threshold > 1) {
            throw Refusal.invalid(field + ".score_threshold", "score_threshold must be 0 to 1")
                    .because(threshold < 0 ? Refusal.Reason.BELOW_MINIMUM : Refusal.Reason.ABOVE_MAXIMUM);
        }
        Ranking.Mode mode = members.given("hybrid_search")
                .map(hybrid -> hybrid(hybrid, field + ".hybrid_search"))
                .orElse(new Ranking.Mode.Meaning());
        return new Ranking(mode, threshold);
    }

    private static Ranking.Mode hybrid(JsonValue json, String field) {
        JsonValue.Members members = members(json, field);
        double meaning = number(members, "embedding_weight", field).orElse(1.0);
        double words = number(members, "text_weight", field).orElse(1.0);
        if (meaning < 0 || words < 0 || meaning + words <= 0 || Double.isInfinite(meaning + words)) {
            throw Refusal.invalid(
                    field, "embedding_weight and text_weight must not be negative, and one of them must be above 0");
        }
        return new Ranking.Mode.Both(meaning, words);
    }

    private AttributeFilter filter(JsonValue json, String field, int depth) {
        count(1, depth, field);
        JsonValue.Members members = members(json, field);
        String type = members.text("type").orElse("");
        return switch (type) {
            case "and" -> new AttributeFilter.All(filters(members, field, depth));
            case "or" -> new AttributeFilter.Any(filters(members, field, depth));
            case "in", "nin" ->
                new AttributeFilter.Among(key(members, field), type.equals("in"), values(members, field, depth));
            case "eq", "ne", "gt", "gte", "lt", "lte" ->
                compare(Operator.valueOf(type.toUpperCase(Locale.ROOT)), members, field);
            default ->
                throw Refusal.invalid(
                                field + ".type",
                                "The type of a filter must be one of eq, ne, gt, gte, lt, lte, in, nin, and, or")
                        .because(Refusal.Reason.INVALID_VALUE);
        };
    }

    private void count(int more, int depth, String field) {
        parts += more;
        if (depth > DEEPEST || parts > MOST_PARTS) {
            throw Refusal.invalid(
                    field,
                    "The filter is too large: at most %d comparisons and values of in and nin, %d levels deep"
                            .formatted(MOST_PARTS, DEEPEST));
        }
    }

    private List<AttributeFilter> filters(JsonValue.Members members, String field, int depth) {
        if (!(members.given("filters").orElse(null) instanceof JsonValue.Array(List<JsonValue> elements))
                || elements.isEmpty()) {
            throw Refusal.invalid(field + ".filters", "and and or need a list of filters")
                    .because(
                            members.given("filters").isEmpty()
                                    ? Refusal.Reason.MISSING_PARAMETER
                                    : Refusal.Reason.INVALID_TYPE);
        }
        List<AttributeFilter> filters = new ArrayList<>();
        for (int place = 0; place < elements.size(); place++) {
            filters.add(filter(elements.get(place), "%s.filters[%d]".formatted(field, place), depth + 1));
        }
        return filters;
    }

    private static AttributeFilter compare(Operator operator, JsonValue.Members members, String field) {
        Value value = members.given("value").flatMap(Value::of).orElseThrow(() -> noValue(field));
        boolean ordered = operator != Operator.EQ && operator != Operator.NE;
        if (ordered && value instanceof Value.Flag) {
            throw Refusal.invalid(field + ".value", "Numbers and texts have an order, true and false have none")
                    .because(Refusal.Reason.INVALID_TYPE);
        }
        return new AttributeFilter.Compare(key(members, field), operator, value);
    }

    private List<Value> values(JsonValue.Members members, String field, int depth) {
        if (!(members.given("value").orElse(null) instanceof JsonValue.Array(List<JsonValue> elements))) {
            throw Refusal.invalid(field + ".value", "in and nin need a list of values")
                    .because(Refusal.Reason.INVALID_TYPE);
        }
        count(elements.size(), depth, field);
        return elements.stream()
                .map(element -> Value.of(element).orElseThrow(() -> noValue(field)))
                .toList();
    }

    private static String key(JsonValue.Members members, String field) {
        return members.text("key")
                .orElseThrow(() -> Refusal.invalid(field + ".key", "A comparison needs the key of an attribute")
                        .because(Refusal.Reason.MISSING_PARAMETER));
    }

    private static Refusal noValue(String field) {
        return Refusal.invalid(field + ".value", "A value must be a text, a number, true or false")
                .because(Refusal.Reason.INVALID_TYPE);
    }

    private static Optional<Double> number(JsonValue.Members members, String name, String field) {
        return members.given(name).map(json -> {
            if (!(json instanceof JsonValue.Number(BigDecimal value))) {
                throw Refusal.invalid(field + '.' + name, name + " must be a number")
                        .because(Refusal.Reason.INVALID_TYPE);
            }
            return value.doubleValue();
        });
    }

    private static JsonValue.Members members(JsonValue json, String field) {
        if (json instanceof JsonValue.Members members) {
            return members;
        }
        throw Refusal.invalid(field, field + " must be an object").because(Refusal.Reason.INVALID_TYPE);
    }
}
