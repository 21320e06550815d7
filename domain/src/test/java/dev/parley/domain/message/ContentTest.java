package dev.parley.domain.message;

import static dev.parley.domain.message.MessageFixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentTest {

    private static final Part PICTURE = image("https://example.org/a.png");
    private static final Part ONE = new Part.Text("one");
    private static final Part TWO = new Part.Text("two");

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(Content.of("one"), List.of(ONE), "one"),
                Arguments.of(Content.EMPTY, List.of(new Part.Text("")), ""),
                Arguments.of(new Content.Single(ONE), List.of(ONE), "one"),
                Arguments.of(new Content.Single(PICTURE), List.of(PICTURE), ""),
                Arguments.of(new Content.Parts(List.of(ONE, PICTURE, TWO)), List.of(ONE, PICTURE, TWO), "one\ntwo"),
                Arguments.of(new Content.Parts(List.of(PICTURE)), List.of(PICTURE), ""),
                Arguments.of(new Content.Parts(List.of()), List.of(), ""));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void isReadAlikeWhateverItsShape(Content content, List<Part> parts, String text) {
        assertThat(content.parts()).isEqualTo(parts);
        assertThat(content.text()).isEqualTo(text);
    }
}
