package dev.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonValueTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-0",
                "1.50",
                "12345678901234567890",
                "\"\"",
                "\"a\\\"b\\\\c\\n\\u0001ü👍\"",
                "[]",
                "[1,[2,[]],{}]",
                "{}",
                "{\"b\":1,\"a\":{\"c\":[null]}}"
            })
    void whatIsReadIsWrittenTheSameWay(String text) {
        assertThat(JsonValue.parse(text).orElseThrow().toString()).isEqualTo(text.equals("-0") ? "0" : text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nul",
                "tru",
                "01",
                "1.",
                ".5",
                "-",
                "1e",
                "+1",
                "\"",
                "\"\n\"",
                "\"\\x\"",
                "\"\\u12\"",
                "[",
                "[1",
                "[1,]",
                "[,1]",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "1 2",
                "{} x",
                "'a'",
                "NaN"
            })
    void whatIsNoJsonIsNotRead(String text) {
        assertThat(JsonValue.parse(text)).isEmpty();
    }

    @Test
    void blanksAndEscapesAreReadForWhatTheyAre() {
        assertThat(JsonValue.parse(" { \"a\\u0062\" : [ 1 , \"\\/\\t\" ] }\n").orElseThrow())
                .isEqualTo(JsonValue.Members.NONE.with(
                        "ab", new JsonValue.Array(List.of(JsonValue.Number.of(1), new JsonValue.Text("/\t")))));
    }

    @Test
    void whatNestsWithoutEndAndWhatIsEndlesslyLongIsNotRead() {
        assertThat(JsonValue.parse("[".repeat(100_000))).isEmpty();
        assertThat(JsonValue.parse("[".repeat(100) + "]".repeat(100))).isPresent();
        assertThat(JsonValue.parse("1".repeat(100_000))).isEmpty();
        assertThat(JsonValue.parse("1e99999999999")).isEmpty();
    }

    @Test
    void ofTwoObjectsTheOthersMembersCount() {
        JsonValue.Members ours = JsonValue.members("{\"a\":1.10,\"b\":[2]}").orElseThrow();
        JsonValue.Members others =
                JsonValue.members("{\"b\":{\"c\":null},\"d\":\"x\"}").orElseThrow();

        assertThat(ours.with(others)).hasToString("{\"a\":1.10,\"b\":{\"c\":null},\"d\":\"x\"}");
    }

    @Test
    void membersAreFoundByName() {
        JsonValue.Members members =
                JsonValue.members("{\"a\":1,\"a\":2,\"n\":null,\"t\":\"x\"}").orElseThrow();

        assertThat(members.given("a")).contains(new JsonValue.Number(BigDecimal.TWO));
        assertThat(members.given("n")).isEmpty();
        assertThat(members.given("missing")).isEmpty();
        assertThat(members.text("t")).contains("x");
        assertThat(members.text("a")).isEmpty();
        assertThat(JsonValue.members("[]")).isEqualTo(Optional.empty());
    }
}
