package dev.parley.inference.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Schemas;
import dev.parley.application.port.SchemasContract;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which schemas are taken, and what is said of answers that break one. */
@Timeout(30)
class JsonSchemasTest extends SchemasContract {

    private static final JsonText PERSON = new JsonText("""
        {"type":"object","properties":{"name":{"type":"string"},"age":{"anyOf":[{"type":"integer"},{"type":"null"}]}},
        "required":["name","age"],"additionalProperties":false}
        """);

    private final JsonSchemas schemas = new JsonSchemas();

    @Override
    protected Schemas schemas() {
        return schemas;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"Ann\",\"age\":7}",
                " {\"age\":null,\"name\":\"\"}\n",
            })
    void anAnswerThatKeepsToTheSchemaIsFine(String answer) {
        assertThat(schemas.violation(PERSON, answer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":1,\"age\":7}             | at /name, integer found, string expected",
                "{\"name\":\"Ann\"}                 | required property 'age' not found",
                "{\"name\":\"A\",\"age\":1,\"x\":2} | property 'x' is not defined",
                "[]                                 | array found, object expected",
                "{\"name\":\"Ann\",\"age\":7        | it is not JSON: Unexpected end-of-input",
                "{\"name\":\"Ann\",\"age\":7} done  | it is not JSON: ",
                "Sure! Here it is.                  | it is not JSON: ",
                "``                                 | it is empty"
            })
    void oneThatBreaksItIsToldWhere(String answer, String told) {
        assertThat(schemas.violation(PERSON, answer).orElseThrow()).contains(told);
    }

    @Test
    void onlyTheFirstMistakesAreTold() {
        JsonText numbers = new JsonText("{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}");
        String texts = IntStream.range(0, 500)
                .mapToObj(_ -> "\"" + "x".repeat(900) + "\"")
                .collect(Collectors.joining(",", "[", "]"));

        assertThat(schemas.violation(numbers, texts).orElseThrow())
                .startsWith("at /0, string found, integer expected; at /1, ")
                .hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"object\",\"x-order\":[1],\"title\":\"T\"}",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"$id\":\"https://example.org/a\","
                        + "\"definitions\":{\"n\":{\"type\":\"integer\"}},\"items\":[{\"$ref\":\"#/definitions/n\"}]}",
                "{\"$schema\":\"https://example.org/own\",\"type\":\"string\"}",
                "{\"type\":\"object\",\"properties\":{\"next\":{\"anyOf\":[{\"$ref\":\"#\"},{\"type\":\"null\"}]}}}",
                "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$id\":\"https://example.org/a\",\"type\":\"string\"}}}",
                "{\"type\":\"string\",\"pattern\":\"[^[]{,3}(?<a_b>x)\"}"
            })
    void whatProvidersTakeIsTaken(String schema) {
        assertThatCode(() -> schemas.requireUsable(new JsonText(schema), "text.format.schema"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true                                                           | not a JSON object",
                "\"x\"                                                          | not a JSON object",
                "{\"type\":                                                     | not JSON that can be read",
                "{\"type\":5}                                                   | at /type, ",
                "{\"properties\":{\"a\":{\"type\":\"text\"}}}                   | at /properties/a/type, ",
                "{\"properties\":[1]}                                           | at /properties, ",
                "{\"required\":\"a\"}                                           | at /required, ",
                "{\"$ref\":\"#/$defs/nope\"}                                    | /$defs/nope",
                "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/nope\"}}}           | /$defs/nope",
                "{\"$ref\":\"https://example.org/x.json\"}                      | https://example.org/x.json",
                "{\"properties\":{\"a\":{\"$ref\":\"file:///etc/passwd\"}}}     | file:///etc/passwd",
                "{\"properties\":{\"a\":{\"$ref\":\"classpath:logback.xml\"}}}  | classpath:logback.xml",
                "{\"$ref\":\"#\"}                                               | refers to itself without an end"
            })
    void whatIsOfNoUseIsRefusedWithAReason(String schema, String reason) {
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> schemas.requireUsable(new JsonText(schema), "text.format.schema"));

        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(refusal.field()).contains("text.format.schema");
        assertThat(refusal.explanation())
                .startsWith("No answer can be held to this schema: ")
                .contains(reason);
    }

    @Test
    void aSchemaMayNotBeEndlesslyLong() {
        JsonText wide = new JsonText("{\"description\":\"" + "x".repeat(300_000) + "\"}");
        JsonText deep = new JsonText("{\"not\":".repeat(2000) + "{}" + "}".repeat(2000));

        assertThat(refusal(wide).explanation()).contains("262144 at most");
        assertThat(refusal(deep).explanation()).contains("No answer");
    }

    @Test
    void aSchemaThatGrowsWithoutEndWhileItIsLookedAtIsCutShort() {
        String rows = IntStream.range(0, 40)
                .mapToObj(row -> "\"d%d\":{\"allOf\":[{\"$ref\":\"#/$defs/d%d\"},{\"$ref\":\"#/$defs/d%d\"}]}"
                        .formatted(row, row + 1, row + 1))
                .collect(Collectors.joining(","));
        JsonText bomb = new JsonText("{\"$ref\":\"#/$defs/d0\",\"$defs\":{%s,\"d40\":{}}}".formatted(rows));

        assertThat(refusal(bomb).explanation()).contains("too intricate");
    }

    @Test
    void aPatternThatNeverEndsIsCutShort() {
        JsonText pattern =
                new JsonText("{\"type\":\"array\",\"items\":{\"type\":\"string\",\"pattern\":\"^(a|aa)+\\\\1c$\"}}");
        schemas.requireUsable(pattern, "schema");

        assertThat(schemas.violation(pattern, "[\"" + "a".repeat(60) + "\"]"))
                .contains("it took too long to compare the two");
        assertThat(schemas.violation(pattern, "[\"aac\"]")).isEmpty();
    }

    @Test
    void schemasOfOneNameAreNotTakenForEachOther() {
        JsonText text = new JsonText("{\"$id\":\"https://example.org/a\",\"type\":\"string\"}");
        JsonText number = new JsonText("{\"$id\":\"https://example.org/a\",\"type\":\"number\"}");

        assertThat(schemas.violation(text, "\"x\"")).isEmpty();
        assertThat(schemas.violation(number, "1")).isEmpty();
        assertThat(schemas.violation(text, "1")).isPresent();
    }

    @Test
    void manySchemasDoNotPileUp() {
        String filling = "x".repeat(200_000);
        for (int number = 0; number < 40; number++) {
            JsonText large = new JsonText("{\"const\":%d,\"description\":\"%s\"}".formatted(number, filling));

            assertThat(schemas.violation(large, Integer.toString(number))).isEqualTo(Optional.empty());
        }
    }

    private Refusal refusal(JsonText schema) {
        return catchThrowableOfType(Refusal.class, () -> schemas.requireUsable(schema, "schema"));
    }
}
