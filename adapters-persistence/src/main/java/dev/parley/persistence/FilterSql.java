package dev.parley.persistence;

import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.AttributeFilter;
import dev.parley.domain.retrieval.Attributes.Value;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A filter as a condition on {@code f.attributes}, which holds for just those documents that the filter matches. */
final class FilterSql {

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    private FilterSql() {}

    static FilterSql of(AttributeFilter filter) {
        FilterSql condition = new FilterSql();
        condition.add(filter);
        return condition;
    }

    String sql() {
        return sql.toString();
    }

    /**
     * Sets the condition's parameters.
     *
     * @return the place behind the last of them
     */
    int set(PreparedStatement statement, int first) throws SQLException {
        int place = first;
        for (Object parameter : parameters) {
            if (parameter instanceof BigDecimal number) {
                statement.setBigDecimal(place, number);
            } else {
                statement.setString(place, parameter.toString());
            }
            place++;
        }
        return place;
    }

    private void add(AttributeFilter filter) {
        switch (filter) {
            case AttributeFilter.All(List<AttributeFilter> filters) -> joined(filters, " and ", "true");
            case AttributeFilter.Any(List<AttributeFilter> filters) -> joined(filters, " or ", "false");
            case AttributeFilter.Among among -> among(among);
            case AttributeFilter.Compare compare -> compare(compare);
        }
    }

    private void joined(List<AttributeFilter> filters, String word, String ifNone) {
        if (filters.isEmpty()) {
            sql.append(ifNone);
            return;
        }
        String between = "(";
        for (AttributeFilter filter : filters) {
            sql.append(between);
            add(filter);
            between = word;
        }
        sql.append(')');
    }

    private void among(AttributeFilter.Among among) {
        sql.append(among.in() ? "(" : "not (").append("false");
        for (Value value : among.values()) {
            sql.append(" or ");
            isEqual(among.key(), value);
        }
        sql.append(')');
    }

    private void compare(AttributeFilter.Compare compare) {
        switch (compare.operator()) {
            case EQ -> isEqual(compare.key(), compare.value());
            case NE -> {
                sql.append("not ");
                isEqual(compare.key(), compare.value());
            }
            case GT -> ordered(compare, ">");
            case GTE -> ordered(compare, ">=");
            case LT -> ordered(compare, "<");
            case LTE -> ordered(compare, "<=");
        }
    }

    /** Equality of JSON is that of the domain: of numbers by their value. */
    private void isEqual(String key, Value value) {
        sql.append("f.attributes @> cast(? as jsonb)");
        parameters.add(LibraryJson.storable(JsonValue.Members.NONE.with(key, value.json())));
    }

    private void ordered(AttributeFilter.Compare compare, String operator) {
        String key = StorableTexts.of(compare.key());
        switch (compare.value()) {
            case Value.Number(BigDecimal number) -> {
                // the case keeps what is no number from being cast to one
                sql.append("case when jsonb_typeof(f.attributes -> cast(? as text)) = 'number'"
                                + " then cast(f.attributes ->> cast(? as text) as numeric) ")
                        .append(operator)
                        .append(" ? else false end");
                parameters.addAll(List.of(key, key, number));
            }
            case Value.Text(String text) -> {
                sql.append("(jsonb_typeof(f.attributes -> cast(? as text)) = 'string'"
                                + " and (f.attributes ->> cast(? as text)) collate \"C\" ")
                        .append(operator)
                        .append(" ?)");
                parameters.addAll(List.of(key, key, StorableTexts.of(text)));
            }
            case Value.Flag _ -> sql.append("false");
        }
    }
}
