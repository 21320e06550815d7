package dev.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTextTest {

    static Stream<Arguments> strings() {
        return Stream.of(
                Arguments.of("", "\"\""),
                Arguments.of("plain", "\"plain\""),
                Arguments.of("say \"hi\"", "\"say \\\"hi\\\"\""),
                Arguments.of("C:\\temp", "\"C:\\\\temp\""),
                Arguments.of("a\nb\r\tc", "\"a\\nb\\r\\tc\""),
                Arguments.of("\u0000\u001f", "\"\\u0000\\u001f\""),
                Arguments.of("/ü👍\u2028", "\"/ü👍\u2028\""));
    }

    @ParameterizedTest
    @MethodSource("strings")
    void quotesWhatJsonDoesNotTakeAsItIs(String value, String json) {
        assertThat(JsonText.ofString(value)).isEqualTo(new JsonText(json));
    }
}
