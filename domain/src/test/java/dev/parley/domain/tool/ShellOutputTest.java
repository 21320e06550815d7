package dev.parley.domain.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Content;
import dev.parley.domain.tool.ShellOutput.Outcome;
import dev.parley.domain.tool.ShellOutput.Ran;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands have come to, in the words in which clients answer, too (responses-api 3). */
class ShellOutputTest {

    static Stream<Arguments> outputs() {
        Ran hello = new Ran("hello\n", "", new Outcome.Exited(0));
        Ran late = new Ran("", "\"slow\"", new Outcome.TimedOut());
        return Stream.of(
                Arguments.of(List.of(), Optional.empty(), "{\"output\":[]}"),
                Arguments.of(
                        List.of(hello),
                        Optional.empty(),
                        "{\"output\":[{\"stdout\":\"hello\\n"
                                + "\",\"stderr\":\"\",\"outcome\":{\"type\":\"exit\",\"exit_code\":0}}]}"),
                Arguments.of(
                        List.of(hello, late),
                        Optional.of(4096L),
                        "{\"output\":[{\"stdout\":\"hello\\n"
                                + "\",\"stderr\":\"\",\"outcome\":{\"type\":\"exit\",\"exit_code\":0}},"
                                + "{\"stdout\":\"\",\"stderr\":\"\\\"slow\\\"\",\"outcome\":{\"type\":\"timeout\"}}],"
                                + "\"max_output_length\":4096}"));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void isOneObjectForModelAndClient(List<Ran> ran, Optional<Long> maxLength, String members) {
        ShellOutput output = new ShellOutput(ran, maxLength);

        assertThat(output.members().text()).isEqualTo(members);
        assertThat(output.content().text()).isEqualTo(members);
        assertThat(ShellOutput.read(output.content())).contains(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.txt",
                "{\"output\":[{\"stdout\":\"a",
                "[]",
                "{\"output\":7}",
                "{\"output\":[7]}",
                "{\"output\":[{\"stdout\":\"a\",\"outcome\":{\"type\":\"exit\"}}]}"
            })
    void isReadFromNothingElse(String text) {
        assertThat(ShellOutput.read(Content.of(text))).isEmpty();
    }

    @Test
    void isWhatWentWrongWhereNothingCouldBeRun() {
        assertThat(ShellOutput.failed("no container").members().text())
                .isEqualTo("{\"output\":[{\"stdout\":\"\",\"stderr\":\"no"
                        + " container\",\"outcome\":{\"type\":\"exit\",\"exit_code\":1}}]}");
    }

    /** Numbers of JSON have digits of one script. */
    @Test
    void doesNotDependOnWhereTheServerIs() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(new ShellOutput(List.of(new Ran("", "", new Outcome.Exited(137))), Optional.of(10L))
                            .members()
                            .text())
                    .contains("\"exit_code\":137", "\"max_output_length\":10");
        } finally {
            Locale.setDefault(before);
        }
    }
}
