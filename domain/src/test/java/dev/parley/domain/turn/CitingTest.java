package dev.parley.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Citation;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CitingTest {

    private static final List<Source> SOURCES = List.of(
            new Source.Page("https://example.org/1", "One", "first"),
            new Source.Page("https://example.org/2", "Two", "second"),
            new Source.File("file-3", "three.txt", "third"));

    /** @param cited each as the number of its source and the words that it is for */
    record Row(String written, String text, List<String> cited) {
        @Override
        public String toString() {
            return written;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                row("A pulse is 60.", "A pulse is 60."),
                row("A pulse is 60【1】.", "A pulse is 60.", "1 A pulse is 60"),
                row("A pulse is 60.【1】", "A pulse is 60.", "1 A pulse is 60."),
                row("A pulse is 60. 【1】 It is.", "A pulse is 60. It is.", "1 A pulse is 60."),
                row("It is 60 【1】.", "It is 60.", "1 It is 60"),
                row("It is 60 【1】and more", "It is 60 and more", "1 It is 60"),
                row("It is 60【1】【2】.", "It is 60.", "1 It is 60", "2 It is 60"),
                row("It is 60【1, 2】.", "It is 60.", "1 It is 60", "2 It is 60"),
                row("It is 60【1,2】.", "It is 60.", "1 It is 60", "2 It is 60"),
                row("It is 60【2†Two】.", "It is 60.", "2 It is 60"),
                row("It is 60【1】, or 70【2】.", "It is 60, or 70.", "1 It is 60", "2 or 70"),
                row("One. Two【1】.", "One. Two.", "1 Two"),
                row("One\nTwo【1】", "One\nTwo", "1 Two"),
                row("It is 3.5【1】", "It is 3.5", "1 It is 3.5"),
                row("脈拍です。六十【1】。", "脈拍です。六十。", "1 六十"),
                row("A \uD83D\uDE00 b【3】", "A \uD83D\uDE00 b", "3 A \uD83D\uDE00 b"),
                // no marks
                row("a[1] 【note】 【】 【1a】 【,1】 【1,】 b", "a[1] 【note】 【】 【1a】 【,1】 【1,】 b"),
                row("an open one 【1", "an open one 【1"),
                row("an open one 【1†", "an open one 【1†"),
                row("【【1】 x", "【 x"),
                row("blanks  and   more ", "blanks  and   more "),
                row("【1†" + "x".repeat(100) + "】", "【1†" + "x".repeat(100) + "】"),
                row("【1†a\nb】", "【1†a\nb】"),
                // numbers that there are not
                row("It is 60【9】.", "It is 60【9】."),
                row("It is 60 【0】.", "It is 60 【0】."),
                row("It is 60【9,2】.", "It is 60.", "2 It is 60"),
                // nothing was said that could come from somewhere
                row("【1】", ""),
                row("【1】 It is 60.", " It is 60."));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void marksAreTakenOutInWhateverPiecesTheyCome(Row row) {
        for (int size = 1; size <= row.written().length(); size++) {
            Citing citing = new Citing(SOURCES);
            StringBuilder text = new StringBuilder();
            List<Citation> citations = new ArrayList<>();
            for (int from = 0; from < row.written().length(); from += size) {
                Citing.Heard heard = citing.add(row.written()
                        .substring(from, Math.min(from + size, row.written().length())));
                text.append(heard.text());
                citations.addAll(heard.citations());
                assertThat(citations)
                        .allSatisfy(citation -> assertThat(end(citation))
                                .as("a citation stands behind what it cites")
                                .isLessThanOrEqualTo(text.codePointCount(0, text.length())));
            }
            Citing.Heard rest = citing.end();
            text.append(rest.text());
            citations.addAll(rest.citations());

            assertThat(text).as("in pieces of %d", size).hasToString(row.text());
            assertThat(citations.stream().map(citation -> told(citation, row.text())))
                    .isEqualTo(row.cited());
        }
    }

    @Test
    void textIsHeldBackNoLongerThanItMayBeAMark() {
        Citing citing = new Citing(SOURCES);

        assertThat(citing.add("It is 60 【1").text()).isEqualTo("It is 60");
        assertThat(citing.add("x").text()).isEqualTo(" 【1x");
        assertThat(citing.add("y").text()).isEqualTo("y");
    }

    @Test
    void eachTextOfAnAnswerIsCountedByItself() {
        Message.Assistant read = Citing.read(
                new Message.Assistant(
                        List.of(
                                Passage.Spoken.of("One【1】"),
                                new Passage.Thought("【1】"),
                                Passage.Spoken.of("【2】"),
                                new Passage.Refused("No【1】")),
                        StopReason.END_OF_TURN),
                SOURCES);

        assertThat(read.passages())
                .containsExactly(
                        new Passage.Spoken(
                                "One",
                                Optional.empty(),
                                List.of(new Citation.Page("https://example.org/1", "One", 0, 3))),
                        new Passage.Thought("【1】"),
                        new Passage.Refused("No【1】"));
    }

    @Test
    void withoutSourcesAnAnswerStaysAsItIs() {
        Message.Assistant answer = Message.Assistant.of("One【1】");

        assertThat(Citing.read(answer, List.of())).isSameAs(answer);
    }

    private static Row row(String written, String text, String... cited) {
        return new Row(written, text, List.of(cited));
    }

    private static int end(Citation citation) {
        return switch (citation) {
            case Citation.Page page -> page.end();
            case Citation.File file -> file.place();
            case Citation.ContainerFile file -> file.end();
            case Citation.Opaque _ -> throw new AssertionError("nobody brought one");
        };
    }

    private static String told(Citation citation, String text) {
        int[] points = text.codePoints().toArray();
        return switch (citation) {
            case Citation.Page(String url, var _, int start, int end) ->
                url.charAt(url.length() - 1) + " " + new String(points, start, end - start);
            case Citation.File(String id, var _, int place) ->
                id.charAt(id.length() - 1) + " " + new String(points, 0, place);
            case Citation.ContainerFile _, Citation.Opaque _ -> throw new AssertionError("there is none");
        };
    }
}
