package dev.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | {} | {}",
                "{\"a\":1} | {} | {\"a\":1}",
                "{} | {\"a\":1} | {\"a\":1}",
                "{\"a\":1,\"b\":2} | {\"a\":3,\"c\":4} | {\"a\":3,\"b\":2,\"c\":4}",
                " { \"a\" : 1 , \"b\" : [ 1, {\"c\":2} ] } | {\"b\": null} | {\"a\":1,\"b\":null}",
                "{\"a\":\"}, \\\"b\\\":1\"} | {\"b\":\"\\\\\"} | {\"a\":\"}, \\\"b\\\":1\",\"b\":\"\\\\\"}",
                "{\"a\\u0062\":1} | {\"ab\":2} | {\"ab\":2}",
                "{\"q\\\"\\\\\\n\":1} | {} | {\"q\\\"\\\\\\n\":1}",
                "{\"a\":1,\"a\":2} | {} | {\"a\":2}",
                "{\"a\":{\"a\":[[],{}]}} | {\"b\":-1.50e+3} | {\"a\":{\"a\":[[],{}]},\"b\":-1.50e+3}",
            })
    void theOthersTakeThePlaceOfThoseOfTheSameName(String these, String others, String both) {
        JsonMembers members = JsonMembers.of(new JsonText(these)).with(JsonMembers.of(new JsonText(others)));

        assertThat(members.text()).isEqualTo(new JsonText(both));
    }

    @Test
    void aMemberIsTheTextThatItCameAs() {
        JsonMembers members = JsonMembers.of(new JsonText("{\"exact\": 1.10 , \"deep\":{\"a\":\"}\"}}"));

        assertThat(members.get("exact")).contains(new JsonText("1.10"));
        assertThat(members.get("deep")).contains(new JsonText("{\"a\":\"}\"}"));
        assertThat(members.get("a")).isEmpty();
        assertThat(members.with("exact", new JsonText("2")).get("exact")).contains(new JsonText("2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "null",
                "\"a\"",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":[1}",
                "{\"a\":\"b}",
                "{} {}",
                "{\"a\":1]"
            })
    void whatIsNoObjectIsSaidToBeNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonMembers.of(new JsonText(text)));
    }
}
