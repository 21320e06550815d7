package dev.parley.domain.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.AttributeFilter.Compare;
import dev.parley.domain.retrieval.AttributeFilter.Operator;
import dev.parley.domain.retrieval.Attributes.Value;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttributeFilterTest {

    private static final List<Value> VALUES = List.of(
            Value.Number.of(1),
            Value.Number.of(2.5),
            Value.Number.of(-3e20),
            new Value.Text(""),
            new Value.Text("2"),
            new Value.Text("b"),
            new Value.Text("ü"),
            new Value.Flag(true),
            new Value.Flag(false));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // operator, value | attribute n: 1 | "1" | true | missing
                "eq  | 1     | true  | false | false | false",
                "eq  | 1.0   | true  | false | false | false",
                "eq  | \"1\" | false | true  | false | false",
                "eq  | true  | false | false | true  | false",
                "ne  | 1     | false | true  | true  | true",
                "gt  | 0     | true  | false | false | false",
                "gt  | 1     | false | false | false | false",
                "gte | 1     | true  | false | false | false",
                "gte | \"0\" | false | true  | false | false",
                "lt  | 2     | true  | false | false | false",
                "lt  | \"2\" | false | true  | false | false",
                "lte | 1     | true  | false | false | false",
                "in  | [1]   | true  | false | false | false",
                "in  | [2,\"1\",true] | false | true | true | false",
                "nin | [1]   | false | true  | true  | true",
                "nin | []    | true  | true  | true  | true"
            })
    void oneAttributeIsCompared(
            String operator, String value, boolean number, boolean text, boolean flag, boolean missing) {
        AttributeFilter filter = read("{\"type\":\"%s\",\"key\":\"n\",\"value\":%s}".formatted(operator, value));

        assertThat(filter.matches(attributes("{\"n\":1}"))).isEqualTo(number);
        assertThat(filter.matches(attributes("{\"n\":\"1\"}"))).isEqualTo(text);
        assertThat(filter.matches(attributes("{\"n\":true}"))).isEqualTo(flag);
        assertThat(filter.matches(attributes("{\"m\":1}"))).isEqualTo(missing);
    }

    @Test
    void textsAreOrderedByTheirCodePoints() {
        Attributes dated = attributes("{\"at\":\"2025-04-28\",\"sign\":\"\uFB01\"}");

        assertThat(read("{\"type\":\"gte\",\"key\":\"at\",\"value\":\"2025-01-01\"}")
                        .matches(dated))
                .isTrue();
        assertThat(read("{\"type\":\"lt\",\"key\":\"at\",\"value\":\"2025-04\"}")
                        .matches(dated))
                .isFalse();
        assertThat(read("{\"type\":\"lt\",\"key\":\"sign\",\"value\":\"👍\"}").matches(dated))
                .isTrue();
    }

    @Test
    void filtersAreJoined() {
        String one = "{\"type\":\"eq\",\"key\":\"a\",\"value\":1}";
        String two = "{\"type\":\"eq\",\"key\":\"b\",\"value\":2}";

        AttributeFilter both = read("{\"type\":\"and\",\"filters\":[%s,%s]}".formatted(one, two));
        AttributeFilter either = read("{\"type\":\"or\",\"filters\":[%s,%s]}".formatted(one, two));

        assertThat(both.matches(attributes("{\"a\":1,\"b\":2}"))).isTrue();
        assertThat(both.matches(attributes("{\"a\":1}"))).isFalse();
        assertThat(either.matches(attributes("{\"a\":1}"))).isTrue();
        assertThat(either.matches(attributes("{}"))).isFalse();
        assertThat(AttributeFilter.All.NONE.matches(Attributes.NONE)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | filters",
                "{} | filters.type",
                "{\"type\":\"like\",\"key\":\"a\",\"value\":1} | filters.type",
                "{\"type\":\"eq\",\"value\":1} | filters.key",
                "{\"type\":\"eq\",\"key\":\"a\"} | filters.value",
                "{\"type\":\"eq\",\"key\":\"a\",\"value\":{}} | filters.value",
                "{\"type\":\"gt\",\"key\":\"a\",\"value\":true} | filters.value",
                "{\"type\":\"in\",\"key\":\"a\",\"value\":1} | filters.value",
                "{\"type\":\"in\",\"key\":\"a\",\"value\":[null]} | filters.value",
                "{\"type\":\"and\"} | filters.filters",
                "{\"type\":\"and\",\"filters\":[]} | filters.filters",
                "{\"type\":\"or\",\"filters\":[{\"type\":\"eq\",\"key\":\"a\",\"value\":1},7]} | filters.filters[1]"
            })
    void whatIsNoFilterIsRefusedByItsField(String json, String field) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> read(json))
                .satisfies(refusal -> assertThat(refusal.field()).contains(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100e2147483647",
                "-10e2147483647",
                "1e-2147483647",
                "1e301",
                "1e-301",
                "12345678901234567890123456789012345678901"
            })
    void aNumberThatNotEveryReaderHasIsNoValue(String number) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> read("{\"type\":\"eq\",\"key\":\"n\",\"value\":%s}".formatted(number)))
                .satisfies(refusal -> assertThat(refusal.field()).contains("filters.value"));
        assertThat(attributes("{\"n\":%s,\"m\":1}".formatted(number))).isEqualTo(attributes("{\"m\":1}"));
    }

    /** As a database writes them, among others: without an exponent. */
    @Test
    void zerosAroundANumberDoNotCount() {
        String largest = "9".repeat(40) + "0".repeat(300);

        assertThat(attributes("{\"n\":%s}".formatted(largest)).json().toString())
                .isEqualTo("{\"n\":%s}".formatted(largest));
        assertThat(attributes("{\"n\":1%s}".formatted("." + "0".repeat(300)))).isEqualTo(attributes("{\"n\":1}"));
        assertThat(attributes("{\"n\":0e2147483647}")).isEqualTo(attributes("{\"n\":0}"));
    }

    @Test
    void aFilterHasItsBounds() {
        String deep = "{\"type\":\"eq\",\"key\":\"a\",\"value\":1}";
        for (int level = 0; level < 11; level++) {
            deep = "{\"type\":\"and\",\"filters\":[%s]}".formatted(deep);
        }
        String tooDeep = deep;
        String tooWide = IntStream.range(0, 100)
                .mapToObj(_ -> "{\"type\":\"eq\",\"key\":\"a\",\"value\":1}")
                .collect(Collectors.joining(",", "{\"type\":\"or\",\"filters\":[", "]}"));

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read(tooDeep)).withMessageContaining("too large");
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> read(tooWide)).withMessageContaining("too large");
    }

    /** Each value is compared with each document, too. */
    @Test
    void theValuesOfAListAreCounted() {
        String filter = "{\"type\":\"%s\",\"key\":\"a\",\"value\":[%s]}";
        String tooMany = IntStream.range(0, 100).mapToObj(String::valueOf).collect(Collectors.joining(","));
        String enough = tooMany.replace(",99", "");

        for (String type : List.of("in", "nin")) {
            assertThat(read(filter.formatted(type, enough))).isInstanceOf(AttributeFilter.Among.class);
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> read(filter.formatted(type, tooMany)))
                    .withMessageContaining("too large");
        }
    }

    /** The laws that hold for any two values, and for none. */
    @Test
    void oppositesAreOpposites() {
        Random random = new Random(7);
        for (int attempt = 0; attempt < 1_000; attempt++) {
            Value value = VALUES.get(random.nextInt(VALUES.size()));
            Attributes attributes = random.nextInt(5) == 0
                    ? Attributes.NONE
                    : new Attributes(Map.of("k", VALUES.get(random.nextInt(VALUES.size()))));
            boolean comparable = attributes
                    .get("k")
                    .filter(actual -> actual.getClass() == value.getClass() && !(value instanceof Value.Flag))
                    .isPresent();

            assertThat(holds(Operator.EQ, value, attributes)).isNotEqualTo(holds(Operator.NE, value, attributes));
            assertThat(new AttributeFilter.Among("k", true, List.of(value)).matches(attributes))
                    .isEqualTo(holds(Operator.EQ, value, attributes));
            assertThat(holds(Operator.LT, value, attributes) || holds(Operator.GTE, value, attributes))
                    .isEqualTo(comparable);
            assertThat(holds(Operator.GT, value, attributes) || holds(Operator.LTE, value, attributes))
                    .isEqualTo(comparable);
            assertThat(holds(Operator.LT, value, attributes) && holds(Operator.GTE, value, attributes))
                    .isFalse();
        }
    }

    private static boolean holds(Operator operator, Value value, Attributes attributes) {
        return new Compare("k", operator, value).matches(attributes);
    }

    private static AttributeFilter read(String json) {
        return SearchTermsReader.filter(JsonValue.parse(json).orElseThrow(), "filters");
    }

    private static Attributes attributes(String json) {
        return Attributes.among(JsonValue.members(json).orElseThrow());
    }
}
