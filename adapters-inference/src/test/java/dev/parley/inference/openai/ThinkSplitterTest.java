package dev.parley.inference.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.inference.provider.Profile.ThinkTags;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkSplitterTest {

    /** An underscore stands for the end of a line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "SPLIT  | <think>_Hm._</think>__Hello  | Hm.    | __Hello",
                "SPLIT  | __<think>Hm.</think>Hello    | Hm.    | Hello",
                "SPLIT  | <think></think>Hello         | ''     | Hello",
                "SPLIT  | <think>a </thin b</think>c   | a </thin b | c",
                "SPLIT  | <think>a < b                 | a < b  | ''",
                "SPLIT  | <think>cut </thi             | cut </thi | ''",
                "SPLIT  | Hello <think>no</think>      | ''     | Hello <think>no</think>",
                "SPLIT  | <thin air                    | ''     | <thin air",
                "SPLIT  | <thi                         | ''     | <thi",
                "SPLIT  | Hello</think>                | ''     | Hello</think>",
                "OPENED | Hm._</think>_Hello           | Hm.    | _Hello",
                "OPENED | <think>Hm.</think>Hello      | Hm.    | Hello",
                "OPENED | Hm.                          | Hm.    | ''",
                "IGNORE | <think>Hm.</think>Hello      | ''     | <think>Hm.</think>Hello"
            })
    void isAlikeHoweverTheTextIsCut(ThinkTags tags, String text, String reasoning, String answer) {
        String whole = text.replace('_', '\n');
        for (int first = 0; first <= whole.length(); first++) {
            for (int second = first; second <= whole.length(); second++) {
                Heard heard = new Heard();
                ThinkSplitter splitter = new ThinkSplitter(tags, heard);
                List.of(whole.substring(0, first), whole.substring(first, second), whole.substring(second)).stream()
                        .filter(piece -> !piece.isEmpty())
                        .forEach(splitter::accept);
                splitter.end();

                assertThat(heard.reasoning.toString())
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(reasoning.replace('_', '\n'));
                assertThat(heard.text.toString())
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(answer.replace('_', '\n'));
            }
        }
    }

    private static final class Heard implements ThinkSplitter.Sink {
        final StringBuilder text = new StringBuilder();
        final StringBuilder reasoning = new StringBuilder();

        @Override
        public void text(String piece) {
            text.append(piece);
        }

        @Override
        public void reasoning(String piece) {
            reasoning.append(piece);
        }
    }
}
