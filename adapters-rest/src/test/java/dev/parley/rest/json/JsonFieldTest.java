package dev.parley.rest.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.message.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldTest {

    @Test
    void valuesAreReadByTheirPath() {
        JsonField body = body("""
            {"a":{"s":"text","n":1.5,"i":7,"b":true,"list":["x","y"],"none":null}}\
            """);
        JsonField a = body.at("a");

        assertThat(a.at("s").string()).isEqualTo("text");
        assertThat(a.at("n").number()).isEqualTo(1.5);
        assertThat(a.at("i").integer(0)).isEqualTo(7);
        assertThat(a.at("b").bool()).isTrue();
        assertThat(a.at("list").list(JsonField::string)).containsExactly("x", "y");
        assertThat(a.at("none").optional(JsonField::string)).isEmpty();
        assertThat(a.at("absent").optional(JsonField::string)).isEmpty();
        assertThat(a.at("none").isPresent()).isTrue();
        assertThat(a.at("absent").isPresent()).isFalse();
        assertThat(a.at("s").oneOf(Map.of("text", 1, "other", 2))).isEqualTo(1);
    }

    @Test
    void opaqueValuesKeepTheirText() {
        JsonField body = body("""
            {"before":"\\u00e4\\n", "o": { "n" : 1.10, "e":1E5 , "u":"\\u00e9", "twice":1, "twice":2 } ,
             "a":[1.0, -0 ,{}],"n":-0.50,"s":"q\\"\\\\\\n","t":true}\
            """);

        assertThat(body.at("o").opaqueObject()).isEqualTo(new JsonText("""
            { "n" : 1.10, "e":1E5 , "u":"\\u00e9", "twice":1, "twice":2 }\
            """));
        assertThat(body.at("a").opaque()).isEqualTo(new JsonText("[1.0, -0 ,{}]"));
        assertThat(body.at("n").opaque()).isEqualTo(new JsonText("-0.50"));
        assertThat(body.at("s").opaque()).isEqualTo(new JsonText("""
            "q\\"\\\\\\n\"\
            """));
        assertThat(body.at("t").opaque()).isEqualTo(new JsonText("true"));
    }

    @Test
    void opaqueValuesKeepTheirTextInALongBody() {
        String padding = "ä".repeat(70_000);
        JsonField body = body("{\"padding\":\"" + padding + "\",\"o\":{\"a\":1}, \"p\":\"" + padding + "\"}");

        assertThat(body.at("o").opaqueObject()).isEqualTo(new JsonText("{\"a\":1}"));
        assertThat(body.at("p").string()).isEqualTo(padding);
    }

    @Test
    void aComplaintNamesThePlace() {
        JsonField body = body("""
            {"a":{"list":[{"s":1}],"none":null,"word":"x"}}\
            """);
        JsonField a = body.at("a");

        assertRefused(() -> a.at("list").list(item -> item.at("s").string()))
                .satisfies(field("a.list[0].s"))
                .hasMessage("a.list[0].s must be a string, not a number");
        assertRefused(() -> a.at("absent").string())
                .satisfies(field("a.absent"))
                .hasMessage("a.absent is missing");
        assertRefused(() -> a.at("none").string()).satisfies(field("a.none")).hasMessage("a.none must not be null");
        assertRefused(() -> a.at("list").at("x"))
                .satisfies(field("a.list"))
                .hasMessage("a.list must be an object, not an array");
        assertRefused(() -> a.at("word").oneOf(Map.of("y", 1, "z", 2)))
                .satisfies(field("a.word"))
                .hasMessage("a.word is 'x', but must be one of [y, z]");
    }

    @Test
    void aComplaintHasItsReason() {
        JsonField body = body("{\"word\":\"x\",\"none\":null}");

        assertRefused(() -> body.at("absent").string()).satisfies(reason(Reason.MISSING_PARAMETER));
        assertRefused(() -> body.at("none").string()).satisfies(reason(Reason.MISSING_PARAMETER));
        assertRefused(() -> body.at("word").bool()).satisfies(reason(Reason.INVALID_TYPE));
        assertRefused(() -> body.at("word").oneOf(Map.of("y", 1))).satisfies(reason(Reason.INVALID_VALUE));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "5.0, 5", "1e3, 1000", "2147483647, 2147483647", "0e999999999999, 0"})
    void wholeNumbersAreTakenInEveryForm(String text, int value) {
        assertThat(body("{\"i\":" + text + "}").at("i").integer(0)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0.5", "2147483648", "1e999999999", "1e99999999999999"})
    void otherNumbersAreNoWholeNumbersInRange(String text) {
        assertRefused(() -> body("{\"i\":" + text + "}").at("i").integer(0))
                .hasMessage("i must be a whole number from 0 to 2147483647");
    }

    @Test
    void anEndlessNumberIsRefused() {
        assertRefused(() -> body("{\"n\":1e999}").at("n").number()).hasMessage("n is too large a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "5", "true", "null"})
    void aBodyMustBeAnObject(String text) {
        assertRefused(() -> body(text).at("x")).satisfies(field(null)).hasMessageStartingWith("The body must ");
    }

    @Test
    void anEmptyBodyIsRefused() {
        String message = "The body is empty; it must be a JSON object";

        assertRefused(() -> body("")).hasMessage(message);
        assertRefused(() -> body(" \n")).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":\"b", "{\"a\":[1,2", "{\"a\":", "[\"", "{\"a\":tr"})
    void truncatedJsonIsRefused(String text) {
        assertRefused(() -> body(text)).hasMessageContaining("JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1,}", "{'a':1}", "{\"a\":NaN}", "{\"a\":01}", "{} {}", "{}x", "// {}", "{\"a\":\"\n\"}"})
    void brokenJsonIsRefused(String text) {
        assertRefused(() -> body(text)).hasMessageStartingWith("The body ");
    }

    @Test
    void brokenJsonIsPointedAt() {
        assertRefused(() -> body("{\"a\":1,\n \"b\":oops}"))
                .hasMessage("The body is not valid JSON: see line 2, column 6");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(body(nested(400)).at("a").isGiven()).isTrue();
        assertRefused(() -> body(nested(100_000))).hasMessageContaining("nested deeper than 500 levels");
        assertRefused(() -> body("[".repeat(100_000))).hasMessageContaining("nested deeper than 500 levels");
    }

    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    @Test
    void invalidUtf8IsRefused() {
        for (byte[] bad : List.of(
                new byte[] {'"', (byte) 0xff, '"'},
                new byte[] {'"', (byte) 0xc3, '"'},
                new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})) {
            assertRefused(() -> JsonField.body(bad))
                    .hasMessage("The body is not valid UTF-8; send JSON encoded in UTF-8");
        }
    }

    @Test
    void nulIsRefusedWhereverItStands() {
        assertRefused(() -> body("{\"a\":[{\"b\":\"x\\u0000\"}]}"))
                .satisfies(field("a[0].b"))
                .hasMessage("a[0].b holds the character NUL (\\u0000), which no text may");
        assertRefused(() -> body("{\"a\":{\"\\u0000\":1}}")).satisfies(field("a"));
        assertRefused(() -> body("\"\\u0000\"")).satisfies(field(null));
    }

    @Test
    void halfASurrogatePairIsRefused() {
        assertRefused(() -> body("{\"a\":\"\\ud83d\"}")).satisfies(field("a"));
        assertRefused(() -> body("{\"a\":\"\\ude00\"}")).satisfies(field("a"));
        assertRefused(() -> body("{\"a\":\"\\ud83dx\"}")).satisfies(field("a"));
        assertThat(body("{\"a\":\"\\ud83d\\ude00\"}").at("a").string()).isEqualTo("😀");
        assertThat(body("{\"a\":\"😀\"}").at("a").string()).isEqualTo("😀");
    }

    private static JsonField body(String text) {
        return JsonField.body(text.getBytes(UTF_8));
    }

    private static ThrowableAssert<Refusal> assertRefused(ThrowingCallable reading) {
        Refusal refusal = catchThrowableOfType(Refusal.class, reading);
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
        return new ThrowableAssert<>(refusal);
    }

    private static Consumer<Refusal> reason(Reason reason) {
        return refusal -> assertThat(refusal.reason()).contains(reason);
    }

    private static Consumer<Refusal> field(@Nullable String path) {
        return refusal -> assertThat(refusal.field()).isEqualTo(Optional.ofNullable(path));
    }
}
